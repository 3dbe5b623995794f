import { Fn, Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { asText, renderedResources } from './rendered-resources';

/** An image that tasks are started from. */
export interface NeededImage {
  /** As the task definition names it. */
  readonly reference: string;
  /** Where it is, if that is Amazon ECR. */
  readonly registry?: EcrImage;
}

/** An image in Amazon ECR. */
export interface EcrImage {
  /** The account of the registry; may be a token. */
  readonly account: string;
  readonly region: string;
  /** May be a token. */
  readonly repository: string;
  readonly digest?: string;
  readonly tag?: string;
}

/** A secret or parameter that tasks are given when they start. */
export interface NeededValue {
  readonly kind: 'secret' | 'parameter';
  /** The Region it is read in. */
  readonly region: string;
  /** The name of a secret, or its ARN where that was given; the ARN of a parameter. May be a token. */
  readonly id: string;
  readonly arn: string;
}

interface Container {
  readonly Image?: unknown;
  readonly Secrets?: { readonly ValueFrom: unknown }[];
}

/** Every image of every task, once. */
export function imagesOf(side: IConstruct): NeededImage[] {
  const references = containersOf(side).map(({ Image }) => asText(Image));
  return [...new Set(references)].map((reference) => ({ reference, registry: ecrImage(side, reference) }));
}

/** Every secret and parameter that tasks are given, once; those that the stack makes itself are not among them. */
export function valuesOf(side: IConstruct): NeededValue[] {
  const references = containersOf(side).flatMap(({ Secrets }) =>
    (Secrets ?? []).map(({ ValueFrom }) => asText(ValueFrom)),
  );
  const values = references.flatMap((reference) => readValue(reference) ?? []);
  return [...new Map(values.map((value) => [value.arn, value])).values()];
}

/** The certificates of every listener, once; may be tokens. */
export function certificatesOf(side: IConstruct): string[] {
  const listeners = renderedResources(side, [
    'AWS::ElasticLoadBalancingV2::Listener',
    'AWS::ElasticLoadBalancingV2::ListenerCertificate',
  ]);
  const arns = listeners.flatMap(({ properties }) =>
    ((properties.Certificates ?? []) as { readonly CertificateArn?: unknown }[]).map(({ CertificateArn }) =>
      asText(CertificateArn),
    ),
  );
  return [...new Set(arns)].map(asToken);
}

/** What a text says that may hold what is only known at deployment. */
export function asToken(text: string): string {
  return text.includes('${') ? Fn.sub(text) : text;
}

function containersOf(side: IConstruct): Container[] {
  return renderedResources(side, ['AWS::ECS::TaskDefinition']).flatMap(
    ({ properties }) => (properties.ContainerDefinitions ?? []) as Container[],
  );
}

function ecrImage(side: IConstruct, reference: string): EcrImage | undefined {
  const found =
    /^([^.]+|\$\{AWS::AccountId\})\.dkr\.ecr(?:-fips)?\.([^/]+?)\.(?:\$\{AWS::URLSuffix\}|amazonaws\.com(?:\.cn)?)\/(.+?)(?:@(sha256:[0-9a-f]{64})|:([^:/]+))$/.exec(
      reference,
    );
  if (!found) {
    return undefined;
  }
  const [, account, region, repository, digest, tag] = found;
  const here = Stack.of(side).region;
  return {
    account: asToken(account),
    region: region === '${AWS::Region}' && !Token.isUnresolved(here) ? here : region,
    repository: asToken(repository),
    digest,
    tag,
  };
}

/** A field of an ARN, in which what is only known at deployment has colons of its own. */
const FIELD = String.raw`((?:\$\{[^}]*\}|[^:$])+)`;
const SECRET = new RegExp(`^arn:${FIELD}:secretsmanager:${FIELD}:${FIELD}:secret:${FIELD}`);
const PARAMETER = new RegExp(`^arn:${FIELD}:ssm:${FIELD}:${FIELD}:parameter/.+$`);

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function readValue(reference: string): NeededValue | undefined {
  const secret = SECRET.exec(reference);
  if (secret) {
    const [arn, , region, , name] = secret;
    return { kind: 'secret', region, id: arn.includes('${') ? name : arn, arn: asToken(arn) };
  }
  const parameter = PARAMETER.exec(reference);
  return parameter
    ? { kind: 'parameter', region: parameter[2], id: asToken(reference), arn: asToken(reference) }
    : undefined;
}
