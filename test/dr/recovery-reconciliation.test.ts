import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  type CrossRegionDrProps,
  Database,
  RdsStorage,
  RecoveryReconciliation,
  RecoveryRunbook,
} from '../../src';
import { type HospitalOptions, hospital } from '../support/hospital';

const accounts = { primaryAccount: '111111111111', recoveryAccount: '111111111111' };
test('x', () => {
  const made = hospital({ ...accounts });
  const r = new RecoveryReconciliation(made.recoveryStack, 'Reconciliation', {
    dr: made.dr,
    approvers: iam.Role.fromRoleName(made.recoveryStack, 'Records', 'clinical-records'),
  });
  const runbook = new RecoveryRunbook(made.recoveryStack, 'Runbook', { dr: made.dr, decidedBy: 'cmio' });
  console.log(runbook.markdown, runbook.markdown.length);
  const t = Template.fromStack(made.stack);
  const x = Object.entries(t.toJSON().Resources).filter(([k]) => k.includes('Reconciliation'));
  console.log(JSON.stringify(Object.fromEntries(x), null, 1));
});
