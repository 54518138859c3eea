// The AWS managed keys: one a service, made at first use, with a policy nobody can change.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service

export type AwsManagedService =
  | 'dynamodb'
  | 'ebs'
  | 'elasticfilesystem'
  | 'kinesis'
  | 'lambda'
  | 'rds'
  | 'redshift'
  | 's3'
  | 'secretsmanager'
  | 'ses'
  | 'sns'
  | 'sqs'
  | 'ssm'
  | 'workmail'
  | 'workspaces';

export interface AwsManagedKeyRow {
  readonly service: AwsManagedService;
  readonly alias: string;
  readonly description: string;
  /** First label of the kms:ViaService value: EBS calls KMS as ec2. */
  readonly viaService: string;
  readonly policyId: string;
  /** As the policy's Sid calls the service. */
  readonly name: string;
  readonly actions: readonly string[];
  /** Allowed through the service of any Region, not only of the key's. */
  readonly actionsFromAnyRegion?: readonly string[];
  /** A service principal that may read the key's metadata by itself. */
  readonly reader?: string;
}

const direct = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] as const;
// Services that keep using the key when the user is gone do so with grants.
const withGrants = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncrypt*',
  'kms:GenerateDataKey*',
  'kms:CreateGrant',
  'kms:DescribeKey',
] as const;

type Extra = Partial<AwsManagedKeyRow>;

function managed(
  service: AwsManagedService,
  name: string,
  what: string,
  actions: readonly string[],
  extra: Extra = {},
): AwsManagedKeyRow {
  return {
    service,
    alias: `alias/aws/${service}`,
    description: `Default key that protects my ${what} when no other key is defined`,
    viaService: service,
    policyId: `auto-${service}-1`,
    name,
    actions,
    ...extra,
  };
}

// Policy ids with another number than 1 have been seen in accounts, and the names and actions of those services with them;
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html and
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html print theirs.
export const awsManagedKeys: Readonly<Record<AwsManagedService, AwsManagedKeyRow>> = {
  dynamodb: managed('dynamodb', 'Amazon DynamoDB', 'DynamoDB data', withGrants, { reader: 'dynamodb.amazonaws.com' }),
  ebs: managed('ebs', 'EBS', 'EBS volumes', withGrants, { viaService: 'ec2', policyId: 'auto-ebs-2' }),
  elasticfilesystem: managed('elasticfilesystem', 'EFS', 'EFS filesystems', withGrants),
  kinesis: managed('kinesis', 'Kinesis', 'Kinesis data', direct),
  lambda: managed('lambda', 'AWS Lambda', 'Lambda functions', withGrants, { policyId: 'auto-awslambda' }),
  rds: managed('rds', 'RDS', 'RDS database volumes', withGrants, { policyId: 'auto-rds-2' }),
  redshift: managed('redshift', 'Redshift', 'Redshift clusters', withGrants),
  s3: managed('s3', 'S3', 'S3 objects', direct, { policyId: 'auto-s3-2' }),
  secretsmanager: managed(
    'secretsmanager',
    'AWS Secrets Manager',
    'Secrets Manager data',
    ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:CreateGrant', 'kms:DescribeKey'],
    { policyId: 'auto-secretsmanager-2', actionsFromAnyRegion: ['kms:GenerateDataKey*'] },
  ),
  ses: managed('ses', 'SES', 'SES messages', direct),
  sns: managed('sns', 'SNS', 'SNS data', direct),
  sqs: managed('sqs', 'SQS', 'SQS messages', direct),
  ssm: managed('ssm', 'SSM', 'SSM parameters', direct),
  workmail: managed('workmail', 'WorkMail', 'WorkMail data', [
    'kms:Decrypt',
    'kms:CreateGrant',
    'kms:ReEncrypt*',
    'kms:DescribeKey',
    'kms:Encrypt',
  ]),
  workspaces: managed('workspaces', 'WorkSpaces', 'WorkSpaces volumes', withGrants),
};

const byAlias: ReadonlyMap<string, AwsManagedKeyRow> = new Map(
  Object.values(awsManagedKeys).map((row) => [row.alias, row]),
);

/** The managed key behind a predefined alias such as `alias/aws/s3`, or undefined. */
export function awsManagedKeyOfAlias(alias: string): AwsManagedKeyRow | undefined {
  return byAlias.get(alias);
}

/** The key policy as GetKeyPolicy shows it. */
export function awsManagedKeyPolicy(
  service: AwsManagedService,
  account: string,
  region: string,
  partition: string,
): string {
  const row = awsManagedKeys[service];
  const through = `Allow access through ${row.name} for all principals in the account that are authorized to use ${row.name}`;
  const caller = { 'kms:CallerAccount': account };
  const allow = (statement: object): object => ({ Effect: 'Allow', ...statement, Resource: '*' });
  const statements = [
    {
      Sid: through,
      ...allow({ Principal: { AWS: '*' }, Action: row.actions }),
      // The suffix is the same in every partition.
      Condition: { StringEquals: { ...caller, 'kms:ViaService': `${row.viaService}.${region}.amazonaws.com` } },
    },
    row.actionsFromAnyRegion !== undefined && {
      Sid: through,
      ...allow({ Principal: { AWS: '*' }, Action: row.actionsFromAnyRegion }),
      Condition: { StringEquals: caller, StringLike: { 'kms:ViaService': `${row.viaService}.*.amazonaws.com` } },
    },
    {
      Sid: 'Allow direct access to key metadata to the account',
      ...allow({
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
      }),
    },
    row.reader !== undefined && {
      Sid: `Allow ${row.name} to read the metadata of the key`,
      ...allow({ Principal: { Service: row.reader }, Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'] }),
    },
  ];
  return JSON.stringify({ Version: '2012-10-17', Id: row.policyId, Statement: statements.filter(Boolean) }, null, 2);
}
