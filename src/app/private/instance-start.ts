import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { Problems } from '../../core/private/fail';
import type { ComputeBindOptions } from '../compute-ref';
import type { InstanceApplicationProps } from '../ec2-fleet-compute';
import type { InstanceApplication } from './instance-application';

/** What an instance does at its first boot. */
export interface InstanceStartProps extends InstanceApplicationProps {
  readonly options: ComputeBindOptions;
  readonly application: Pick<InstanceApplication, 'role' | 'logGroup' | 'isWindows'>;
}

/** User data that writes the settings and then starts the application. It holds names, and never the value of a secret. */
export function instanceStart(scope: Construct, props: InstanceStartProps): ec2.UserData {
  const settings = { ...settingsOf(scope, props), ...secretNames(scope, props) };
  refuseUnquotable(scope, settings);
  const { isWindows } = props.application;
  const userData = isWindows ? ec2.UserData.forWindows() : ec2.UserData.forLinux();
  userData.addCommands(...(isWindows ? windows(settings) : linux(settings, props.options.systemName)));
  userData.addCommands(...(props.startCommands ?? []));
  return userData;
}

function settingsOf(scope: Construct, { environment, options, application }: InstanceStartProps) {
  const settings = Object.entries(environment ?? {}).map(([name, setting]): [string, string] => [
    name,
    setting._render(scope, name, options),
  ]);
  return Object.fromEntries([['LOG_GROUP_NAME', application.logGroup.logGroupName], ...settings]);
}

function secretNames(scope: Construct, { secrets, options, application }: InstanceStartProps) {
  return Object.fromEntries(
    Object.entries(secrets ?? {}).map(([name, secret]): [string, string] => {
      const { arn, grantRead } = secret._render(scope, name, options);
      grantRead(application.role);
      return [`${name}_FROM`, arn];
    }),
  );
}

function linux(settings: Record<string, string>, systemName: string): string[] {
  return [
    `install -d -m 0755 /etc/${systemName}`,
    `cat > /etc/${systemName}/settings.env <<'SETTINGS'`, // quoted: the shell replaces nothing in it
    ...Object.entries(settings).map(([name, value]) => `${name}='${value}'`),
    'SETTINGS',
  ];
}

function windows(settings: Record<string, string>): string[] {
  return Object.entries(settings).map(
    ([name, value]) => `[Environment]::SetEnvironmentVariable('${name}', '${value}', 'Machine')`,
  );
}

/** In single quotes everything stands for itself, but for these. What is only known at deployment is a name or an address. */
function refuseUnquotable(scope: Construct, settings: Record<string, string>): void {
  const problems = new Problems(scope, 'InvalidAppSetting');
  for (const [name, value] of Object.entries(settings)) {
    problems.require(
      !/['\r\n]/.test(value) || Token.isUnresolved(value.replace(/[^'\r\n]/g, '')),
      `the setting "${name}" has a single quote or a line break, which a settings file cannot hold; leave it out, or keep the value in a parameter that the application reads`,
    );
  }
  problems.throwIfAny();
}
