// What a replay is run against: the policies and the facts that are given, each checked.

import { type Grant, readGrants, ungrantable } from '@kmsim/authz';
import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { isKeyId, parseArn, policyProblem } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Forms, isRecord, isText, listOf, oneOf, shown } from '../option-forms.ts';
import { type KmsimOptions, kmsimOptionForms } from '../options.ts';
import { type PolicyDocument, tagsOf, textOf } from '../policy-documents.ts';

const page = 'docs/replay-cloudtrail.md';

/** A key as it is now to be, whatever the log says. What is left out is as the log tells. */
export interface ReplayKey {
  readonly policy?: PolicyDocument;
  /** `What if it were disabled?` The log does not change it. */
  readonly state?: 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';
  readonly spec?: KeySpec;
  readonly usage?: KeyUsage;
  readonly aliases?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** The grants it has at first, as list-grants prints them. Those that the log makes are left to it. */
  readonly grants?: readonly object[];
}

/** How far a replay has come. */
export interface ReplayProgress {
  readonly phase: 'reading' | 'replaying';
  readonly records: number;
}

export interface CloudTrailReplayOptions extends Pick<KmsimOptions, 'endpoints' | 'identities' | 'organization'> {
  /** By key ARN, key id, or name of an alias; `*` is every key that has no entry of its own. */
  readonly keys?: Readonly<Record<string, ReplayKey>>;
  /** Called now and then. */
  readonly onProgress?: (progress: ReplayProgress) => void;
}

const forms: Forms<CloudTrailReplayOptions> = {
  identities: kmsimOptionForms.identities,
  organization: kmsimOptionForms.organization,
  endpoints: kmsimOptionForms.endpoints,
  keys: { is: isRecord, text: 'an object of keys by their names' },
  onProgress: { is: (value) => typeof value === 'function', text: 'a function' },
};

const specNames = Object.keys(keySpecs);

const keyForms: Forms<ReplayKey> = {
  // What is no policy has an error of its own.
  policy: { is: () => true, text: 'a policy' },
  state: oneOf('Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'),
  spec: oneOf(...specNames),
  usage: oneOf('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT', 'ENCAPSULATE_DECAPSULATE'),
  aliases: listOf((name) => isText(name) && /^alias\/./.test(name), "names of aliases ('alias/orders')"),
  tags: { is: isRecord, text: 'an object of strings' },
  grants: listOf(isRecord, 'grants'),
};

/** A key of the options, read. */
export interface GivenKey {
  readonly name: string;
  readonly policy: string | undefined;
  readonly state: ReplayKey['state'];
  readonly spec: KeySpec | undefined;
  readonly usage: KeyUsage | undefined;
  readonly aliases: readonly string[];
  readonly tags: readonly (readonly [name: string, value: string])[];
  readonly grants: readonly Grant[];
}

/** The keys that are given, by what they are named; raises what createKmsim would raise. */
export function givenKeys(options: CloudTrailReplayOptions): ReadonlyMap<string, GivenKey> {
  checkOptions('replayCloudTrail', options, forms, page);
  return new Map(Object.entries(options.keys ?? {}).map(([name, key]) => [name, givenKey(name, key)]));
}

function givenKey(name: string, key: ReplayKey): GivenKey {
  if (name !== '*' && !isKeyId(name) && !/^alias\/./.test(name) && parseArn(name) === undefined)
    throw new KmsimError('InvalidOption', `${shown(name)} names no key: an ARN, a key id, alias/... or * does.`, {
      page,
    });
  checkOptions(`The key ${name}`, key, keyForms, page);
  const { aliases = [], grants = [], policy, spec, state, tags = {}, usage } = key;
  if (name === '*' && (aliases.length > 0 || grants.length > 0))
    throw new KmsimError('InvalidOption', 'Aliases and grants are of one key, not of *.', { page });
  if (spec !== undefined && usage !== undefined && !keySpecs[spec].usages.includes(usage))
    throw new KmsimError('InvalidOption', `The key ${name}: no key of ${spec} has the usage ${usage}.`, { page });
  const text = policy === undefined ? undefined : textOf(`The key ${name}`, policy);
  const problem = text === undefined ? undefined : policyProblem([{ name, text }], 'key policy');
  if (problem !== undefined) throw new KmsimError('InvalidPolicy', problem);
  return {
    name,
    policy: text,
    state,
    spec,
    usage: usage ?? (spec === undefined ? undefined : keySpecs[spec].usages[0]),
    aliases,
    tags: tagsOf(`The key ${name}: tags`, tags),
    grants: grantsOf(name, grants),
  };
}

function grantsOf(name: string, grants: readonly object[]): readonly Grant[] {
  const read = readGrants(grants, 'grant');
  if (!read.ok) throw new KmsimError('InvalidOption', `The key ${name}: ${read.problem}.`, { page });
  for (const { id, operations } of read.grants) {
    const [stranger] = ungrantable(operations);
    if (stranger !== undefined)
      throw new KmsimError('InvalidOption', `The key ${name}: the grant ${id} lists ${shown(stranger)}.`, { page });
  }
  return read.grants;
}

/** One key that has several entries: what the first of them says holds, and all their aliases, tags and grants. */
export function merged(entries: readonly GivenKey[]): GivenKey {
  const first = <Name extends keyof GivenKey>(name: Name) => entries.find((entry) => entry[name] !== undefined)?.[name];
  const kind = entries.find(({ spec }) => spec !== undefined);
  return {
    name: first('name') ?? '',
    policy: first('policy'),
    state: first('state'),
    spec: kind?.spec,
    usage: kind?.usage ?? first('usage'),
    aliases: entries.flatMap(({ aliases }) => aliases),
    tags: entries.flatMap(({ tags }) => tags),
    grants: entries.flatMap(({ grants }) => grants),
  };
}
