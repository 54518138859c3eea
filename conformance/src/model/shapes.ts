// The shape of requests: which members an operation has, their lengths and ranges, and KMS's words for a violation.
// Lengths: the KMS API model, https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html

import { isRecord } from '../values.ts';
import type { Refusal } from './expectation.ts';

interface Limit {
  readonly at: string;
  readonly value?: string;
  readonly must: string;
}

/** `type`: not even of the right JSON type. `garbled`: of the right type, and nothing can be made of it. */
type Violation = Limit | 'type' | 'garbled';
type Check = (value: unknown, at: string) => readonly Violation[];

const unworded = '';
const inPattern = 'satisfy regular expression pattern';
const inSet = 'satisfy enum value set: [';
const type: readonly Violation[] = ['type'];
const garbled: readonly Violation[] = ['garbled'];

function within(size: number, min: number, max: number, what: string, at: string, value?: string): Violation[] {
  const echo = value === undefined ? {} : { value };
  if (size < min) return [{ at, ...echo, must: `${what} greater than or equal to ${min}` }];
  return size > max ? [{ at, ...echo, must: `${what} less than or equal to ${max}` }] : [];
}

function text(min: number, max: number, pattern?: RegExp): Check {
  return (value, at) => {
    if (typeof value !== 'string') return type;
    const badly = pattern === undefined || pattern.test(value) ? [] : [{ at, value, must: inPattern }];
    return [...within(value.length, min, max, 'have length', at, value), ...badly];
  };
}

function whole(min: number, max: number): Check {
  return (value, at) => (typeof value === 'number' ? within(value, min, max, 'have value', at, String(value)) : type);
}

// Blobs are not echoed (recorded: encrypt-plaintext-over-4096).
function blob(max: number): Check {
  return (value, at) => {
    if (typeof value !== 'string') return type;
    const bytes = Buffer.from(value, 'base64');
    return bytes.toString('base64') === value ? within(bytes.length, 1, max, 'have length', at) : garbled;
  };
}

function choice(...values: readonly string[]): Check {
  return (value, at) => {
    if (typeof value !== 'string') return type;
    return values.includes(value) ? [] : [{ at, value, must: inSet }];
  };
}

function list(item: Check): Check {
  return (value, at) => (Array.isArray(value) ? value.flatMap((one, n) => item(one, `${at}.${n + 1}.member`)) : type);
}

// Two strings with unpaired surrogates may have the same bytes, so neither is a text. Of null values nothing is recorded.
const context: Check = (value) => {
  const texts = isRecord(value) ? Object.entries(value).flat() : [undefined];
  if (!texts.every((one) => typeof one === 'string' || one === null)) return type;
  return texts.every((one) => one?.isWellFormed()) ? [] : garbled;
};

const flag: Check = (value) => (typeof value === 'boolean' ? [] : type);
const keyId = text(1, 2048);
const algorithm = choice('SYMMETRIC_DEFAULT', 'RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256', 'SM2PKE');
const tag: Check = (value, at) => {
  if (!isRecord(value)) return type;
  const { TagKey, TagValue } = value;
  return [...text(1, 128)(TagKey, `${at}.tagKey`), ...text(0, 256)(TagValue, `${at}.tagValue`)];
};

const members: Readonly<Record<string, Check>> = {
  AliasName: text(1, 256, /^[a-zA-Z0-9:/_-]+$/),
  BypassPolicyLockoutSafetyCheck: flag,
  CiphertextBlob: blob(6144),
  Description: text(0, 8192),
  DryRun: flag,
  EncryptionContext: context,
  IncludeKeyMaterial: choice('ALL_KEY_MATERIAL', 'ROTATIONS_ONLY'),
  Limit: whole(1, 1000),
  Marker: text(1, 1024, /^[\u0020-\u00ff]*$/),
  MultiRegion: flag,
  NumberOfBytes: whole(1, 1024),
  Origin: choice('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'),
  PendingWindowInDays: whole(1, 365),
  Plaintext: blob(4096),
  Policy: text(1, 131_072, /^[\t\n\r\u0020-\u00ff]+$/),
  PolicyName: text(1, 128, /^\w+$/),
  RotationPeriodInDays: whole(90, 2560),
  TagKeys: (value, at) => list(text(1, 128))(value, at).map((one) => (one === 'type' ? one : { at, must: unworded })),
  Tags: list(tag),
};

const keySpecs = choice(
  ...['SYMMETRIC_DEFAULT', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'],
  ...['ECC_SECG_P256K1', 'ECC_NIST_EDWARDS25519', 'HMAC_224', 'HMAC_256', 'HMAC_384', 'HMAC_512', 'SM2'],
  ...['ML_DSA_44', 'ML_DSA_65', 'ML_DSA_87', 'ML_KEM_512', 'ML_KEM_768', 'ML_KEM_1024'],
);
const usages = ['ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'];

const dataKey = 'KeyId! EncryptionContext NumberOfBytes DataKeySpec DryRun';
const page = 'KeyId! Limit Marker';

// `!`: required. The operations that are not here take a KeyId and no more.
const inputs: Readonly<Record<string, string>> = {
  CreateAlias: 'AliasName! TargetKeyId!',
  CreateKey: 'Policy Description KeyUsage KeySpec Origin BypassPolicyLockoutSafetyCheck Tags MultiRegion',
  Decrypt: 'CiphertextBlob EncryptionContext KeyId EncryptionAlgorithm DryRun',
  DeleteAlias: 'AliasName!',
  EnableKeyRotation: 'KeyId! RotationPeriodInDays',
  Encrypt: 'KeyId! Plaintext! EncryptionContext EncryptionAlgorithm DryRun',
  GenerateDataKey: dataKey,
  GenerateDataKeyWithoutPlaintext: dataKey,
  GenerateRandom: 'NumberOfBytes',
  GetKeyPolicy: 'KeyId! PolicyName',
  ListAliases: 'KeyId Limit Marker',
  ListKeyPolicies: page,
  ListKeyRotations: `${page} IncludeKeyMaterial`,
  ListKeys: 'Limit Marker',
  ListResourceTags: page,
  PutKeyPolicy: 'KeyId! PolicyName Policy! BypassPolicyLockoutSafetyCheck',
  ReEncrypt: `CiphertextBlob SourceEncryptionContext SourceKeyId DestinationKeyId! DestinationEncryptionContext
    SourceEncryptionAlgorithm DestinationEncryptionAlgorithm DryRun`,
  ScheduleKeyDeletion: 'KeyId! PendingWindowInDays',
  TagResource: 'KeyId! Tags!',
  UntagResource: 'KeyId! TagKeys!',
  UpdateAlias: 'AliasName! TargetKeyId!',
  UpdateKeyDescription: 'KeyId! Description!',
};

/** What KMS may say to a request of the wrong shape; nothing for a right one. */
export function refusalsOfShape(operation: string, body: Readonly<Record<string, unknown>>): readonly Refusal[] {
  const violations = (inputs[operation] ?? 'KeyId!').split(/\s+/).flatMap((name): readonly Violation[] => {
    const member = name.replace('!', '');
    const on = member === 'DataKeySpec' ? 'KeySpec' : member;
    const value = body[on] ?? undefined;
    const at = on.charAt(0).toLowerCase() + on.slice(1);
    if (value === undefined) return name.endsWith('!') ? [{ at, must: unworded }] : [];
    return checkOf(member)(value, at);
  });
  const [first] = violations;
  if (first === undefined) return [];
  if (violations.includes('type')) return [{ code: 'SerializationException' }];
  if (violations.includes('garbled')) return [{ code: 'SerializationException' }, { code: 'ValidationException' }];
  // No recording has more than one violation, a missing member, or a list of texts.
  const sole = violations.length === 1 && first !== 'type' && first !== 'garbled' && first.must !== unworded;
  return [{ code: 'ValidationException', ...(sole && { message: wording(first) }) }];
}

function checkOf(member: string): Check {
  if (member.endsWith('KeyId')) return keyId;
  if (member.endsWith('EncryptionContext')) return context;
  if (member.endsWith('EncryptionAlgorithm')) return algorithm;
  if (member === 'DataKeySpec') return choice('AES_128', 'AES_256');
  if (member === 'KeySpec') return keySpecs;
  if (member === 'KeyUsage') return choice(...usages);
  return members[member] ?? (() => []);
}

// The order of an enumeration and the text of a pattern are the service's own.
function wording({ at, value, must }: Limit): string | RegExp {
  const echo = value === undefined ? '' : ` '${value}'`;
  const text = `1 validation error detected: Value${echo} at '${at}' failed to satisfy constraint: Member must ${must}`;
  return must === inPattern || must === inSet ? startingWith(text) : text;
}

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`);
}
