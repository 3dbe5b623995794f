import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Time to get another one. AWS Certificate Manager renews what it has issued earlier than that, so for these it means that it could not. */
const LEAST_DAYS = 30;

/**
 * Goes off while a certificate can still be replaced. AWS Certificate Manager renews no imported one:
 * https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html
 */
export function certificateAlarm(scope: Construct, certificate: acm.ICertificate, address: string): cloudwatch.Alarm {
  return certificate.metricDaysToExpiry().createAlarm(scope, 'CertificateEnds', {
    alarmDescription: `The certificate of ${address} ends in less than ${LEAST_DAYS} days, and then nobody gets in: renew it where it comes from, import it again under its ARN`,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: LEAST_DAYS,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.IGNORE, // measured twice a day, and no more once it has ended
  });
}
