import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** How much a bucket holds. Free of charge, once a day. https://docs.aws.amazon.com/AmazonS3/latest/userguide/metrics-dimensions.html */
export function bucketWidgets(bucketName: string): cloudwatch.IWidget[] {
  return [
    new cloudwatch.GraphWidget({
      title: 'Documents (number)',
      width: 6,
      left: [
        new cloudwatch.Metric({
          namespace: 'AWS/S3',
          metricName: 'NumberOfObjects',
          dimensionsMap: { BucketName: bucketName, StorageType: 'AllStorageTypes' },
          statistic: cloudwatch.Stats.AVERAGE,
          period: Duration.days(1),
        }),
      ],
    }),
  ];
}
