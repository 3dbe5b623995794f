import { Stack } from 'aws-cdk-lib';
import type { CrossRegionDr } from '../cross-region-dr';
import { storesOf } from './restoration';
import type { RunbookStep } from './runbook-text';

/** What AWS Backup calls a store, and what CloudFormation makes of it. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  RDS: ['AWS::RDS::DBInstance'],
  Aurora: ['AWS::RDS::DBCluster'],
  FSx: ['AWS::FSx::FileSystem', 'AWS::FSx::Volume'],
  DynamoDB: ['AWS::DynamoDB::GlobalTable'],
  EC2: ['AWS::EC2::Volume'],
};

/**
 * What was restored is in the template because `restored` names it. Nothing at synthesis knows what is deployed, so nothing can refuse to leave
 * it out; what is deployed can. A stack without resources is deleted by the CDK CLI, which termination protection refuses. Only where data is
 * kept: a sandbox may go.
 */
export function keepRestored(dr: CrossRegionDr): void {
  if (dr.primary.dataProtection.retained) {
    Stack.of(dr).terminationProtection = true;
  }
}

/**
 * A stack policy, which no template can set: from then on an update that would remove or replace a restored store fails as a whole, and
 * compute stays as well.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html
 */
export function keepRestoredStep(dr: CrossRegionDr): RunbookStep {
  const types = storesOf(dr.primary).flatMap(({ restoration }) => TYPES[restoration?.resourceType ?? ''] ?? []);
  const everything = { Principal: '*', Resource: '*' };
  const policy = {
    Statement: [
      { Effect: 'Allow', Action: 'Update:*', ...everything },
      {
        Effect: 'Deny',
        Action: ['Update:Delete', 'Update:Replace'],
        ...everything,
        Condition: { StringEquals: { ResourceType: [...new Set(types)] } },
      },
    ],
  };
  return {
    title: 'Let no later deployment take this away',
    command: `aws cloudformation set-stack-policy --region ${dr.recoveryRegion} --stack-name ${Stack.of(dr).stackName} --stack-policy-body '${JSON.stringify(policy)}'`,
    note: 'One that leaves out restored, or names another recovery point, fails from then on, and changes nothing',
  };
}
