import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** Where a restored Aurora cluster is put. */
export interface AuroraRestoreTestProps {
  /** ARN of the cluster whose recovery points are restored. */
  readonly clusterArn: string;
  /** Name of the subnet group: its subnets should reach nothing, and be reached by nothing. */
  readonly subnetGroupName: string;
  /** Security groups: empty ones isolate. */
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** Where a restored instance of Amazon RDS is put. */
export interface RdsRestoreTestProps {
  /** ARN of the instance whose recovery points are restored. */
  readonly instanceArn: string;
  /** Name of the subnet group: its subnets should reach nothing, and be reached by nothing. */
  readonly subnetGroupName: string;
  /** Security groups: empty ones isolate. */
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** How a table is restored. */
export interface DynamoDbRestoreTestProps {
  /** ARN of the table whose recovery points are restored. */
  readonly tableArn: string;
  /** The customer key of what is restored, in this Region; left out, AWS Backup would put records under a key of AWS. */
  readonly encryptionKey: kms.IKey;
}

/** How a file system of Amazon EFS is restored. */
export interface EfsRestoreTestProps {
  /** ARN of the file system whose recovery points are restored. */
  readonly fileSystemArn: string;
  /** The customer key of what is restored, in this Region; left out, AWS Backup would put records under a key of AWS. */
  readonly encryptionKey: kms.IKey;
}

/**
 * What is restored, and how. One resource type each, as AWS Backup asks. Not offered: Amazon FSx, whose restores need what a test cannot
 * be given here without a page that spells it out.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html
 */
export class RestoreTest {
  /** Restores an Aurora cluster, without instances of its own: the cluster is storage that opens. */
  public static aurora(props: AuroraRestoreTestProps): RestoreTest {
    return new RestoreTest('aurora', 'Aurora', props.clusterArn, isolated(props));
  }

  /** Restores an instance of Amazon RDS, as large as the one that is backed up, licence included: charged while it stays. */
  public static rds(props: RdsRestoreTestProps): RestoreTest {
    return new RestoreTest('rds', 'RDS', props.instanceArn, isolated(props));
  }

  /** Restores a table under a name of AWS Backup's. */
  public static dynamoDb(props: DynamoDbRestoreTestProps): RestoreTest {
    return new RestoreTest('dynamodb', 'DynamoDB', props.tableArn, {
      encryptionType: 'KMS',
      kmsMasterKeyArn: props.encryptionKey.keyArn,
    });
  }

  /** Restores a file system beside the one that is backed up. It has no mount target, so nothing reaches it. */
  public static efs(props: EfsRestoreTestProps): RestoreTest {
    return new RestoreTest('efs', 'EFS', props.fileSystemArn, { kmsKeyId: props.encryptionKey.keyArn }, true);
  }

  /** Restores a bucket into a new one. AWS Backup takes days to remove what it restored. */
  public static s3(bucketArn: string): RestoreTest {
    return new RestoreTest('s3', 'S3', bucketArn, undefined);
  }

  private constructor(
    /** Name of the selection. */
    public readonly selectionName: string,
    /** AWS Backup's name of the resource type. */
    public readonly resourceType: string,
    /** What is restored. */
    public readonly resourceArn: string,
    /** What AWS Backup cannot infer. */
    public readonly overrides: { [name: string]: string } | undefined,
    /** Whether it is backed up by the policy of file shares. */
    public readonly ofFiles = false,
  ) {}
}

/** Into subnets that reach nothing; the default VPC may not be there, and would be none to put records in. */
function isolated(props: { subnetGroupName: string; securityGroups: ec2.ISecurityGroup[] }): {
  [name: string]: string;
} {
  return {
    dbSubnetGroupName: props.subnetGroupName,
    vpcSecurityGroupIds: JSON.stringify(props.securityGroups.map(({ securityGroupId }) => securityGroupId)),
  };
}
