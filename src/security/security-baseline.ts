import { Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { fail } from '../core/private/fail';
import { knownRegion } from '../core/private/tokens';
import { AccessAnalysis } from './access-analysis';
import { AccessLogBucket } from './access-log-bucket';
import { AccountServiceHandler } from './account-service-handler';
import { AccountSettings } from './account-settings';
import { ActivityDetections } from './activity-detections';
import { AuditTrail } from './audit-trail';
import { ConfigRecording } from './config-recording';
import { Detective } from './detective';
import { EnablementMode } from './enablement';
import { FindingArchive } from './finding-archive';
import { FindingRouting } from './finding-routing';
import { GuardDuty } from './guard-duty';
import { IncidentResponse } from './incident-response';
import { Inspector } from './inspector';
import { Macie } from './macie';
import { OmissionCause, type OmittedService } from './omitted-service';
import { checkRegions } from './private/baseline-regions';
import { requireOnlyOneIn } from './private/one-per-region';
import { partitionSupport, REGIONS_WITHOUT_GLOBAL_RECORDING } from './private/partition-support';
import { sandboxPreset } from './private/sandbox-preset';
import { onlyServicesGrant } from './private/service-grants';
import { ServiceModes } from './private/service-modes';
import type { SandboxBaselineOptions } from './sandbox-baseline-options';
import type { SecurityBaselineProps } from './security-baseline-props';
import { SecurityHub } from './security-hub';
import { SecurityHubCspm } from './security-hub-cspm';

/**
 * Sees an intruder: GuardDuty, Security Hub, Config, CloudTrail and Access Analyzer in one Region of one account, and tells
 * people. One instance per Region: it knows by its stack whether it is the home Region's.
 */
export class SecurityBaseline extends Construct {
  /**
   * The baseline of an account without patients: GuardDuty, Access Analyzer and notices. No bucket, no AWS Config, and nothing
   * that costs by the resource; it goes with its stack.
   *
   * @throws MissingReason when `acknowledgeDataLoss` is empty
   */
  public static sandbox(scope: Construct, id: string, options: SandboxBaselineOptions): SecurityBaseline {
    return new SecurityBaseline(scope, id, sandboxPreset(options));
  }

  /** Whether this is the baseline of the home Region. */
  public readonly isHome: boolean;
  /** Services and features a reader might expect and will not find, and why. Also in the template's metadata. */
  public readonly omitted: OmittedService[] = [];
  /** The key for audit records and notices. */
  public readonly encryptionKey: kms.IKey;
  /** GuardDuty; none where it is managed elsewhere. */
  public readonly guardDuty?: GuardDuty;
  /** Security Hub CSPM; none where it is managed elsewhere. */
  public readonly securityHubCspm?: SecurityHubCspm;
  /** The unified Security Hub; none where it is managed elsewhere or not offered. */
  public readonly securityHub?: SecurityHub;
  /** AWS Config; none where it is managed elsewhere. */
  public readonly config?: ConfigRecording;
  /** CloudTrail; in the home Region, unless it is managed elsewhere. */
  public readonly auditTrail?: AuditTrail;
  /** IAM Access Analyzer; none where it is managed elsewhere. */
  public readonly accessAnalyzer?: AccessAnalysis;
  /** Keeps what GuardDuty found; none where it is not to. */
  public readonly findingArchive?: FindingArchive;
  /** Amazon Inspector; none unless asked for. */
  public readonly inspector?: Inspector;
  /** Amazon Macie; none unless asked for. */
  public readonly macie?: Macie;
  /** Amazon Detective; none unless asked for. */
  public readonly detective?: Detective;
  /** Settings of the account; none unless asked for. */
  public readonly accountSettings?: AccountSettings;
  /** Turns on what CloudFormation cannot, or what may be on already; none where nothing is adopted. */
  public readonly adopter?: AccountServiceHandler;
  /** Who asked for what in the buckets of this baseline; none where it has no bucket. */
  public readonly accessLogs?: AccessLogBucket;
  /** Tells people. */
  public readonly findingRouting: FindingRouting;
  /** Contains what was found; none unless asked for. */
  public readonly incidentResponse?: IncidentResponse;
  /** Tells people what somebody did; none where there is no trail. */
  public readonly activityDetections?: ActivityDetections;
  private readonly region: string;
  private readonly dataProtection: DataProtection;

  /**
   * @throws RegionMustBeKnown when the stack's Region is only known at deployment
   * @throws InvalidRegions when the Region is neither home nor linked, or the Regions contradict each other
   * @throws SecondBaseline when the account has a baseline in this Region already
   * @throws NothingToArchive when findings are to be archived and GuardDuty is not turned on here
   * @throws NotAdoptable when the trail is to be adopted
   * @throws NotOfferedInRegion when findings are to be collected in a Region that cannot
   * @throws UnsupportedPartition outside the commercial, GovCloud (US) and China partitions
   */
  public constructor(scope: Construct, id: string, props: SecurityBaselineProps) {
    super(scope, id);
    this.region = knownRegion(this, 'what a security baseline does depends on its Region');
    checkRegions(this, this.region, props.homeRegion, props.linkedRegions ?? []);
    requireOnlyOneIn(this.region, this);
    this.isHome = this.region === props.homeRegion;
    this.dataProtection = props.dataProtection ?? DataProtection.retain();
    this.encryptionKey = props.encryptionKey ?? this.createKey();

    const linkedRegions = this.isHome ? props.linkedRegions : undefined;
    const { dataProtection, encryptionKey } = this;
    const records = { encryptionKey, retention: props.recordRetention, dataProtection };
    const modes = this.chooseModes(props);
    this.adopter = modes.needAdopter
      ? new AccountServiceHandler(this, 'Adopter', {
          encryptionKey,
          managedElsewhere: props.managedElsewhere,
          revision: props.adoptionRevision,
        })
      : undefined;
    const adopter = (service: string) => (modes.adopts(service) ? this.adopter : undefined);

    if (props.archiveFindings && !modes.on('guardDuty')) {
      fail(
        this,
        'NothingToArchive',
        'archiveFindings needs GuardDuty, which this stack does not turn on; leave it out',
      );
    }
    if (modes.on('config') || modes.on('auditTrail') || props.archiveFindings || props.incidentResponse) {
      this.accessLogs = new AccessLogBucket(this, 'AccessLogs', { retention: props.recordRetention, dataProtection });
    }
    if (modes.on('guardDuty')) {
      this.guardDuty = new GuardDuty(this, 'GuardDuty', {
        ...props.guardDuty,
        adopter: adopter('guardDuty'),
        dataProtection,
      });
      this.omitted.push(...this.guardDuty.omitted);
      if (this.accessLogs && (props.archiveFindings ?? !modes.adopts('guardDuty'))) {
        const { detectorId } = this.guardDuty;
        const accessLogs = this.accessLogs;
        this.findingArchive = new FindingArchive(this, 'FindingArchive', { ...records, detectorId, accessLogs });
      }
    }
    if (modes.on('config') && this.accessLogs) {
      this.config = new ConfigRecording(this, 'Config', {
        ...props.config,
        ...records,
        adopter: adopter('config'),
        accessLogs: this.accessLogs,
        recordGlobalResources: this.recordsGlobalResources(),
      });
    }
    if (modes.on('securityHubCspm')) {
      this.securityHubCspm = new SecurityHubCspm(this, 'SecurityHubCspm', {
        ...props.securityHubCspm,
        automations: this.isHome ? props.securityHubCspm?.automations : undefined,
        adopter: adopter('securityHubCspm'),
        linkedRegions,
        dataProtection,
      });
      if (this.config) {
        this.securityHubCspm.node.addDependency(this.config); // its controls are rules of AWS Config
      }
    }
    if (modes.on('securityHub')) {
      this.securityHub = new SecurityHub(this, 'SecurityHub', {
        tickets: this.isHome ? props.securityHub?.tickets : undefined,
        adopter: adopter('securityHub'),
        linkedRegions,
        dataProtection,
      });
    }
    if (modes.on('auditTrail') && this.accessLogs) {
      this.auditTrail = new AuditTrail(this, 'AuditTrail', {
        ...props.auditTrail,
        ...records,
        accessLogs: this.accessLogs,
      });
    }
    if (modes.on('accessAnalyzer')) {
      const unusedAfter = this.isHome ? props.accessAnalyzer?.unusedAfter : undefined;
      this.accessAnalyzer = new AccessAnalysis(this, 'AccessAnalyzer', {
        unusedAfter,
        adopter: adopter('accessAnalyzer'),
        dataProtection,
      });
    }
    if (modes.on('inspector') && this.adopter) {
      this.inspector = new Inspector(this, 'Inspector', { ...props.inspector, adopter: this.adopter });
    }
    if (modes.on('macie')) {
      this.macie = new Macie(this, 'Macie', { ...props.macie, adopter: adopter('macie'), dataProtection });
    }
    if (modes.on('detective')) {
      this.detective = new Detective(this, 'Detective', { adopter: adopter('detective'), dataProtection });
    }
    if (modes.on('accountSettings') && this.adopter) {
      this.accountSettings = new AccountSettings(this, 'AccountSettings', {
        ...props.accountSettings,
        adopter: this.adopter,
        accountWide: this.isHome,
      });
    }
    this.findingRouting = new FindingRouting(this, 'FindingRouting', {
      ...props.findingRouting,
      encryptionKey,
      dataProtection,
    });
    if (this.seesActivities(props)) {
      this.activityDetections = new ActivityDetections(this, 'ActivityDetections', {
        ...props.activityDetections,
        topic: this.findingRouting.topic,
        chatTopic: this.findingRouting.chatTopic?.topic,
        deadLetterQueue: this.findingRouting.deadLetterQueue,
      });
    }
    if (props.incidentResponse && this.accessLogs) {
      this.incidentResponse = new IncidentResponse(this, 'IncidentResponse', {
        ...props.incidentResponse,
        ...records,
        accessLogs: this.accessLogs,
        topic: this.findingRouting.topic,
        deadLetterQueue: this.findingRouting.deadLetterQueue,
      });
    }
    this.describe(props);
  }

  private createKey(): kms.Key {
    const key = new kms.Key(this, 'Key', {
      description: 'Encrypts audit records and security notices',
      enableKeyRotation: true,
      removalPolicy: this.dataProtection.removalPolicy,
    });
    onlyServicesGrant(key);
    return key;
  }

  /** Who turns on what. Whatever is left out is explained in `omitted`. */
  private chooseModes(props: SecurityBaselineProps): ServiceModes {
    const { enablement = {} } = props;
    const modes = new ServiceModes(this, this.region, this.omitted);
    modes.choose('guardDuty', 'Amazon GuardDuty', enablement.guardDuty);
    modes.choose('securityHubCspm', 'AWS Security Hub CSPM', enablement.securityHubCspm);
    modes.choose('securityHub', 'AWS Security Hub', enablement.securityHub);
    modes.choose('config', 'AWS Config', enablement.config);
    if (this.isHome) {
      modes.chooseNamed('auditTrail', 'AWS CloudTrail', enablement.auditTrail);
    }
    modes.choose('accessAnalyzer', 'IAM Access Analyzer', enablement.accessAnalyzer);
    modes.chooseIfAsked('macie', 'Amazon Macie', props.macie !== undefined, enablement.macie);
    modes.chooseIfAsked('detective', 'Amazon Detective', props.detective ?? false, enablement.detective);
    modes.chooseFunction('inspector', 'Amazon Inspector', props.inspector !== undefined);
    modes.chooseFunction('accountSettings', 'Settings of the account', props.accountSettings !== undefined);
    return modes;
  }

  /** Without a trail there is nothing to see; and what has no Region is seen in one. */
  private seesActivities({ enablement, homeRegion, linkedRegions = [] }: SecurityBaselineProps): boolean {
    if (enablement?.auditTrail?.mode === EnablementMode.OFF) {
      this.omit('Detection of activities', OmissionCause.TURNED_OFF, 'AWS CloudTrail sends no events without a trail');
      return false;
    }
    const { globalEvents } = partitionSupport(this, this.region);
    if (this.isHome && ![homeRegion, ...linkedRegions].includes(globalEvents)) {
      const reason = `they are seen in ${globalEvents} only; add it to linkedRegions, with a baseline of its own`;
      this.omit('Detection of activities in IAM and AWS Organizations', OmissionCause.TURNED_OFF, reason);
    }
    return true;
  }

  private recordsGlobalResources(): boolean {
    const possible = !REGIONS_WITHOUT_GLOBAL_RECORDING.includes(this.region);
    if (this.isHome && !possible) {
      const reason = `AWS Config cannot record IAM users, groups, roles and policies in ${this.region}`;
      this.omit('AWS Config global resource types', OmissionCause.NOT_OFFERED, reason);
    }
    return this.isHome && possible;
  }

  private omit(service: string, cause: OmissionCause, reason: string): void {
    this.omitted.push({ service, cause, reason });
  }

  /** Tell the reader of the template what is not in it. */
  private describe(props: SecurityBaselineProps): void {
    const options = Stack.of(this).templateOptions;
    options.metadata = {
      ...options.metadata,
      'cdk-resilient-ehr:security': {
        homeRegion: props.homeRegion,
        linkedRegions: props.linkedRegions ?? [],
        omitted: this.omitted,
        acknowledgedDataLoss: this.dataProtection.acknowledgedLoss,
        acknowledgedIrreversibleLock: this.auditTrail && props.auditTrail?.recordLock?.acknowledgedIrreversible,
      },
    };
  }
}
