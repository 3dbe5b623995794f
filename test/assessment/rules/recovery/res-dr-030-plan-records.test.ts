import { planMovesRecordsWithItsHealthChecks } from '../../../../src/assessment/rules/recovery/res-dr-030-plan-records';
import { testRule } from '../../../support/rules';

const record = (HealthCheckId: unknown, Name: unknown = 'ehr.example.org.') => ({
  Type: 'AWS::Route53::RecordSet',
  Properties: { Name, Failover: 'PRIMARY', ...(HealthCheckId === undefined ? {} : { HealthCheckId }) },
});
const own = { 'Fn::Select': [0, { 'Fn::GetAtt': ['It', 'PlanHealthChecks'] }] };

const plan = (records: Record<string, unknown>, block = 'Route53HealthCheckConfig') => ({
  Parameters: { P: { Type: 'String' } },
  Resources: {
    Other: { Type: 'AWS::Route53::HealthCheck', Properties: {} },
    It: {
      Type: 'AWS::ARCRegionSwitch::Plan',
      Properties: {
        Regions: ['us-east-1', 'us-west-2'],
        Workflows: [
          {
            WorkflowTargetAction: 'activate',
            Steps: [{ Name: 'dns', ExecutionBlockConfiguration: { [block]: { RecordName: 'ehr.example.org' } } }],
          },
        ],
      },
    },
    ...records,
  },
});

testRule(planMovesRecordsWithItsHealthChecks, [
  { name: 'health checks of the plan', verdict: 'pass', template: plan({ A: record(own), B: record(own) }) },
  { name: 'one record without', verdict: 'fail', template: plan({ A: record(own), B: record(undefined) }) },
  { name: 'a health check of its own', verdict: 'fail', template: plan({ A: record({ Ref: 'Other' }) }) },
  { name: 'a health check of a parameter', verdict: 'unknown', template: plan({ A: record({ Ref: 'P' }) }) },
  { name: 'records of another name', verdict: 'unknown', template: plan({ A: record(undefined, 'lab.example.org') }) },
  { name: 'a plan that moves no records', verdict: 'not-applicable', template: plan({}, 'ArcRoutingControlConfig') },
]);
