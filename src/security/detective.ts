import * as detective from 'aws-cdk-lib/aws-detective';
import { Construct } from 'constructs';
import { DataProtection } from '../core/data-protection';
import type { AccountServiceHandler } from './account-service-handler';
import { keepOn } from './private/singleton';

/** Properties of Detective. */
export interface DetectiveProps {
  /**
   * Adopts a graph that is there already instead of making one.
   *
   * @default - CloudFormation makes the graph
   */
  readonly adopter?: AccountServiceHandler;
  /**
   * Whether the graph, and with it a year of behaviour, outlives the stack.
   *
   * @default DataProtection.retain()
   */
  readonly dataProtection?: DataProtection;
}

/**
 * Amazon Detective in one Region: a year of who did what to what, for whoever investigates a finding. GuardDuty must have been
 * on for 48 hours. Billed per gigabyte of logs it takes in.
 *
 * @see https://docs.aws.amazon.com/detective/latest/userguide/what-is-detective.html
 */
export class Detective extends Construct {
  /** The graph; none where it is adopted. */
  public readonly graph?: detective.CfnGraph;

  public constructor(scope: Construct, id: string, props: DetectiveProps = {}) {
    super(scope, id);
    if (props.adopter) {
      props.adopter._ask(this, 'AdoptedGraph', {
        service: 'Detective',
        desired: {},
        actions: ['detective:ListGraphs', 'detective:CreateGraph'],
        serviceLinkedRoles: ['detective.amazonaws.com'],
      });
      return;
    }
    this.graph = new detective.CfnGraph(this, 'Graph', { autoEnableMembers: false });
    keepOn(this.graph, props.dataProtection ?? DataProtection.retain());
  }
}
