import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { IConstruct } from 'constructs';
import { asText } from './rendered-resources';

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
  /** The name of a secret, or its ARN where that was given whole; the ARN of a parameter. May be a token. */
  readonly id: string;
  readonly arn: string;
}

/** Every image of every task, once. */
export function imagesOf(side: IConstruct): NeededImage[] {
  const references = containersOf(side).map((container) => textIn(container, container.imageName));
  return [...new Set(references)].map((reference) => ({ reference, registry: ecrImage(side, reference) }));
}

/** Every secret and parameter that tasks are given, once; those that the stack makes itself are not among them. */
export function valuesOf(side: IConstruct): NeededValue[] {
  const values = containersOf(side).flatMap((container) =>
    (
      (container.renderContainerDefinition().secrets as ecs.CfnTaskDefinition.SecretProperty[] | undefined) ?? []
    ).flatMap(({ valueFrom }) => readValue(textIn(container, valueFrom)) ?? []),
  );
  return [...new Map(values.map((value) => [value.arn, value])).values()];
}

/** The log groups of every container, once, with the Region they are in: without its group a task does not start. */
export function logGroupsOf(side: IConstruct): { readonly name: string; readonly region: string }[] {
  const groups = containersOf(side).flatMap((container) => {
    const { 'awslogs-group': name, 'awslogs-region': region } = container.logDriverConfig?.options ?? {};
    return name === undefined ? [] : [{ name: textIn(container, name), region: textIn(container, region) }];
  });
  return [...new Map(groups.map((group) => [`${group.region} ${group.name}`, group])).values()];
}

/** The files in Amazon S3 that tasks take environment variables from, once. */
export function environmentFilesOf(side: IConstruct): string[] {
  const files = containersOf(side).flatMap((container) =>
    (container.environmentFiles ?? []).map(({ s3Location: { bucketName, objectKey } }) =>
      textIn(container, `s3://${bucketName}/${objectKey}`),
    ),
  );
  return [...new Set(files)];
}

/** The settings and commands of every container, as they were written: what is only known at deployment stays a marker. */
export function settingsOf(side: IConstruct): { readonly path: string; readonly texts: string[] }[] {
  return containersOf(side).map((container) => {
    const { environment, command = [], entryPoint = [] } = container.renderContainerDefinition();
    const pairs = (environment ?? []) as ecs.CfnTaskDefinition.KeyValuePairProperty[];
    return {
      path: container.node.path,
      texts: [...pairs.map(({ value }) => value ?? ''), ...command, ...entryPoint],
    };
  });
}

/** What a text says that may hold what is only known at deployment. */
export function asToken(text: string): string {
  return text.includes('${') ? Fn.sub(text) : text;
}

/**
 * Asked of the constructs and not read from what they will render: CDK renders a list once and keeps what it has then, so that whatever
 * is added afterwards would be missing.
 */
function containersOf(side: IConstruct): ecs.ContainerDefinition[] {
  return side.node.findAll().filter((each): each is ecs.ContainerDefinition => each instanceof ecs.ContainerDefinition);
}

function textIn(container: ecs.ContainerDefinition, value: string): string {
  return asText(Stack.of(container).resolve(value));
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
    const whole = !arn.includes('${') && /-[A-Za-z0-9]{6}$/.test(name); // with the characters that AWS Secrets Manager adds
    return { kind: 'secret', region, id: whole ? arn : name, arn: asToken(arn) };
  }
  const parameter = PARAMETER.exec(reference);
  return parameter
    ? { kind: 'parameter', region: parameter[2], id: asToken(reference), arn: asToken(reference) }
    : undefined;
}
