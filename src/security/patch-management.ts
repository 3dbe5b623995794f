import { Duration, Names, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { LocalWindow } from '../core/local-window';
import { Problems } from '../core/private/fail';
import { isTimeZone } from '../core/private/time-zone';
import { PatchedSystem } from './patched-system';
import { allowPatches, patchWindowRole, RUN_PATCH_BASELINE } from './private/patch-rights';

/** Properties of PatchManagement. */
export interface PatchManagementProps {
  /**
   * Which instances: those whose tag `PatchGroup` has this value. Give the instances of one system in different zones different groups,
   * and windows on different days, if it must not lose two at a time.
   */
  readonly patchGroup: string;
  /** When patches are installed, and instances restarted: whole hours, 2 to 24. In the last hour nothing new begins. */
  readonly window: LocalWindow;
  /** The hospital's time zone, by its IANA name: `Europe/Berlin`. The window follows its daylight saving. */
  readonly timeZone: string;
  /**
   * The operating systems there are. A group has one baseline for each, in an account and Region.
   *
   * @default - each that a PatchedSystem names
   */
  readonly systems?: PatchedSystem[];
  /**
   * How long a patch is out before it is installed: whole days, 0 to 100. Meanwhile nobody is told that it is missing.
   *
   * @default Duration.days(7)
   */
  readonly approveAfter?: Duration;
  /**
   * Patches that are never installed, by the names of their packages or the ids of their articles, for example `KB5034441`: those that the
   * maker of a clinical application has not released.
   *
   * @default - none
   */
  readonly rejectedPatches?: string[];
  /**
   * Whether an instance is restarted where a patch asks for it. Without, a patch may be installed and not in force, and the instance
   * counts as one that misses it.
   *
   * @default true
   */
  readonly reboot?: boolean;
}

/**
 * Patches instances of Amazon EC2, and nodes of your own, in a window that the hospital chose: one instance after the other, and no other
 * after one has failed. Every day they are scanned, which changes nothing. `findingRouting: { patches: true }` tells what is missing.
 *
 * An instance takes part that has the tag `PatchGroup`, AWS Systems Manager Agent, rights as `PatchManagement.allow` gives, and a way
 * to where its patches come from. Instances of an Auto Scaling group are replaced, not patched: give their launch template a new image.
 * Containers and managed services are not patched here.
 *
 * Free for instances of Amazon EC2.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
 */
export class PatchManagement extends Construct {
  /**
   * Let instances be scanned and patched: give it their role. It is less than `AmazonSSMManagedInstanceCore`, which lets an instance read every
   * parameter of the account.
   */
  public static allow(instances: iam.IGrantable): void {
    allowPatches(instances);
  }

  /** What is installed, by operating system. */
  public readonly baselines: { [system: string]: ssm.CfnPatchBaseline } = {};
  /** Looks every day what is missing. */
  public readonly scan: ssm.CfnAssociation;
  /** When patches are installed. */
  public readonly window: ssm.CfnMaintenanceWindow;
  /** What is done then. */
  public readonly installation: ssm.CfnMaintenanceWindowTask;
  /** What it is done with. */
  public readonly windowRole: iam.Role;

  /** @throws InvalidPatching naming every mistake in group, window, time zone, systems and days */
  public constructor(scope: Construct, id: string, props: PatchManagementProps) {
    super(scope, id);
    const days = (props.approveAfter ?? Duration.days(7)).toDays({ integral: false });
    const systems = [...new Set(props.systems ?? Object.values(PatchedSystem))];
    this.validate(props, systems, days);
    for (const system of systems) {
      this.baselines[system] = this.createBaseline(system, days, props);
    }
    const targets = [{ key: 'tag:PatchGroup', values: [props.patchGroup] }];
    this.scan = new ssm.CfnAssociation(this, 'Scan', {
      associationName: this.named('Scan'),
      name: RUN_PATCH_BASELINE,
      parameters: { Operation: ['Scan'] },
      scheduleExpression: 'rate(1 day)',
      targets,
      complianceSeverity: 'HIGH',
    });
    this.window = this.createWindow(props);
    this.windowRole = patchWindowRole(this);
    this.installation = this.createInstallation(targets, props.reboot ?? true);
    for (const baseline of Object.values(this.baselines)) {
      this.scan.addResourceDependency(baseline); // or the first scan judges by the baseline of AWS
      this.installation.addResourceDependency(baseline);
    }
  }

  private validate({ patchGroup, window, timeZone }: PatchManagementProps, systems: string[], days: number): void {
    const problems = new Problems(this, 'InvalidPatching');
    problems.require(
      Token.isUnresolved(patchGroup) || /^[\w .:/=+@-]{1,256}$/.test(patchGroup),
      `patchGroup must be a value of a tag, got "${patchGroup}"`,
    );
    const hours = hoursOf(window);
    problems.require(
      Number.isInteger(hours) && hours >= 2,
      `the window must be of 2 to 24 whole hours, got ${window.start} to ${window.end}`,
    );
    problems.require(window.start !== '24:00', 'the window starts at 24:00; write 00:00 of the day after');
    problems.require(
      isTimeZone(timeZone),
      `timeZone must be a name of the IANA database such as Europe/Berlin, got "${timeZone}"`,
    );
    problems.require(systems.length > 0, 'systems is empty, so that nothing would be patched');
    problems.require(
      Number.isInteger(days) && days >= 0 && days <= 100,
      `approveAfter must be 0 to 100 whole days, got ${days}`,
    );
    problems.throwIfAny();
  }

  private createBaseline(
    system: PatchedSystem,
    approveAfterDays: number,
    { patchGroup, rejectedPatches }: PatchManagementProps,
  ): ssm.CfnPatchBaseline {
    return new ssm.CfnPatchBaseline(this, `Baseline-${system}`, {
      name: this.named(system),
      description: 'Security updates, once they have been out for a time',
      operatingSystem: system,
      approvalRules: {
        patchRules: [
          {
            approveAfterDays,
            complianceLevel: 'HIGH',
            patchFilterGroup: { patchFilters: [{ key: 'CLASSIFICATION', values: SECURITY[system] }] },
          },
        ],
      },
      rejectedPatches,
      rejectedPatchesAction: rejectedPatches && 'BLOCK', // not even because another package needs it
      patchGroups: [patchGroup],
    });
  }

  private createWindow({ window, timeZone }: PatchManagementProps): ssm.CfnMaintenanceWindow {
    const [hour, minute] = window.start.split(':').map(Number);
    const days = window.days.length === 7 ? '*' : window.days.map((day) => day.slice(0, 3)).join(',');
    return new ssm.CfnMaintenanceWindow(this, 'Window', {
      name: this.named('Window'),
      description: 'When patches are installed',
      schedule: `cron(${minute} ${hour} ? * ${days} *)`,
      scheduleTimezone: timeZone,
      duration: hoursOf(window),
      cutoff: 1,
      allowUnassociatedTargets: false,
    });
  }

  private createInstallation(
    targets: { key: string; values: string[] }[],
    reboot: boolean,
  ): ssm.CfnMaintenanceWindowTask {
    const target = new ssm.CfnMaintenanceWindowTarget(this, 'Instances', {
      windowId: this.window.ref,
      resourceType: 'INSTANCE',
      targets,
    });
    const installation = new ssm.CfnMaintenanceWindowTask(this, 'Installation', {
      serviceRoleArn: this.windowRole.roleArn,
      windowId: this.window.ref,
      targets: [{ key: 'WindowTargetIds', values: [target.ref] }],
      taskType: 'RUN_COMMAND',
      taskArn: RUN_PATCH_BASELINE,
      priority: 1,
      maxConcurrency: '1',
      maxErrors: '0',
      cutoffBehavior: 'CONTINUE_TASK', // a patch that is half installed does more harm than one that runs late
      taskInvocationParameters: {
        maintenanceWindowRunCommandParameters: {
          parameters: { Operation: ['Install'], RebootOption: [reboot ? 'RebootIfNeeded' : 'NoReboot'] },
        },
      },
    });
    installation.node.addDependency(this.windowRole); // with its policy: the window may be tonight
    return installation;
  }

  private named(part: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 100, separator: '-' })}-${part}`;
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchFilter.html */
const SECURITY: Record<PatchedSystem, string[]> = {
  [PatchedSystem.WINDOWS]: ['CriticalUpdates', 'SecurityUpdates'],
  [PatchedSystem.AMAZON_LINUX_2023]: ['Security'],
  [PatchedSystem.AMAZON_LINUX_2]: ['Security'],
  [PatchedSystem.RED_HAT]: ['Security'],
};

function hoursOf({ _minutes }: LocalWindow): number {
  const [[start, end]] = _minutes;
  return (end - start) / 60;
}
