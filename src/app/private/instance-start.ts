import * as ec2 from 'aws-cdk-lib/aws-ec2';

/** What an instance does at its first boot. */
export interface InstanceStartProps {
  readonly systemName: string;
  readonly image: ec2.MachineImageConfig;
  /** Names and values without single quotes and line breaks. */
  readonly settings: Record<string, string>;
  readonly startCommands?: string[];
}

/** User data that writes the settings, and then starts the application. */
export function instanceStart({ systemName, image, settings, startCommands }: InstanceStartProps): ec2.UserData {
  const windows = image.osType === ec2.OperatingSystemType.WINDOWS;
  const userData = windows ? ec2.UserData.forWindows() : ec2.UserData.forLinux();
  userData.addCommands(...(windows ? machineVariables(settings) : settingsFile(settings, systemName)));
  userData.addCommands(...(startCommands ?? []));
  return userData;
}

function settingsFile(settings: Record<string, string>, systemName: string): string[] {
  return [
    `install -d -m 0755 /etc/${systemName}`,
    `cat > /etc/${systemName}/settings.env <<'SETTINGS'`, // quoted: the shell replaces nothing in it
    ...Object.entries(settings).map(([name, value]) => `${name}='${value}'`),
    'SETTINGS',
  ];
}

function machineVariables(settings: Record<string, string>): string[] {
  return Object.entries(settings).map(
    ([name, value]) => `[Environment]::SetEnvironmentVariable('${name}', '${value}', 'Machine')`,
  );
}
