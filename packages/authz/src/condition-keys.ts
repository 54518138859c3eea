// Every condition key that a decision on a KMS request can ask for.
// kms: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html and the Service Authorization Reference
// sts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
// aws: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

export type ValueType = 'String' | 'Bool' | 'Numeric' | 'Date' | 'ARN' | 'IPAddress';

export interface ConditionKey {
  /** As the documentation writes it. One that ends in `:`, `/` or `PCR` is the beginning of a family of names. */
  readonly name: string;
  readonly type: ValueType;
  /** Only a key with many values goes with ForAnyValue and ForAllValues, and it goes with nothing else. */
  readonly values: 'one' | 'many';
  /** The requests that can have it. */
  readonly where: Where;
  /** Absent where a policy does not see the key's tags and aliases. */
  readonly tagOrAlias: boolean;
  /** With more values than this nobody is let in by it. */
  readonly most: number;
}

/** Actions by name without `kms:`; or by what they work on. */
export type Where = 'every request' | 'on a key' | 'made by a service' | readonly string[];

const DATA_KEYS = ['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'] as const;
const PAIRS = ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'] as const;
const RE_ENCRYPT = ['ReEncryptFrom', 'ReEncryptTo'] as const;
const SYMMETRIC = ['Encrypt', 'Decrypt', ...RE_ENCRYPT, ...DATA_KEYS, ...PAIRS] as const;
const MACS = ['GenerateMac', 'VerifyMac'] as const;
const SIGNATURES = ['Sign', 'Verify'] as const;
const ATTESTED = ['Decrypt', 'DeriveSharedSecret', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateRandom'] as const;
const BY_ALIAS = [
  ...SYMMETRIC,
  ...MACS,
  ...SIGNATURES,
  'DeriveSharedSecret',
  'Encapsulate',
  'Decapsulate',
  'DescribeKey',
  'GetPublicKey',
] as const;

/** "Aliases per KMS key", above which kms:ResourceAliases refuses: alias-authorization.html */
const ALIASES_PER_KEY = 50;

type Row = readonly [name: string, type: ValueType, where: Where, values?: 'many', most?: number];

const ROWS: readonly Row[] = [
  ['kms:BypassPolicyLockoutSafetyCheck', 'Bool', ['CreateKey', 'PutKeyPolicy']],
  ['kms:CallerAccount', 'String', 'every request'],
  ['kms:CustomerMasterKeySpec', 'String', 'on a key'],
  ['kms:CustomerMasterKeyUsage', 'String', 'on a key'],
  ['kms:DataKeyPairSpec', 'String', PAIRS],
  ['kms:EncryptionAlgorithm', 'String', SYMMETRIC],
  ['kms:EncryptionContext:', 'String', [...SYMMETRIC, 'CreateGrant']],
  ['kms:EncryptionContextKeys', 'String', [...SYMMETRIC, 'CreateGrant'], 'many'],
  ['kms:ExpirationModel', 'String', ['ImportKeyMaterial']],
  ['kms:GrantConstraintSourceArn', 'ARN', ['CreateGrant']],
  ['kms:GrantConstraintType', 'String', ['CreateGrant']],
  ['kms:GrantIsForAWSResource', 'Bool', ['CreateGrant', 'ListGrants', 'RevokeGrant']],
  ['kms:GrantOperations', 'String', ['CreateGrant'], 'many'],
  ['kms:GranteePrincipal', 'String', ['CreateGrant']],
  ['kms:GranteeServicePrincipal', 'String', ['CreateGrant']],
  ['kms:KeyAgreementAlgorithm', 'String', ['DeriveSharedSecret']],
  ['kms:KeyOrigin', 'String', 'on a key'],
  ['kms:KeySpec', 'String', 'on a key'],
  ['kms:KeyUsage', 'String', 'on a key'],
  ['kms:MacAlgorithm', 'String', MACS],
  ['kms:MessageType', 'String', SIGNATURES],
  ['kms:MultiRegion', 'Bool', 'on a key'],
  ['kms:MultiRegionKeyType', 'String', 'on a key'],
  ['kms:PrimaryRegion', 'String', ['UpdatePrimaryRegion']],
  ['kms:ReEncryptOnSameKey', 'Bool', RE_ENCRYPT],
  ['kms:RecipientAttestation:ImageSha384', 'String', ATTESTED],
  ['kms:RecipientAttestation:PCR', 'String', ATTESTED],
  ['kms:RecipientAttestation:NitroTPMPCR', 'String', ATTESTED],
  ['kms:ReplicaRegion', 'String', ['ReplicateKey']],
  ['kms:RequestAlias', 'String', BY_ALIAS],
  ['kms:ResourceAliases', 'String', 'on a key', 'many', ALIASES_PER_KEY],
  ['kms:RetiringPrincipal', 'String', ['CreateGrant']],
  ['kms:RetiringServicePrincipal', 'String', ['CreateGrant']],
  ['kms:RotationPeriodInDays', 'Numeric', ['EnableKeyRotation']],
  ['kms:ScheduleKeyDeletionPendingWindowInDays', 'Numeric', ['ScheduleKeyDeletion']],
  ['kms:SigningAlgorithm', 'String', SIGNATURES],
  ['kms:TrailingDaysWithoutKeyUsage', 'Numeric', ['ScheduleKeyDeletion', 'DisableKey']],
  ['kms:ValidTo', 'Date', ['ImportKeyMaterial']],
  ['kms:ViaService', 'String', 'on a key'],
  ['kms:WrappingAlgorithm', 'String', ['GetParametersForImport']],
  ['kms:WrappingKeySpec', 'String', ['GetParametersForImport']],
  ['aws:AssumedRoot', 'Bool', 'every request'],
  ['aws:CalledVia', 'String', 'every request', 'many'],
  ['aws:CalledViaFirst', 'String', 'every request'],
  ['aws:CalledViaLast', 'String', 'every request'],
  ['aws:ChatbotSourceArn', 'ARN', 'every request'],
  ['aws:CurrentTime', 'Date', 'every request'],
  ['aws:Ec2InstanceSourcePrivateIPv4', 'IPAddress', 'every request'],
  ['aws:Ec2InstanceSourceVpc', 'String', 'every request'],
  ['aws:EpochTime', 'Date', 'every request'],
  ['aws:FederatedProvider', 'String', 'every request'],
  ['aws:MultiFactorAuthAge', 'Numeric', 'every request'],
  ['aws:MultiFactorAuthPresent', 'Bool', 'every request'],
  ['aws:PrincipalAccount', 'String', 'every request'],
  ['aws:PrincipalArn', 'ARN', 'every request'],
  ['aws:PrincipalIsAWSService', 'Bool', 'every request'],
  ['aws:PrincipalOrgID', 'String', 'every request'],
  ['aws:PrincipalOrgPaths', 'String', 'every request', 'many'],
  ['aws:PrincipalServiceName', 'String', 'made by a service'],
  ['aws:PrincipalServiceNamesList', 'String', 'made by a service', 'many'],
  ['aws:PrincipalTag/', 'String', 'every request'],
  ['aws:PrincipalType', 'String', 'every request'],
  ['aws:Referer', 'String', 'every request'],
  ['aws:RequestTag/', 'String', ['CreateKey', 'ReplicateKey', 'TagResource']],
  ['aws:RequestedRegion', 'String', 'every request'],
  ['aws:ResourceAccount', 'String', 'on a key'],
  ['aws:ResourceOrgID', 'String', 'on a key'],
  ['aws:ResourceOrgPaths', 'String', 'on a key', 'many'],
  ['aws:ResourceTag/', 'String', 'on a key'],
  ['aws:SecureTransport', 'Bool', 'every request'],
  ['aws:SourceAccount', 'String', 'made by a service'],
  ['aws:SourceArn', 'ARN', 'made by a service'],
  ['aws:SourceIdentity', 'String', 'every request'],
  ['aws:SourceIp', 'IPAddress', 'every request'],
  ['aws:SourceOrgID', 'String', 'made by a service'],
  ['aws:SourceOrgPaths', 'String', 'made by a service', 'many'],
  ['aws:SourceVpc', 'String', 'every request'],
  ['aws:SourceVpcArn', 'ARN', 'every request'],
  ['aws:SourceVpce', 'String', 'every request'],
  ['aws:TagKeys', 'String', ['CreateKey', 'ReplicateKey', 'TagResource', 'UntagResource'], 'many'],
  ['aws:TokenIssueTime', 'Date', 'every request'],
  ['aws:UserAgent', 'String', 'every request'],
  ['aws:userid', 'String', 'every request'],
  ['aws:username', 'String', 'every request'],
  ['aws:ViaAWSService', 'Bool', 'every request'],
  ['aws:VpceAccount', 'String', 'every request'],
  ['aws:VpceOrgID', 'String', 'every request'],
  ['aws:VpceOrgPaths', 'String', 'every request', 'many'],
  ['aws:VpcSourceIp', 'IPAddress', 'every request'],
  // Of AssumeRole, whose trust policies are judged as key policies are; no request to KMS has them.
  ['sts:ExternalId', 'String', 'every request'],
  ['sts:RoleSessionName', 'String', 'every request'],
  ['sts:SourceIdentity', 'String', 'every request'],
];

/** What a family's name may go on with; a tag or a pair of an encryption context has any name but none. */
const PCR_NUMBER = /^(?:[0-9]|[12][0-9]|3[01])$/;

export const CONDITION_KEYS: readonly ConditionKey[] = ROWS.map(([name, type, where, values, most]) => ({
  name,
  type,
  values: values ?? 'one',
  where,
  tagOrAlias: name === 'kms:ResourceAliases' || name === 'aws:ResourceTag/',
  most: most ?? Number.POSITIVE_INFINITY,
}));

const isFamily = (name: string): boolean => /[:/]$|PCR$/.test(name);
const single = new Map(CONDITION_KEYS.filter(({ name }) => !isFamily(name)).map((key) => [foldName(key.name), key]));
const families = CONDITION_KEYS.filter(({ name }) => isFamily(name));

/** Case does not count in the name of a condition key. ASCII only: the names of tags go on with any letters. */
export function foldName(name: string): string {
  return name.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** `folded`: by `foldName`. */
export function findConditionKey(folded: string): ConditionKey | undefined {
  const known = single.get(folded);
  if (known !== undefined) return known;
  return families.find(({ name }) => {
    if (!folded.startsWith(foldName(name))) return false;
    const rest = folded.slice(name.length);
    return name.endsWith('PCR') ? PCR_NUMBER.test(rest) : rest !== '';
  });
}

/** Whether a request to KMS can have a condition key of that name, in any case. */
export function isConditionKey(name: string): boolean {
  return findConditionKey(foldName(name)) !== undefined;
}
