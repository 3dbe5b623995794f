import { type Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import { knownRegion } from '../core/private/tokens';
import { AccessAnalysis, type AccessAnalysisOptions } from './access-analysis';
import { AccessLogBucket } from './access-log-bucket';
import { AuditTrail, type AuditTrailOptions } from './audit-trail';
import { ConfigRecording, type ConfigRecordingOptions } from './config-recording';
import { type Enablement, EnablementMode } from './enablement';
import { FindingRouting, type FindingRoutingOptions } from './finding-routing';
import { GuardDuty, type GuardDutyOptions } from './guard-duty';
import { OmissionCause, type OmittedService } from './omitted-service';
import { checkRegions } from './private/baseline-regions';
import { requireOnlyOneIn } from './private/one-per-region';
import { partitionSupport, REGIONS_WITHOUT_GLOBAL_RECORDING } from './private/partition-support';
import { SecurityHub } from './security-hub';
import { SecurityHubCspm, type SecurityHubCspmOptions } from './security-hub-cspm';

/** Who turns on each service. */
export interface ServiceEnablement {
  /** @default Enablement.cloudFormation() */
  readonly guardDuty?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly securityHubCspm?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly securityHub?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly config?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly auditTrail?: Enablement;
  /** @default Enablement.cloudFormation() */
  readonly accessAnalyzer?: Enablement;
}

/** Properties of a SecurityBaseline. */
export interface SecurityBaselineProps {
  /**
   * The Region that findings are collected in, and that does what an account needs once: the trail of all Regions, and the
   * recording of IAM. The same in every Region's baseline.
   */
  readonly homeRegion: string;
  /**
   * Every other Region that has a baseline, of the same partition. The same in every Region's baseline.
   *
   * @default - none
   */
  readonly linkedRegions?: string[];
  /**
   * Who turns on each service. Where an organization or Control Tower does, say `Enablement.external`.
   *
   * @default - this stack turns on every one
   */
  readonly enablement?: ServiceEnablement;
  /**
   * What to choose about GuardDuty.
   *
   * @default - every protection plan, and Runtime Monitoring of Fargate tasks
   */
  readonly guardDuty?: GuardDutyOptions;
  /**
   * What to choose about Security Hub CSPM.
   *
   * @default - AWS Foundational Security Best Practices, CIS 5.0.0 and NIST 800-53 r5
   */
  readonly securityHubCspm?: SecurityHubCspmOptions;
  /**
   * What to choose about AWS Config.
   *
   * @default - the service-linked role
   */
  readonly config?: ConfigRecordingOptions;
  /**
   * What to choose about the trail. Used in the home Region only.
   *
   * @default - management events of every Region
   */
  readonly auditTrail?: AuditTrailOptions;
  /**
   * What to choose about IAM Access Analyzer. Unused access is analysed in the home Region only.
   *
   * @default - external access only
   */
  readonly accessAnalyzer?: AccessAnalysisOptions;
  /**
   * What to choose about notifications.
   *
   * @default - a new topic
   */
  readonly findingRouting?: FindingRoutingOptions;
  /**
   * How long audit records (trail, configuration history, access logs) are kept. Whole days. Below six years a warning
   * cites 45 CFR 164.316(b)(2)(i).
   *
   * @default Duration.days(2557)
   */
  readonly recordRetention?: Duration;
  /**
   * The key for audit records and notices. CloudTrail, Config, CloudWatch Logs, EventBridge and CloudWatch are added to its
   * policy, which an imported key's cannot be: give that key these statements yourself.
   *
   * @default - a new key with rotation
   */
  readonly encryptionKey?: kms.IKey;
  /**
   * What becomes of records, keys and the services themselves when the stack is deleted. `destroyWithStack` turns the
   * services off and loses their findings; S3 deletes only buckets that were emptied.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Sees an intruder: GuardDuty, Security Hub, Config, CloudTrail and Access Analyzer in one Region of one account, and tells
 * people. One instance per Region: it knows by its stack whether it is the home Region's.
 */
export class SecurityBaseline extends Construct {
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
  /** Who asked for what in the buckets of this baseline; none where it has no bucket. */
  public readonly accessLogs?: AccessLogBucket;
  /** Tells people. */
  public readonly findingRouting: FindingRouting;
  private readonly region: string;
  private readonly dataProtection: DataProtection;

  /**
   * @throws RegionMustBeKnown when the stack's Region is only known at deployment
   * @throws InvalidRegions when the Region is neither home nor linked, or the Regions contradict each other
   * @throws SecondBaseline when the account has a baseline in this Region already
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
    const on = this.resolveEnablement(props.enablement ?? {});
    if (on.config || on.auditTrail) {
      this.accessLogs = new AccessLogBucket(this, 'AccessLogs', { retention: props.recordRetention, dataProtection });
    }
    if (on.guardDuty) {
      this.guardDuty = new GuardDuty(this, 'GuardDuty', { ...props.guardDuty, dataProtection });
      this.omitted.push(...this.guardDuty.omitted);
    }
    if (on.config && this.accessLogs) {
      this.config = new ConfigRecording(this, 'Config', {
        ...props.config,
        ...records,
        accessLogs: this.accessLogs,
        recordGlobalResources: this.recordsGlobalResources(),
      });
    }
    if (on.securityHubCspm) {
      this.securityHubCspm = new SecurityHubCspm(this, 'SecurityHubCspm', {
        ...props.securityHubCspm,
        linkedRegions,
        dataProtection,
      });
      if (this.config) {
        this.securityHubCspm.node.addDependency(this.config); // its controls are rules of AWS Config
      }
    }
    if (on.securityHub) {
      this.securityHub = new SecurityHub(this, 'SecurityHub', { linkedRegions, dataProtection });
    }
    if (on.auditTrail && this.accessLogs) {
      this.auditTrail = new AuditTrail(this, 'AuditTrail', {
        ...props.auditTrail,
        ...records,
        accessLogs: this.accessLogs,
      });
    }
    if (on.accessAnalyzer) {
      const unusedAfter = this.isHome ? props.accessAnalyzer?.unusedAfter : undefined;
      this.accessAnalyzer = new AccessAnalysis(this, 'AccessAnalyzer', { unusedAfter, dataProtection });
    }
    this.findingRouting = new FindingRouting(this, 'FindingRouting', {
      ...props.findingRouting,
      encryptionKey,
      dataProtection,
    });
    this.describe(props);
  }

  private createKey(): kms.Key {
    return new kms.Key(this, 'Key', {
      description: 'Encrypts audit records and security notices',
      enableKeyRotation: true,
      removalPolicy: this.dataProtection.removalPolicy,
    });
  }

  /** Which services this stack turns on. Whoever is left out is explained in `omitted`. */
  private resolveEnablement(asked: ServiceEnablement): Record<keyof ServiceEnablement, boolean> {
    const native = (service: string, enablement: Enablement | undefined): boolean => {
      if (enablement?.mode === EnablementMode.EXTERNAL) {
        this.omit(service, OmissionCause.MANAGED_ELSEWHERE, `managed by ${enablement.managedBy}`);
        return false;
      }
      return true;
    };
    return {
      guardDuty: native('Amazon GuardDuty', asked.guardDuty),
      securityHubCspm: native('AWS Security Hub CSPM', asked.securityHubCspm),
      securityHub: this.unifiedSecurityHubOffered() && native('AWS Security Hub', asked.securityHub),
      config: native('AWS Config', asked.config),
      auditTrail: this.isHome && native('AWS CloudTrail', asked.auditTrail),
      accessAnalyzer: native('IAM Access Analyzer', asked.accessAnalyzer),
    };
  }

  private unifiedSecurityHubOffered(): boolean {
    const offered = partitionSupport(this, this.region).unifiedSecurityHub;
    if (!offered) {
      this.omit('AWS Security Hub', OmissionCause.NOT_OFFERED, 'not documented for this partition');
    }
    return offered;
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
