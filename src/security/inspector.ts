import type { CustomResource } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { fail } from '../core/private/fail';
import type { AccountServiceHandler } from './account-service-handler';

/** What Amazon Inspector looks for vulnerabilities in. */
export enum InspectorScan {
  /** Instances that Systems Manager manages, or their snapshots. Billed per instance and month. */
  EC2 = 'EC2',
  /** Images in private repositories of Amazon ECR. Billed per image, first and again. */
  ECR = 'ECR',
  /** Packages of Lambda functions. Billed per function and month. */
  LAMBDA = 'LAMBDA',
  /** Code of Lambda functions, in addition to their packages. Billed per function and month. */
  LAMBDA_CODE = 'LAMBDA_CODE',
}

/** What to choose about Amazon Inspector. */
export interface InspectorOptions {
  /**
   * What is scanned.
   *
   * @default [InspectorScan.EC2, InspectorScan.ECR, InspectorScan.LAMBDA]
   */
  readonly scans?: InspectorScan[];
}

/** Properties of Inspector. */
export interface InspectorProps extends InspectorOptions {
  /** Turns it on: CloudFormation has no resource that does. */
  readonly adopter: AccountServiceHandler;
}

/**
 * Amazon Inspector in one Region: looks for known vulnerabilities, continuously. What it finds becomes findings of Security
 * Hub. Scans that are on already stay on, whatever `scans` says.
 *
 * @see https://docs.aws.amazon.com/inspector/latest/user/what-is-inspector.html
 */
export class Inspector extends Construct {
  /** What turns it on. */
  public readonly resource: CustomResource;

  /**
   * @throws InvalidScans when there is none, or the code of functions is to be scanned without their packages
   */
  public constructor(scope: Construct, id: string, props: InspectorProps) {
    super(scope, id);
    const scans = props.scans ?? [InspectorScan.EC2, InspectorScan.ECR, InspectorScan.LAMBDA];
    if (scans.length === 0) {
      fail(this, 'InvalidScans', 'name something to scan, got an empty list; leave Inspector out to turn nothing on');
    }
    if (scans.includes(InspectorScan.LAMBDA_CODE) && !scans.includes(InspectorScan.LAMBDA)) {
      fail(this, 'InvalidScans', 'LAMBDA_CODE needs LAMBDA, which scans the packages of the same functions; add it');
    }
    this.resource = props.adopter._ask(this, 'Scans', {
      service: 'Inspector',
      desired: { ResourceTypes: scans },
      actions: ['inspector2:BatchGetAccountStatus', 'inspector2:Enable'],
      serviceLinkedRoles: ['inspector2.amazonaws.com', 'agentless.inspector2.amazonaws.com'],
    });
  }
}
