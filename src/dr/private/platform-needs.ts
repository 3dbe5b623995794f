import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { IConstruct } from 'constructs';
import type { MultiAzClinicalApp } from '../../app';
import { NeedPresence, type RecoveryNeed } from '../../core';
import type { CrossRegionDr } from '../cross-region-dr';
import { asText } from './rendered-resources';

const { EXPECTED, ELSEWHERE, PRIMARY_ONLY } = NeedPresence;

/**
 * What instances, file systems and engines start with beside what tasks are given: images of machines, directories, licences. Read property by
 * property: CDK renders a list once, and something may still be added to it.
 */
export function platformNeeds(dr: CrossRegionDr, side: MultiAzClinicalApp): RecoveryNeed[] {
  const needs = [...machineImageNeeds(dr, side), ...directoryNeeds(dr, side), ...licenceNeeds(side)];
  return [...new Map(needs.map((need) => [`${need.kind} ${need.name}`, need])).values()];
}

/** An id is of one Region: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html */
function machineImageNeeds({ recoveryRegion }: CrossRegionDr, side: MultiAzClinicalApp): RecoveryNeed[] {
  const images = [
    ...every(side, ec2.CfnInstance).map((instance) => text(instance, instance.imageId)),
    ...every(side, ec2.CfnLaunchTemplate).map((template) =>
      text(template, fields<{ imageId: string }>(template.launchTemplateData).imageId),
    ),
  ];
  return images
    .filter((name) => name !== '')
    .map((name) => ({
      kind: 'machine image',
      name,
      presence: EXPECTED,
      source: `Amazon EC2 of ${recoveryRegion}, by a copy or a pipeline, with its key: an image that is deprecated or deregistered starts nothing`,
    }));
}

/** What Amazon FSx is told of the directory that it joins, of either kind of file system. */
interface JoinedDirectory {
  readonly activeDirectoryId?: string;
  readonly selfManagedActiveDirectoryConfiguration?: unknown;
}

/** https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_configure_multi_region_replication.html */
function directoryNeeds(dr: CrossRegionDr, side: MultiAzClinicalApp): RecoveryNeed[] {
  const joins: [IConstruct, unknown][] = [
    ...every(side, fsx.CfnFileSystem).map((files): [IConstruct, unknown] => [files, files.windowsConfiguration]),
    ...every(side, fsx.CfnStorageVirtualMachine).map((machine): [IConstruct, unknown] => [
      machine,
      machine.activeDirectoryConfiguration,
    ]),
  ];
  return joins.flatMap(([scope, configuration]) => {
    const { activeDirectoryId, selfManagedActiveDirectoryConfiguration: own } = fields<JoinedDirectory>(configuration);
    return [
      ...(activeDirectoryId
        ? [
            {
              kind: 'directory',
              name: text(scope, activeDirectoryId),
              presence: EXPECTED,
              source: `AWS Directory Service of ${dr.recoveryRegion}: a directory that was extended to it has the same id there`,
            },
          ]
        : []),
      ...ownDirectoryNeeds(dr, scope, fields(own)),
    ];
  });
}

function ownDirectoryNeeds(
  { primaryRegion, recoveryRegion }: CrossRegionDr,
  scope: IConstruct,
  { domainName, domainJoinServiceAccountSecret }: fsx.CfnFileSystem.SelfManagedActiveDirectoryConfigurationProperty,
): RecoveryNeed[] {
  if (!domainName) {
    return [];
  }
  const secret = text(scope, domainJoinServiceAccountSecret);
  const there = secret.split(':')[3] === primaryRegion;
  return [
    {
      kind: 'directory',
      name: text(scope, domainName),
      presence: ELSEWHERE,
      source: `your own domain controllers, some of which ${recoveryRegion} must reach while ${primaryRegion} is lost`,
    },
    ...(secret === ''
      ? []
      : [
          {
            kind: 'secret',
            name: secret,
            presence: there ? PRIMARY_ONLY : EXPECTED,
            source: there
              ? `give recovery: { files } a share whose directory has its credentials in ${recoveryRegion}`
              : 'by its ARN, in this Region',
          },
        ]),
  ];
}

/** What is only known at deployment has no fields that could be read. */
function fields<T extends object>(value: unknown): Partial<T> {
  return value === undefined || Token.isUnresolved(value) ? {} : (value as T);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Oracle.Concepts.Licensing.html */
function licenceNeeds(side: MultiAzClinicalApp): RecoveryNeed[] {
  return every(side, rds.CfnDBInstance)
    .filter(({ licenseModel }) => licenseModel === 'bring-your-own-license')
    .map((instance) => ({
      kind: 'licence',
      name: text(instance, instance.engine),
      presence: ELSEWHERE,
      source: 'your contract with the vendor, which has to allow that it runs in a second Region',
    }));
}

function every<T extends IConstruct>(side: IConstruct, type: abstract new (...args: never[]) => T): T[] {
  return side.node.findAll().filter((each): each is T => each instanceof type);
}

function text(scope: IConstruct, value: unknown): string {
  return asText(Stack.of(scope).resolve(value)).replace(/\$\{([^}]*)\}/g, '<$1>');
}
