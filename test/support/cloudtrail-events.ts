/** What differs from event to event. */
export interface CallOptions {
  readonly userIdentity?: Record<string, unknown>;
  readonly errorCode?: string;
  readonly eventType?: string;
}

/** Somebody who assumed a role, as AWS CloudTrail writes it. */
export const ADMINISTRATOR = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:alice',
  arn: 'arn:aws:sts::111122223333:assumed-role/Administrator/alice',
  accountId: '111122223333',
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::111122223333:role/Administrator', userName: 'Administrator' },
    attributes: { mfaAuthenticated: 'true', creationDate: '2026-11-27T09:00:00Z' },
  },
};

export const ROOT = {
  type: 'Root',
  principalId: '111122223333',
  arn: 'arn:aws:iam::111122223333:root',
  accountId: '111122223333',
};

/**
 * A call of an API as Amazon EventBridge gets it from AWS CloudTrail.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
export function apiCall(service: string, eventName: string, options: CallOptions = {}): Record<string, unknown> {
  return {
    version: '0',
    id: '36eb8523-97d0-4518-b33d-ee3579ff19f0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${service}`,
    account: '111122223333',
    time: '2026-11-27T09:30:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      eventVersion: '1.11',
      userIdentity: ADMINISTRATOR,
      eventTime: '2026-11-27T09:30:00Z',
      eventSource: `${service}.amazonaws.com`,
      eventName,
      awsRegion: 'us-east-1',
      sourceIPAddress: '198.51.100.7',
      userAgent: 'aws-cli/2.31.0',
      requestID: '1b8f2a3c-0000-4000-8000-000000000001',
      eventID: '5b8f2a3c-0000-4000-8000-000000000002',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: '111122223333',
      eventCategory: 'Management',
      ...options,
    },
  };
}

/** A sign-in to the console. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html */
export function signIn(type: string, mfa: 'Yes' | 'No', outcome: 'Success' | 'Failure' = 'Success') {
  const event = apiCall('signin', 'ConsoleLogin', {
    userIdentity: { type, accountId: '111122223333', userName: 'bob' },
  });
  return {
    ...event,
    'detail-type': 'AWS Console Sign In via CloudTrail',
    detail: {
      ...(event.detail as object),
      eventType: 'AwsConsoleSignIn',
      responseElements: { ConsoleLogin: outcome },
      additionalEventData: { LoginTo: 'https://console.aws.amazon.com/', MobileVersion: 'No', MFAUsed: mfa },
    },
  };
}
