import type { Aws } from '../aws';
import type { Outcome, ServiceContext } from '../handle';
import { asError } from '../retry';

interface DesiredRecorder {
  readonly RoleArn: string;
  readonly RecordingGroup: object;
  readonly BucketName: string;
  readonly KeyArn: string;
}

interface RecorderStatus {
  readonly recording?: boolean;
  readonly lastStartTime?: unknown;
}

/** Recorders that AWS services make for themselves, beside the one of the account. */
const OF_A_SERVICE = 'AWSConfigurationRecorderFor';

/** Make a recorder, or take note of the one that is there: it is neither stopped nor changed, and only started if it never was. */
export async function converge({ aws, desired }: ServiceContext<DesiredRecorder>): Promise<Outcome> {
  const { ConfigurationRecorders = [] } = await aws<{ ConfigurationRecorders?: { name: string }[] }>(
    'config-service',
    'DescribeConfigurationRecorders',
  );
  const existing = ConfigurationRecorders.find(({ name }) => !name.startsWith(OF_A_SERVICE));
  const name = existing?.name ?? 'default';
  if (!existing) {
    await ensureServiceLinkedRole(aws, desired.RoleArn);
    await aws('config-service', 'PutConfigurationRecorder', {
      ConfigurationRecorder: { name, roleARN: desired.RoleArn, recordingGroup: desired.RecordingGroup },
    });
  }
  const { DeliveryChannels = [] } = await aws<{ DeliveryChannels?: object[] }>(
    'config-service',
    'DescribeDeliveryChannels',
  );
  if (DeliveryChannels.length === 0) {
    await aws('config-service', 'PutDeliveryChannel', {
      DeliveryChannel: { name, s3BucketName: desired.BucketName, s3KmsKeyArn: desired.KeyArn },
    });
  }
  // one that was never started is left over from a deployment that failed between the two
  const started = existing && (await statusOf(aws, name));
  if (!started?.recording && !started?.lastStartTime) {
    await aws('config-service', 'StartConfigurationRecorder', { ConfigurationRecorderName: name });
  }
  const { recording } = await statusOf(aws, name); // somebody may have stopped it for a reason, so that is told and not undone
  return { Status: existing ? 'ADOPTED' : 'CREATED', Id: name, Recording: recording ? 'true' : 'false' };
}

/** The one role that Config does not make by itself; a second one is refused. */
async function ensureServiceLinkedRole(aws: Aws, roleArn: string): Promise<void> {
  if (!roleArn.includes('/aws-service-role/')) {
    return;
  }
  try {
    await aws('iam', 'CreateServiceLinkedRole', { AWSServiceName: 'config.amazonaws.com' });
  } catch (error) {
    if (!/has been taken/.test(asError(error).message)) throw error;
  }
}

async function statusOf(aws: Aws, name: string): Promise<RecorderStatus> {
  const { ConfigurationRecordersStatus: [status] = [] } = await aws<{
    ConfigurationRecordersStatus?: RecorderStatus[];
  }>('config-service', 'DescribeConfigurationRecorderStatus', { ConfigurationRecorderNames: [name] });
  return status ?? {};
}
