// What conditions can ask of a call: the condition keys of KMS, each answered from the request, the key or the place.
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html

import { type Context, type ContextValue, foldName } from '@kmsim/authz';
import { attestedContext } from './attestation/conditions.ts';
import { callerAnswers, principalTag } from './caller-context.ts';
import { constrainedContext, grantAnswers } from './grant-context.ts';
import type { Call, Subject } from './operation.ts';
import { aliasNames } from './state/alias-names.ts';
import { aliasPrefix, parseArn } from './state/names.ts';
import type { Tag } from './state/records.ts';
import { aliasesAt, tagsAt } from './state/spreading.ts';
import { hasEncryptionContext } from './tables/grant-operations.ts';
import type { PermissionResource } from './tables/operations.ts';

/** The names of condition keys come in lower case; a key that the request does not have is undefined. */
export function requestContext(call: Call, on: PermissionResource, subject: Subject | undefined): Context {
  return (name) => {
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (answer !== undefined) return answer({ call, on, subject });
    const ofCaller = Object.hasOwn(callerAnswers, name) ? callerAnswers[name] : undefined;
    if (ofCaller !== undefined) return ofCaller(call, subject);
    const prefixed = prefixes.find(([prefix]) => name.startsWith(prefix));
    return prefixed?.[1]({ call, on, subject }, name.slice(prefixed[0].length));
  };
}

interface Asked {
  readonly call: Call;
  readonly on: PermissionResource;
  readonly subject: Subject | undefined;
}

type Answer = (asked: Asked) => ContextValue | undefined;

// A member of the request, whatever operation it is of.
function member(call: Call, name: string): unknown {
  return (call.input as Readonly<Record<string, unknown>>)[name];
}

/** A member as text, where the operation has it. */
function given(name: string, operations?: readonly string[], otherwise?: string): Answer {
  return ({ call }) => {
    if (operations !== undefined && !operations.includes(call.operation)) return undefined;
    const value = member(call, name) ?? otherwise;
    return value === undefined ? undefined : String(value);
  };
}

/** A property of the key, or what CreateKey asks for it. */
function ofKey(
  property: (key: NonNullable<Subject['key']>) => string | undefined,
  requested: (call: Call) => string | undefined,
): Answer {
  return ({ call, on, subject }) => {
    if (subject?.key !== undefined) return property(subject.key);
    // The key that ReplicateKey makes is of the kind of its primary.
    const primary = on === 'replicaRegion' ? call.subjects.key?.key : undefined;
    if (primary !== undefined) return property(primary);
    return call.operation === 'CreateKey' ? requested(call) : undefined;
  };
}

const spec = ofKey(
  (key) => key.spec,
  (call) => String(member(call, 'KeySpec') ?? member(call, 'CustomerMasterKeySpec') ?? 'SYMMETRIC_DEFAULT'),
);
const usage = ofKey(
  (key) => key.usage,
  (call) => String(member(call, 'KeyUsage') ?? 'ENCRYPT_DECRYPT'),
);

// Each side of ReEncrypt has a context and an algorithm of its own.
const sides: Readonly<Partial<Record<PermissionResource, string>>> = { key: 'Source', destinationKey: 'Destination' };

function sided({ call, on }: Asked, name: string): unknown {
  return member(call, call.operation === 'ReEncrypt' ? `${sides[on] ?? ''}${name}` : name);
}

function encryptionContext(asked: Asked): ReadonlyMap<string, string> {
  const context = constrainedContext(asked.call) ?? sided(asked, 'EncryptionContext');
  return context instanceof Map ? context : new Map();
}

const encrypting = /^(?:Encrypt|Decrypt|ReEncrypt|GenerateDataKey.*)$/;

// The default is for symmetric keys. Without it no other key can be used, so of one nothing is assumed.
function encryptionAlgorithm(asked: Asked): string | undefined {
  if (!encrypting.test(asked.call.operation)) return undefined;
  const given = sided(asked, 'EncryptionAlgorithm');
  if (given !== undefined) return String(given);
  const key = asked.subject?.key;
  return key === undefined || hasEncryptionContext(key) ? 'SYMMETRIC_DEFAULT' : undefined;
}

// The name of the alias, also when its ARN was sent.
function requestAlias({ call, on }: Asked): string | undefined {
  if (call.row.keyIdForms !== 'any') return undefined;
  const named = call.operation === 'ReEncrypt' ? member(call, `${sides[on] ?? ''}KeyId`) : member(call, 'KeyId');
  if (typeof named !== 'string') return undefined;
  if (named.startsWith(aliasPrefix)) return named;
  const arn = parseArn(named);
  return arn?.kind === 'alias' ? arn.name : undefined;
}

function requestTags({ call }: Asked): readonly Tag[] {
  const tags = member(call, 'Tags');
  return Array.isArray(tags) ? tags : [];
}

const pairs = ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'];

const answers: Readonly<Record<string, Answer>> = {
  ...grantAnswers,
  'kms:bypasspolicylockoutsafetycheck': given('BypassPolicyLockoutSafetyCheck', ['CreateKey', 'PutKeyPolicy'], 'false'),
  'kms:customermasterkeyspec': spec,
  'kms:customermasterkeyusage': usage,
  'kms:datakeypairspec': given('KeyPairSpec', pairs),
  'kms:encryptionalgorithm': encryptionAlgorithm,
  'kms:encryptioncontextkeys': (asked) => [...encryptionContext(asked).keys()],
  'kms:expirationmodel': given('ExpirationModel', ['ImportKeyMaterial'], 'KEY_MATERIAL_EXPIRES'),
  'kms:keyagreementalgorithm': given('KeyAgreementAlgorithm'),
  'kms:keyorigin': ofKey(
    (key) => key.origin,
    (call) => String(member(call, 'Origin') ?? 'AWS_KMS'),
  ),
  'kms:keyspec': spec,
  'kms:keyusage': usage,
  'kms:macalgorithm': given('MacAlgorithm'),
  'kms:messagetype': given('MessageType', ['Sign', 'Verify'], 'RAW'),
  'kms:multiregion': ofKey(
    (key) => String(key.replicas !== undefined),
    (call) => String(member(call, 'MultiRegion') ?? false),
  ),
  'kms:multiregionkeytype': ({ on, subject }) => {
    if (on === 'replicaRegion') return 'REPLICA';
    const key = subject?.key;
    if (key?.replicas === undefined) return undefined;
    return key.replicas.primary === key.region ? 'PRIMARY' : 'REPLICA';
  },
  'kms:primaryregion': given('PrimaryRegion'),
  'kms:reencryptonsamekey': ({ call }) => {
    const { destinationKey, key } = call.subjects;
    return call.operation === 'ReEncrypt' ? String(key?.resource === destinationKey?.resource) : undefined;
  },
  'kms:replicaregion': given('ReplicaRegion'),
  'kms:requestalias': requestAlias,
  'kms:resourcealiases': ({ call, subject }) => {
    const key = subject?.key;
    return key === undefined ? undefined : aliasesAt(key, call.now, aliasNames(call, key));
  },
  'kms:rotationperiodindays': given('RotationPeriodInDays', ['EnableKeyRotation'], '365'),
  'kms:schedulekeydeletionpendingwindowindays': given('PendingWindowInDays', ['ScheduleKeyDeletion'], '30'),
  'kms:signingalgorithm': given('SigningAlgorithm'),
  // Seconds since the epoch.
  'kms:validto': ({ call }) => {
    const at = member(call, 'ValidTo');
    return call.operation === 'ImportKeyMaterial' && at instanceof Date ? String(at.getTime() / 1000) : undefined;
  },
  'kms:wrappingalgorithm': given('WrappingAlgorithm'),
  'kms:wrappingkeyspec': given('WrappingKeySpec'),
  // What is done to a replica is done in its Region.
  'aws:requestedregion': ({ call, on }) => {
    const elsewhere = { replicaRegion: 'ReplicaRegion', replicaKey: 'PrimaryRegion' }[on as string];
    return elsewhere === undefined ? call.caller.region : String(member(call, elsewhere));
  },
  // The real service has no other door than TLS.
  'aws:securetransport': () => 'true',
  'aws:tagkeys': (asked) => {
    const removed = member(asked.call, 'TagKeys');
    return Array.isArray(removed) ? removed : requestTags(asked).map(({ TagKey }) => TagKey);
  },
};

// Condition keys that end in a name of the caller's choosing. IAM compares the names of condition keys without regard to case.
const prefixes: readonly (readonly [
  prefix: string,
  answer: (asked: Asked, name: string) => ContextValue | undefined,
])[] = [
  ['kms:encryptioncontext:', (asked, name) => byName(encryptionContext(asked), name)],
  ['kms:recipientattestation:', ({ call }, name) => attestedContext(call, name)],
  ['aws:principaltag/', ({ call }, name) => principalTag(call, name)],
  ['aws:requesttag/', (asked, name) => byName(named(requestTags(asked)), name)],
  ['aws:resourcetag/', (asked, name) => tagOf(asked, name)],
];

function tagOf({ call, subject }: Asked, name: string): ContextValue | undefined {
  return subject?.key && byName(named(tagsAt(subject.key, call.now)), name);
}

function named(tags: readonly Tag[]): (readonly [name: string, value: string])[] {
  return tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]);
}

function byName(entries: Iterable<readonly [name: string, value: string]>, name: string): ContextValue | undefined {
  const values = [...entries].filter(([key]) => foldName(key) === name).map(([, value]) => value);
  return values.length > 1 ? values : values[0];
}
