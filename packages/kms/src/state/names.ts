// Names of keys and aliases: ids, ARNs and the partitions they belong to.
// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id

/** The partition of a Region, by its prefix; everything else is `aws`. */
const partitions: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** `arn:aws:kms:us-east-1:111122223333:` */
export function arnPrefix(account: string, region: string): string {
  return `arn:${partitionOf(region)}:kms:${region}:${account}:`;
}

export interface KmsArn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly kind: 'key' | 'alias';
  /** The key id, or the alias name with its `alias/`. */
  readonly name: string;
}

/** The parts of a key ARN or an alias ARN, or undefined when the text is neither. */
export function parseArn(arn: string): KmsArn | undefined {
  const [scheme, partition, service, region, account, ...rest] = arn.split(':');
  const resource = rest.join(':');
  if (scheme !== 'arn' || service !== 'kms' || partition === undefined || !partition.startsWith('aws'))
    return undefined;
  if (region === undefined || region === '' || account === undefined || !/^\d{12}$/.test(account)) return undefined;
  if (resource.startsWith('key/') && resource.length > 4)
    return { partition, region, account, kind: 'key', name: resource.slice(4) };
  if (resource.startsWith('alias/') && resource.length > 6)
    return { partition, region, account, kind: 'alias', name: resource };
  return undefined;
}

// A UUID with its dashes, or `mrk-` and 32 hex digits without (recordings describe-malformed-key-id, describe-nonexistent-key).
const keyId = /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

export function isKeyId(text: string): boolean {
  return keyId.test(text);
}

export const aliasPrefix = 'alias/';
/** Aliases of AWS managed keys; nobody else may use the prefix. */
export const awsAliasPrefix = 'alias/aws/';
