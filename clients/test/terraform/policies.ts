// The policies of the cases: as somebody writes them, and in another order, which Terraform must not take for a change.

const account = '000000000000';
const root = `arn:aws:iam::${account}:root`;
export const app = `arn:aws:iam::${account}:role/App`;
const ops = `arn:aws:iam::${account}:role/Ops`;

const own = { Sid: 'Account', Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };

/** With whitespace, an account by its number, and lists that KMS might order otherwise. */
export const ordersPolicy: string = JSON.stringify(
  {
    Version: '2012-10-17',
    Id: 'orders',
    Statement: [
      { ...own, Principal: { AWS: account } },
      {
        Sid: 'Use',
        Effect: 'Allow',
        Principal: { AWS: [ops, app] },
        Action: ['kms:GenerateDataKey*', 'kms:Decrypt'],
        Resource: ['*'],
        Condition: { StringEquals: { 'kms:EncryptionContext:tenant': ['42', '43'] } },
      },
    ],
  },
  null,
  2,
);

export const readersPolicy: string = JSON.stringify({
  Version: '2012-10-17',
  Statement: [own, { Sid: 'Read', Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Decrypt', Resource: '*' }],
});

// DefaultKMSKeyPolicy in internal/conns/awsclient.go: what aws_kms_key_policy leaves behind.
export const defaultPolicy: string = JSON.stringify({
  Id: 'default',
  Version: '2012-10-17',
  Statement: [{ ...own, Sid: 'Enable IAM User Permissions' }],
});
