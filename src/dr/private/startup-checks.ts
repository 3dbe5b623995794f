import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { MultiAzClinicalApp } from '../../app';
import type { CrossRegionDr } from '../cross-region-dr';
import { type ReadinessCheck, regionsOf } from './readiness-check';
import { imagesOf, valuesOf } from './startup-needs';

/** The credentials of the database are replicated; of others only this Region knows, and whether they are the same nobody may look. */
export function secretsCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const credentials = side.database?.promoteCommand ? side.database.rotatedSecretName : undefined; // of a replica
  const values = valuesOf(side);
  const others = values.filter(({ kind, id }) => kind === 'secret' && id !== credentials);
  const parameters = values.filter(({ kind }) => kind === 'parameter');
  if (!credentials && others.length + parameters.length === 0) {
    return undefined;
  }
  const describable = [
    ...(credentials ? regionsOf(dr).flatMap((region) => secretArns(dr, region, credentials)) : []),
    ...others.flatMap(({ id, arn }) => (id.startsWith('arn:') ? [arn] : [arn, `${arn}-??????`])),
  ];
  return {
    name: 'Secrets',
    meaning: 'a secret or parameter that tasks start with is missing here, or is not what it is in the other Region',
    wanted: {
      secrets: [
        ...(credentials ? [{ id: credentials, replicated: true }] : []),
        ...others.map(({ id }) => ({ id, replicated: false })),
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
function secretArns(dr: CrossRegionDr, region: string, name: string): string[] {
  const arn = Stack.of(dr).formatArn({
    service: 'secretsmanager',
    region,
    resource: 'secret',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return [arn, `${arn}-??????`];
}

export function certificatesCheck(side: MultiAzClinicalApp, leastDays: number): ReadinessCheck | undefined {
  const arns = [...new Set(side.ingress.flatMap(({ _certificate }) => _certificate?.certificateArn ?? []))];
  return arns.length === 0
    ? undefined
    : {
        name: 'Certificates',
        meaning: `a certificate of this Region is not issued, or has less than ${leastDays} days left`,
        wanted: { arns, leastDays },
        rights: [{ actions: ['acm:DescribeCertificate'], resources: arns }],
      };
}

/** Images of Amazon ECR; what another registry has, or lets out in a disaster, cannot be asked. */
export function imagesCheck(dr: CrossRegionDr, side: MultiAzClinicalApp): ReadinessCheck | undefined {
  const images = imagesOf(side).flatMap(({ registry }) => (registry?.region === dr.recoveryRegion ? [registry] : []));
  if (images.length === 0) {
    return undefined;
  }
  const immutable = (tag?: string) => tag === undefined || /^[0-9a-f]{64}$/.test(tag); // a tag of CDK's is of the content
  const arns = images.flatMap(({ account, repository, tag }) =>
    (immutable(tag) ? [dr.recoveryRegion] : regionsOf(dr)).map((region) =>
      Stack.of(dr).formatArn({ service: 'ecr', region, account, resource: 'repository', resourceName: repository }),
    ),
  );
  return {
    name: 'Images',
    meaning: 'an image that tasks start from is missing in this Region, or is another one than in the other Region',
    wanted: {
      images: images.map(({ account: registry, repository, digest, tag }) => ({
        registry,
        repository,
        digest,
        tag,
        compared: !immutable(tag),
      })),
    },
    rights: [{ actions: ['ecr:DescribeImages'], resources: [...new Set(arns)] }],
  };
}
