import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ClinicalTier } from '../clinical-tier';
import type { DataClass } from '../data-class';

/** What tags say of a system. No names of people, and nothing about patients: tags are readable by whoever may list resources. */
export interface SystemTags {
  readonly systemName: string;
  readonly tier: ClinicalTier;
  readonly dataClass: DataClass;
}

/**
 * Types that CloudFormation replaces when a tag changes: a system that moves to another tier must not lose them. From the
 * create-only properties of their registry schemas.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
const REPLACED_BY_A_TAG = [
  'AWS::EC2::KeyPair',
  'AWS::EC2::PlacementGroup',
  'AWS::EC2::TransitGatewayRouteTable',
  'AWS::FIS::ExperimentTemplate',
  'AWS::HealthImaging::Datastore',
  'AWS::Route53RecoveryControl::Cluster',
  'AWS::Route53RecoveryControl::ControlPanel',
  'AWS::Route53RecoveryControl::SafetyRule',
  'AWS::Route53Resolver::ResolverQueryLoggingConfig',
  'AWS::Serverless::Application', // rotates the database's password: the nested stack goes with it
];

/** Say on everything below what it belongs to, how critical that is, and what its data is about. A tag given closer to a resource wins. */
export function tagSystem(scope: IConstruct, { systemName, tier, dataClass }: SystemTags): void {
  const tags = Tags.of(scope);
  const options = { excludeResourceTypes: REPLACED_BY_A_TAG, priority: 50 }; // below the 100 of a tag that a user adds
  tags.add('ehr:system', systemName, options);
  tags.add('ehr:tier', tier, options);
  tags.add('ehr:data-class', dataClass, options);
}
