// Which service a call came through, where the log does not name it.

import { isRecord } from '../option-forms.ts';
import type { KmsEvent, Members } from './event.ts';
import { text } from './event.ts';

/** The names in encryption contexts that services write, and what kms:ViaService calls the service. Their own pages on encryption at rest. */
const contexts: readonly (readonly [name: string, service: string])[] = [
  ['aws:cloudtrail:arn', 'cloudtrail'], // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
  ['aws:s3:arn', 's3'], // https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  ['aws:rds:db-id', 'rds'], // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
  ['aws:workspaces:sid-directoryid', 'workspaces'], // https://docs.aws.amazon.com/workspaces/latest/adminguide/encrypt-workspaces.html
  ['aws:ebs:id', 'ec2'], // https://docs.aws.amazon.com/kms/latest/developerguide/services-ebs.html
  ['aws:dynamodb:tableName', 'dynamodb'], // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  ['aws:lambda:FunctionArn', 'lambda'], // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
  ['SecretARN', 'secretsmanager'], // https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
  ['PARAMETER_ARN', 'ssm'], // https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
  ['aws:logs:arn', 'logs'], // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
  ['aws:elasticfilesystem:filesystem:id', 'elasticfilesystem'], // https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
  ['aws:sqs:arn', 'sqs'], // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  ['aws:sns:topicArn', 'sns'], // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
  ['aws:kinesis:arn', 'kinesis'], // https://docs.aws.amazon.com/streams/latest/dev/what-is-sse.html
  ['aws:redshift:arn', 'redshift'], // https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html
  ['aws:workmail:arn', 'workmail'], // https://docs.aws.amazon.com/workmail/latest/adminguide/encryption_overview.html
];

/** `s3`, or undefined where nothing tells. */
export function serviceOf({ additional, identity, parameters, sourceIp }: KmsEvent): string | undefined {
  const told = [identity['invokedBy'], sourceIp, additional?.['invokedBy']].map(text).find(isServiceName);
  if (told !== undefined) return viaName(told);
  const entry = contexts.find(([name]) => contextsOf(parameters).some((context) => Object.hasOwn(context, name)));
  return entry?.[1];
}

/** Whether a service made the call, by itself or for somebody. */
export function isThroughService({ identity, sourceIp }: KmsEvent): boolean {
  return [identity['invokedBy'], sourceIp].some((name) => name === 'AWS Internal' || isServiceName(text(name)));
}

/** The ARN that a service wrote into the encryption context: what it works for. */
export function workedFor({ parameters }: KmsEvent): string | undefined {
  const values = contextsOf(parameters).flatMap((context) =>
    contexts.flatMap(([name]) => text(context[name]) ?? []).filter((value) => value.startsWith('arn:')),
  );
  return values[0];
}

function isServiceName(name: string | undefined): name is string {
  return name !== undefined && /^[a-z0-9.-]+\.amazonaws\.com$/.test(name);
}

// EBS calls KMS as ec2: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
function viaName(principal: string): string {
  const [first = ''] = principal.split('.');
  return first === 'ebs' ? 'ec2' : first;
}

function contextsOf(parameters: Members = {}): readonly Members[] {
  return ['encryptionContext', 'sourceEncryptionContext', 'destinationEncryptionContext']
    .map((name) => parameters[name])
    .filter(isRecord);
}
