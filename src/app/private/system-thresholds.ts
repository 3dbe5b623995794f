import { Duration } from 'aws-cdk-lib';
import { FailureScope, RecoveryAutomation, type RecoveryBudget, type RecoveryThreshold } from '../../core';
import type { StoreRecovery } from '../../data';
import type { ComputeConfig } from '../compute-ref';
import type { IngressConfig } from '../ingress-ref';
import type { MultiAzClinicalApp } from '../multi-az-clinical-app';
import { manualZonalShift } from '../zonal-autoshift';

const DEPLOYMENT = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html';
const REFRESH = 'https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_AlarmSpecification.html';

const BY_ITSELF = [FailureScope.COMPONENT, FailureScope.AVAILABILITY_ZONE];

/** What happens when something that is measured passes a threshold: what machines do first, then what people do. */
export function systemThresholds(app: MultiAzClinicalApp, crossRegion: RecoveryBudget[]): RecoveryThreshold[] {
  const { definition, compute, ingress, database, documents } = app;
  const targets = ingress.flatMap(({ zonalShift }) => zonalShift ?? []); // where users are
  return [
    ...[...ingress, compute].flatMap((part) => part.recoveryThresholds ?? []),
    ...rollbackThresholds(compute, ingress),
    ...storeThresholds('application', compute.recovery),
    ...storeThresholds('database', database?.recovery),
    ...storeThresholds('document store', documents?.recovery),
    ...Object.entries(app.files).flatMap(([name, { recovery }]) => storeThresholds(`file share ${name}`, recovery)),
    ...Object.entries(app.tables).flatMap(([name, { recovery }]) => storeThresholds(`table ${name}`, recovery)),
    ...(definition.zonalAutoshift?._thresholds(targets) ?? manualZonalShift(targets)),
    ...crossRegion.flatMap(budgetThresholds),
    ...app.userImpact.thresholds,
  ];
}

/** What a store does by itself, and what people do with it. What takes no time is no event. */
function storeThresholds(store: string, recovery: StoreRecovery[] = []): RecoveryThreshold[] {
  return recovery
    .filter(({ recoveryTime }) => recoveryTime === undefined || recoveryTime.toSeconds() > 0)
    .map(({ scope, mechanism, recoveryTime, source }) => ({
      scope,
      measured: BY_ITSELF.includes(scope) ? `the health of the ${store}, by AWS` : `what is in the ${store}, by people`,
      threshold: BY_ITSELF.includes(scope) ? 'AWS finds that it failed' : 'something is gone or wrong',
      action: mechanism,
      automation: recoveryTime ? RecoveryAutomation.AUTOMATIC : RecoveryAutomation.MANUAL,
      expected: recoveryTime,
      source,
    }));
}

/** A deployment that users would notice is undone. */
function rollbackThresholds(compute: ComputeConfig, ingress: IngressConfig[]): RecoveryThreshold[] {
  const alarms = compute.rollback ? ingress.flatMap(({ deploymentAlarms }) => deploymentAlarms) : [];
  return alarms.map((alarm) => ({
    scope: FailureScope.COMPONENT,
    measured: 'what users get while a new version is deployed',
    threshold: alarm.toAnnotation().label ?? alarm.node.id,
    action: 'the deployment is rolled back',
    automation: RecoveryAutomation.AUTOMATIC,
    source: compute.autoScalingGroup ? REFRESH : DEPLOYMENT,
  }));
}

/** The steps of a budget across Regions: what notices, what then happens, and who makes it happen. */
function budgetThresholds({ scope, untilReadable, untilWritable }: RecoveryBudget): RecoveryThreshold[] {
  const [notice, ...redirect] = untilReadable;
  const all = [...untilReadable, ...untilWritable];
  if (!notice) {
    return [];
  }
  const towards = (steps: typeof all, until: typeof all) => ({
    scope,
    measured: 'the Region, as its users see it',
    threshold: notice.description,
    action: steps.map(({ description }) => description).join('; then '),
    automation:
      [RecoveryAutomation.MANUAL, RecoveryAutomation.ONE_COMMAND].find((automation) =>
        until.some((step) => step.automation === automation),
      ) ?? RecoveryAutomation.AUTOMATIC,
    expected: Duration.seconds(until.reduce((sum, { duration }) => sum + duration.toSeconds(), 0)),
    source: [...new Set(until.map(({ source }) => source))].join('; '),
  });
  return [
    ...(redirect.length > 0 ? [towards(redirect, untilReadable)] : []),
    ...(untilWritable.length > 0 ? [towards(untilWritable, all)] : []),
  ];
}
