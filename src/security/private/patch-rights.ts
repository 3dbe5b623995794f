import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../../core/private/acknowledgements';
import { asFindingText } from '../../core/private/granular-finding';
import { ManagedPolicyRole } from '../../core/private/managed-policy-role';

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-aws-runpatchbaseline.html */
export const RUN_PATCH_BASELINE = 'AWS-RunPatchBaseline';
const DOCUMENT_ARN = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/${RUN_PATCH_BASELINE}`;

/**
 * What a window installs patches with: one document, on whichever instance has the tag. Of what AWS suggests for such a role, without
 * functions, runbooks and state machines. The service-linked role, which maintenance windows used to be run with, is no longer recommended.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-permissions.html
 */
export function patchWindowRole(scope: Construct): iam.Role {
  const stack = Stack.of(scope);
  const role = new ManagedPolicyRole(scope, 'WindowRole', {
    description: `Runs ${RUN_PATCH_BASELINE} in the maintenance window`,
    assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com'),
  });
  const nodes = [
    stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*' }),
    stack.formatArn({ service: 'ssm', resource: 'managed-instance', resourceName: '*' }),
  ];
  const following = ['ssm:CancelCommand', 'ssm:ListCommands', 'ssm:ListCommandInvocations', 'ssm:GetCommandInvocation'];
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: ['ssm:SendCommand'], resources: [DOCUMENT_ARN, ...nodes] }),
  );
  role.addToPrincipalPolicy(
    new iam.PolicyStatement({ actions: [...following, 'tag:GetResources'], resources: ['*'] }), // they take no resource
  );
  acknowledge(role, 'patching', ['Resource::*', ...nodes.map((arn) => `Resource::${asFindingText(role, arn)}`)]);
  return role;
}

/**
 * What `AmazonSSMManagedInstanceCore` has that patches need: the commands, what is missing, and saying so. Not every parameter of the account,
 * nor every document.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
 */
export function allowPatches({ grantPrincipal }: iam.IGrantable): void {
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: [
        ...['ssm:UpdateInstanceInformation', 'ssm:GetDeployablePatchSnapshotForInstance'],
        ...['ssm:PutComplianceItems', 'ssm:PutInventory', 'ssm:DescribeAssociation', 'ssm:ListAssociations'],
        ...['ssm:ListInstanceAssociations', 'ssm:UpdateAssociationStatus', 'ssm:UpdateInstanceAssociationStatus'],
        ...['ssmmessages:CreateControlChannel', 'ssmmessages:CreateDataChannel', 'ssmmessages:OpenControlChannel'],
        ...['ssmmessages:OpenDataChannel', 'ec2messages:AcknowledgeMessage', 'ec2messages:DeleteMessage'],
        ...['ec2messages:FailMessage', 'ec2messages:GetEndpoint', 'ec2messages:GetMessages', 'ec2messages:SendReply'],
      ],
      resources: ['*'], // channels, messages, inventory and compliance take no resource
    }),
  );
  grantPrincipal.addToPrincipalPolicy(
    new iam.PolicyStatement({
      actions: ['ssm:GetDocument', 'ssm:DescribeDocument'],
      resources: [DOCUMENT_ARN],
    }),
  );
}
