// What a log tells of the keys in it, whenever it does so: read before anything is replayed.

import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { parseArn } from '@kmsim/kms';
import { isRecord } from '../option-forms.ts';
import { isFromOutside, type KmsEvent, type Members, plain, text } from './event.ts';

export interface Kind {
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
}

const rsa2048 = 'RSA_2048';

/** The kind of key that has an algorithm: the smallest where several have it. https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
const byAlgorithm: readonly (readonly [member: string, value: RegExp, spec: KeySpec, usage: KeyUsage])[] = [
  ['signingAlgorithm', /^RSASSA_/, rsa2048, 'SIGN_VERIFY'],
  ['signingAlgorithm', /^ECDSA_SHA_256$/, 'ECC_NIST_P256', 'SIGN_VERIFY'],
  ['signingAlgorithm', /^ECDSA_SHA_384$/, 'ECC_NIST_P384', 'SIGN_VERIFY'],
  ['signingAlgorithm', /^ECDSA_SHA_512$/, 'ECC_NIST_P521', 'SIGN_VERIFY'],
  ['signingAlgorithm', /^ED25519/, 'ECC_NIST_EDWARDS25519', 'SIGN_VERIFY'],
  ['signingAlgorithm', /^ML_DSA_/, 'ML_DSA_44', 'SIGN_VERIFY'],
  ['signingAlgorithm', /^SM2DSA$/, 'SM2', 'SIGN_VERIFY'],
  ['macAlgorithm', /^HMAC_SHA_224$/, 'HMAC_224', 'GENERATE_VERIFY_MAC'],
  ['macAlgorithm', /^HMAC_SHA_256$/, 'HMAC_256', 'GENERATE_VERIFY_MAC'],
  ['macAlgorithm', /^HMAC_SHA_384$/, 'HMAC_384', 'GENERATE_VERIFY_MAC'],
  ['macAlgorithm', /^HMAC_SHA_512$/, 'HMAC_512', 'GENERATE_VERIFY_MAC'],
  ['encryptionAlgorithm', /^RSAES_/, rsa2048, 'ENCRYPT_DECRYPT'],
  ['encryptionAlgorithm', /^SM2PKE$/, 'SM2', 'ENCRYPT_DECRYPT'],
  ['keyAgreementAlgorithm', /^ECDH$/, 'ECC_NIST_P256', 'KEY_AGREEMENT'],
  ['encapsulationAlgorithm', /^ML_KEM$/, 'ML_KEM_512', 'ENCAPSULATE_DECAPSULATE'],
];

export class KeyEvidence {
  /** Of the first and the last event. */
  first: number | undefined;
  last = 0;
  events = 0;
  /** Ids of grants that are made on the way. */
  readonly newGrants: Set<string> = new Set();
  /** Ids of calls from account to account whose caller the log names. */
  readonly #namedCalls = new Set<string>();
  readonly #kinds = new Map<string, Kind>();
  readonly #imported = new Set<string>();
  /** Alias ARN -> key ARN, as it was at first, or where it was made on the way. */
  readonly #aliases = new Map<string, { readonly at: number; readonly target: string; readonly isMade: boolean }>();
  #named: ReadonlyMap<string, readonly string[]> | undefined;
  readonly #primaries = new Map<string, { readonly at: number; readonly region: string }>();

  note(event: KmsEvent): void {
    this.events += 1;
    this.first = Math.min(this.first ?? event.at, event.at);
    this.last = Math.max(this.last, event.at);
    if (event.sharedId !== undefined && !isFromOutside(event)) this.#namedCalls.add(event.sharedId);
    if (event.errorCode !== undefined) return;
    this.#noteKind(event);
    this.#noteAlias(event);
    this.#notePrimary(event);
    const grant = event.operation === 'CreateGrant' ? text(event.response?.['grantId']) : undefined;
    if (grant !== undefined) this.newGrants.add(grant);
    if (event.operation === 'ImportKeyMaterial') for (const arn of event.keys) this.#imported.add(arn);
  }

  /** Whether the log has the same call with its caller's name. */
  isCopy(event: KmsEvent): boolean {
    return event.sharedId !== undefined && isFromOutside(event) && this.#namedCalls.has(event.sharedId);
  }

  /** Undefined: nothing tells, so it is a symmetric encryption key. */
  kindOf(arn: string): Kind | undefined {
    return this.#kinds.get(arn);
  }

  isImported(arn: string): boolean {
    return this.#imported.has(arn);
  }

  /** The Region of the primary at first, of the multi-Region key of that id. */
  primaryOf(id: string): string | undefined {
    return this.#primaries.get(id)?.region;
  }

  /** Names of the aliases that a key has at first, as far as somebody uses them. Asked for when all is noted. */
  aliasesOf(arn: string): readonly string[] {
    this.#named ??= this.#aliasesByKey();
    return this.#named.get(arn) ?? [];
  }

  /** The key that an alias is made for on the way: until then the name is none of it. */
  madeAlias(name: string): string | undefined {
    for (const [alias, { isMade, target }] of this.#aliases)
      if (isMade && (alias === name || parseArn(alias)?.name === name)) return target;
    return undefined;
  }

  #aliasesByKey(): ReadonlyMap<string, readonly string[]> {
    const names = new Map<string, string[]>();
    for (const [alias, { isMade, target }] of this.#aliases) {
      const name = parseArn(alias)?.name;
      if (isMade || name === undefined) continue;
      const known = names.get(target);
      if (known === undefined) names.set(target, [name]);
      else known.push(name);
    }
    return names;
  }

  #noteKind({ keys, parameters = {}, response }: KmsEvent): void {
    const made = response?.['keyMetadata'] ?? response?.['replicaKeyMetadata'];
    const [spec, usage] = isRecord(made) ? [text(made['keySpec']), text(made['keyUsage'])] : [];
    const kind = kindNamed(spec, usage);
    if (isRecord(made) && kind !== undefined) {
      this.#kinds.set(text(made['arn']) ?? '', kind);
      return;
    }
    // Both sides of ReEncrypt have a key and an algorithm of their own.
    const { destinationEncryptionAlgorithm, sourceEncryptionAlgorithm } = parameters;
    const members: readonly (readonly [place: number, given: Members])[] = [
      [0, parameters],
      [0, { encryptionAlgorithm: sourceEncryptionAlgorithm }],
      [1, { encryptionAlgorithm: destinationEncryptionAlgorithm }],
    ];
    for (const [place, given] of members) {
      const arn = keys[place];
      const row = byAlgorithm.find(([member, value]) => value.test(plain(given[member])));
      if (arn !== undefined && row !== undefined && !this.#kinds.has(arn))
        this.#kinds.set(arn, { spec: row[2], usage: row[3] });
    }
  }

  #noteAlias({ account, at, keys, operation, parameters = {}, region }: KmsEvent): void {
    const [target] = keys;
    if (target === undefined) return;
    for (const name of [parameters['keyId'], parameters['aliasName']].map(text)) {
      const arn = name?.startsWith('alias/') ? aliasArn(target, name, { account, region }) : name;
      if (arn === undefined || parseArn(arn)?.kind !== 'alias') continue;
      const known = this.#aliases.get(arn);
      if (known !== undefined && known.at <= at) continue;
      this.#aliases.set(arn, { at, target, isMade: operation === 'CreateAlias' });
    }
  }

  #notePrimary({ at, keys, operation, region }: KmsEvent): void {
    const decides = operation === 'ReplicateKey' || operation === 'UpdatePrimaryRegion';
    for (const arn of keys) {
      const name = parseArn(arn);
      if (name === undefined || !name.name.startsWith('mrk-')) continue;
      const known = this.#primaries.get(name.name);
      // Who replicates is the primary; without that the Region that is seen first stands for it.
      const since = decides ? at - 1e15 : at;
      if (known === undefined || since < known.at) this.#primaries.set(name.name, { at: since, region });
    }
  }
}

function kindNamed(spec: string | undefined, usage: string | undefined): Kind | undefined {
  const row = Object.values(keySpecs).find((each) => each.spec === spec);
  const found = row?.usages.find((each) => each === usage);
  return row === undefined || found === undefined ? undefined : { spec: row.spec, usage: found };
}

/** An alias is of the account and Region of its key. */
export function aliasArn(keyArn: string, name: string, otherwise: { account: string; region: string }): string {
  const { account, partition, region } = parseArn(keyArn) ?? { partition: 'aws', ...otherwise };
  return `arn:${partition}:kms:${region}:${account}:${name}`;
}
