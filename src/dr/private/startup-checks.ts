import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { MultiAzClinicalApp } from '../../app';
import { type Outlook, type ReadinessCheck, regionsOf } from './readiness-check';
import { type EcrImage, imagesOf, valuesOf } from './startup-needs';

/**
 * The credentials of the database are replicated into the recovery Region; of others only this Region knows, and whether they are the same
 * nobody may look.
 */
export function secretsCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { side, dr, region } = outlook;
  if (!side) {
    return undefined;
  }
  const { rotatedSecretName: name, promoteCommand } = side.database ?? {};
  const credentials = promoteCommand ? name : undefined; // of a replica
  const owned = region === dr.primaryRegion && name ? [name] : []; // where they are replicated from
  const values = valuesOf(side);
  const others = values.filter(({ kind, id }) => kind === 'secret' && id !== credentials);
  const parameters = values.filter(({ kind }) => kind === 'parameter');
  if (!credentials && owned.length + others.length + parameters.length === 0) {
    return undefined;
  }
  const describable = [
    ...(credentials ? regionsOf(outlook).flatMap((region) => secretArns(side, region, credentials)) : []),
    ...owned.flatMap((each) => secretArns(side, region, each)),
    ...others.flatMap(({ id, arn }) => (id.startsWith('arn:') ? [arn] : [arn, `${arn}-??????`])),
  ];
  return {
    name: 'Secrets',
    meaning: 'a secret or parameter that tasks start with is missing here, or is not what it is in the other Region',
    wanted: {
      secrets: [
        ...(credentials ? [{ id: credentials, replicated: true }] : []),
        ...[...owned, ...others.map(({ id }) => id)].map((id) => ({ id, replicated: false })),
      ],
      parameters: parameters.map(({ id }) => id),
    },
    rights: [
      ...(describable.length > 0 ? [{ actions: ['secretsmanager:DescribeSecret'], resources: describable }] : []),
      ...(parameters.length > 0
        ? [{ actions: ['ssm:GetParameter'], resources: parameters.map(({ arn }) => arn) }]
        : []),
    ],
  };
}

/** By its name, and by its name and the six characters that Secrets Manager adds. */
function secretArns(side: MultiAzClinicalApp, region: string, name: string): string[] {
  const arn = Stack.of(side).formatArn({
    service: 'secretsmanager',
    region,
    resource: 'secret',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [arn, `${arn}-??????`];
}

export function certificatesCheck({ dr, side }: Outlook, leastDays: number): ReadinessCheck | undefined {
  const certificates = side ? side.ingress.flatMap(({ _certificate }) => _certificate ?? []) : [dr._prepared];
  const arns = [...new Set(certificates.flatMap((certificate) => certificate?.certificateArn ?? []))];
  return arns.length === 0
    ? undefined
    : {
        name: 'Certificates',
        meaning: `a certificate of this Region is not issued, or has less than ${leastDays} days left`,
        wanted: { arns, leastDays },
        rights: [{ actions: ['acm:DescribeCertificate'], resources: arns }],
      };
}

/** Images of Amazon ECR, and those that instances boot from; what another registry has, or lets out in a disaster, cannot be asked. */
export function imagesCheck(outlook: Outlook): ReadinessCheck | undefined {
  const { dr, side, region } = outlook;
  const images = side ? registryImages(side, region) : imagesToCome(dr.primary, outlook);
  const machineImages = side ? machineImagesOf(side) : []; // of another Region nobody has said yet
  if (images.length + machineImages.length === 0) {
    return undefined;
  }
  const arns = images.flatMap(({ account, repository, tag }) =>
    (isImmutable(tag) ? [region] : regionsOf(outlook)).map((of) =>
      Stack.of(dr).formatArn({ service: 'ecr', region: of, account, resource: 'repository', resourceName: repository }),
    ),
  );
  return {
    name: 'Images',
    meaning:
      'an image that tasks or instances start from is missing in this Region, or is another one than in the other Region',
    wanted: {
      images: images.map(({ account: registry, repository, digest, tag }) => ({
        registry,
        repository,
        digest,
        tag,
        compared: !isImmutable(tag),
      })),
      ...(machineImages.length > 0 ? { machineImages } : {}),
    },
    rights: [
      ...(arns.length > 0 ? [{ actions: ['ecr:DescribeImages'], resources: [...new Set(arns)] }] : []),
      ...(machineImages.length > 0 ? [{ actions: ['ec2:DescribeImages'], resources: ['*'] }] : []), // it takes no resource
    ],
  };
}

function registryImages(side: MultiAzClinicalApp, region: string): EcrImage[] {
  return imagesOf(side).flatMap(({ registry }) => (registry?.region === region ? [registry] : []));
}

/** What the deployment after a restore would start from; what is built by CDK, it brings. */
function imagesToCome(primary: MultiAzClinicalApp, { region, otherRegion }: Outlook): EcrImage[] {
  const theirs = registryImages(primary, otherRegion).filter(({ tag }) => tag === undefined || !isImmutable(tag));
  return theirs.map((image) => ({ ...image, region }));
}

/** A tag of CDK's is of the content. */
function isImmutable(tag?: string): boolean {
  return tag === undefined || /^[0-9a-f]{64}$/.test(tag);
}

/** Those whose id is written out: a parameter of AWS's names one that it keeps. */
function machineImagesOf(side: MultiAzClinicalApp): string[] {
  const ids = side.node.findAll().flatMap((each) => {
    const data = each instanceof ec2.CfnLaunchTemplate ? Stack.of(each).resolve(each.launchTemplateData) : undefined;
    const id = each instanceof ec2.CfnInstance ? Stack.of(each).resolve(each.imageId) : data?.imageId;
    return typeof id === 'string' && /^ami-/.test(id) ? [id] : [];
  });
  return [...new Set(ids)];
}
