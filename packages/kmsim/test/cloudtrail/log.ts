// A log to replay: records as CloudTrail writes them, shorter by what nobody looks at.

export const account = '111122223333';
export const keyArn = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const role = `arn:aws:iam::${account}:role/app/Orders`;

type Members = Record<string, unknown>;

/** A session of the role, as its calls have it. */
export const session: Members = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:i-0123456789abcdef0',
  arn: `arn:aws:sts::${account}:assumed-role/Orders/i-0123456789abcdef0`,
  accountId: account,
  sessionContext: {
    sessionIssuer: { type: 'Role', arn: role, accountId: account, userName: 'Orders' },
    attributes: { creationDate: '2026-03-01T08:00:00Z', mfaAuthenticated: 'false' },
  },
};

let number = 0;

/** An event: `{ eventName, ... }` over what every event has. A second later than the one before, unless it says when. */
export function record(members: Members): Members {
  number += 1;
  return {
    eventVersion: '1.11',
    userIdentity: session,
    eventTime: new Date(Date.UTC(2026, 2, 1, 9) + number * 1000).toISOString().replace('.000', ''),
    eventSource: 'kms.amazonaws.com',
    awsRegion: 'us-east-1',
    sourceIPAddress: '192.0.2.7',
    requestParameters: null,
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    readOnly: true,
    resources: [{ accountId: account, type: 'AWS::KMS::Key', ARN: keyArn }],
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...members,
  };
}

/** Decrypt with an encryption context. */
export function decrypt(tenant: string, more: Members = {}): Members {
  return record({
    eventName: 'Decrypt',
    requestParameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext: { tenant } },
    ...more,
  });
}

/** A call that was refused, as records of it mostly are. */
export function refused(eventName: string, more: Members = {}): Members {
  const errorMessage = `User: ${String(session['arn'])} is not authorized to perform: kms:${eventName} on resource: ${keyArn} because no identity-based policy allows the kms:${eventName} action`;
  return record({ eventName, errorCode: 'AccessDenied', errorMessage, resources: undefined, ...more });
}

/** The account's administrators and, by name, the role with one tenant. */
export function policyFor(tenant: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Admins',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:role/Admin` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'Orders',
        Effect: 'Allow',
        Principal: { AWS: role },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:tenant': tenant } },
      },
    ],
  };
}
