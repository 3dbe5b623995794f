import { CfnParameter, Stack, Token } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { warn } from '../../core/private/warnings';

/** The image of a machine, with a warning where it can come to mean another. */
export function pinnedImage(scope: Construct, machineImage: ec2.IMachineImage): ec2.MachineImageConfig {
  const image = machineImage.getImage(scope);
  const parameter = parameterOf(scope, image.imageId);
  if (parameter !== undefined && !/:\d+$/.test(parameter)) {
    warn(
      scope,
      'mutableMachineImage',
      `the image is whatever the parameter "${parameter}" names at the time: a deployment can bring other code than the one before it, and a rollback does not bring the former back; name it by id, or by a version of the parameter (…:7)`,
    );
  }
  return image;
}

/** The Systems Manager parameter an image is named by, read when a stack is deployed or when an instance starts. */
function parameterOf(scope: Construct, imageId: string): string | undefined {
  if (!Token.isUnresolved(imageId)) {
    return /^resolve:ssm:(.*)$/.exec(imageId)?.[1];
  }
  const resolved = Stack.of(scope).resolve(imageId);
  const parameters = Stack.of(scope)
    .node.findAll()
    .filter((construct): construct is CfnParameter => construct instanceof CfnParameter);
  const found = parameters.find((parameter) => Stack.of(scope).resolve(parameter.logicalId) === resolved.Ref);
  return found?.type.startsWith('AWS::SSM::Parameter::Value') ? String(found.default) : undefined;
}
