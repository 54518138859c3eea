// The simulation in which a log is replayed: stand-ins for the keys it names, and what had to be assumed.

import {
  type Caller,
  type KeyRecord,
  type Kms,
  keyState,
  parseArn,
  policyProblem,
  standInKey,
  withMaterial,
  withoutAnyMaterial,
  withTags,
} from '@kmsim/kms';
import { createKmsim, type Kmsim } from '../create-kmsim.ts';
import { nearest } from '../did-you-mean.ts';
import { administratorPolicy, type KmsimOptions } from '../options.ts';
import { aliasArn, type KeyEvidence } from './key-evidence.ts';
import { type GivenKey, merged } from './options.ts';

/** Where the policy of a key is from. */
export type PolicyFrom = 'given' | 'log' | 'service' | 'assumed';

/** What a key that comes into the world on the way is known to be. */
export interface Made {
  readonly policy?: string | undefined;
  readonly tags?: readonly (readonly [name: string, value: string])[];
  readonly origin?: KeyRecord['origin'] | undefined;
  readonly primaryRegion?: string | undefined;
}

export class ReplayWorld {
  readonly sim: Kmsim;
  readonly kms: Kms;
  readonly evidence: KeyEvidence;
  readonly #given: ReadonlyMap<string, GivenKey>;
  readonly #from = new Map<string, PolicyFrom>();
  readonly #givenOf = new Map<string, GivenKey | undefined>();
  readonly #used = new Set<string>();
  readonly #assumedIdentities = new Set<string>();
  readonly #assumedEndpoints = new Set<string>();
  #ordinal = 1;

  constructor(
    evidence: KeyEvidence,
    given: ReadonlyMap<string, GivenKey>,
    options: Pick<KmsimOptions, 'endpoints' | 'identities' | 'organization'>,
  ) {
    const { endpoints, identities, organization } = options;
    this.evidence = evidence;
    this.#given = given;
    this.sim = createKmsim({
      seed: 'cloudtrail',
      start: Math.max(0, evidence.first ?? 0),
      ...(endpoints && { endpoints }),
      ...(identities && { identities }),
      ...(organization && { organization }),
    });
    this.kms = this.sim.kms;
  }

  /** The time of an event. The clock never goes back. */
  reach(at: number): void {
    if (at > this.kms.world.clock.now()) this.kms.moveClock(at);
  }

  get now(): number {
    return this.kms.world.clock.now();
  }

  key(arn: string): KeyRecord | undefined {
    return this.kms.state.get('keys', arn);
  }

  setKey(key: KeyRecord): void {
    this.kms.state.set('keys', key.arn, key);
  }

  stateOf(arn: string): string | undefined {
    const key = this.key(arn);
    return key && keyState(key, this.now);
  }

  policyFrom(arn: string): PolicyFrom {
    return this.#from.get(arn) ?? 'assumed';
  }

  /** What the options say of a key, by its ARN, its id, an alias, or `*`. */
  given(arn: string): GivenKey | undefined {
    if (this.#givenOf.has(arn)) return this.#givenOf.get(arn);
    const id = parseArn(arn)?.name ?? '';
    const aliases = this.evidence.aliasesOf(arn);
    const names = [arn, id, ...aliases, ...aliases.map((name) => aliasArn(arn, name, noPlace)), '*'];
    const entries = names.flatMap((name) => this.#given.get(name) ?? []);
    for (const { name } of entries) this.#used.add(name);
    const found = entries.length === 0 ? undefined : merged(entries);
    this.#givenOf.set(arn, found);
    return found;
  }

  /** Names of the options that no key of the log has. */
  unused(): readonly string[] {
    return [...this.#given.keys()].filter((name) => name !== '*' && !this.#used.has(name));
  }

  /** What such a name may have been meant to be: a name of a key of the log. */
  meant(): Readonly<Record<string, string>> {
    const keys = [...this.#givenOf.keys()];
    const aliases = keys.flatMap((arn) => this.evidence.aliasesOf(arn));
    const ids = keys.flatMap((arn) => parseArn(arn)?.name ?? []);
    const arns = keys.flatMap((arn) => [
      arn,
      ...this.evidence.aliasesOf(arn).map((name) => aliasArn(arn, name, noPlace)),
    ]);
    const pairs = this.unused().map((name): [string, string | undefined] => {
      const made = this.evidence.madeAlias(name);
      if (made !== undefined) return [name, made];
      if (name.startsWith('arn:')) return [name, nearest(name, arns, 256)];
      return [name, nearest(name, name.startsWith('alias/') ? aliases : ids)];
    });
    return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
  }

  /** Makes a stand-in where there is none. Undefined where the ARN is none of a key. */
  ensureKey(arn: string, made?: Made): KeyRecord | undefined {
    const here = this.key(arn);
    if (here !== undefined) return here;
    const name = parseArn(arn);
    if (name?.kind !== 'key') return undefined;
    const given = this.given(arn);
    const aliases = made === undefined ? this.evidence.aliasesOf(arn) : [];
    const awsAlias = aliases.find((alias) => alias.startsWith('alias/aws/'));
    const kind = this.evidence.kindOf(arn);
    const multiRegion = name.name.startsWith('mrk-');
    const policy = given?.policy ?? (made?.policy !== undefined && isPolicy(made.policy) ? made.policy : undefined);
    const key = standInKey(
      {
        arn,
        name,
        createdAt: this.now,
        spec: given?.spec ?? kind?.spec ?? 'SYMMETRIC_DEFAULT',
        usage: given?.usage ?? kind?.usage ?? 'ENCRYPT_DECRYPT',
        origin: made?.origin ?? (this.evidence.isImported(arn) ? 'EXTERNAL' : 'AWS_KMS'),
        primaryRegion: multiRegion
          ? (made?.primaryRegion ?? this.evidence.primaryOf(name.name) ?? name.region)
          : undefined,
        awsAlias,
        policy,
        tags: [...(given?.tags ?? []), ...(made?.tags ?? [])].map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      },
      this.#ordinal++,
    );
    this.#from.set(arn, fromOf({ given: given?.policy, made, awsAlias }));
    this.setKey(given?.state === undefined ? key : { ...key, ...inState(given.state, key, this.now) });
    for (const alias of new Set([...aliases, ...(given?.aliases ?? [])])) this.pointAlias(alias, key);
    this.#giveGrants(key, given);
    return key;
  }

  /** The log says that the policy is this one now. A given one stays. */
  learnPolicy(arn: string, policy: string): void {
    const key = this.key(arn);
    if (key === undefined || this.policyFrom(arn) === 'given' || !isPolicy(policy)) return;
    this.setKey({ ...key, policy });
    this.#from.set(arn, 'log');
  }

  isPinned(arn: string): boolean {
    return this.given(arn)?.state !== undefined;
  }

  pointAlias(name: string, key: KeyRecord): void {
    const { account, arn: target, region } = key;
    const arn = aliasArn(target, name, key);
    const { now } = this;
    this.kms.state.set('aliases', arn, { arn, name, account, region, target, createdAt: now, updatedAt: now });
  }

  setTags(key: KeyRecord, tags: readonly (readonly [name: string, value: string])[]): void {
    const put = tags.map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    this.setKey({ ...key, tags: withTags(key.tags, put, this.#ordinal++) });
  }

  /** A caller of whom nothing is given may do what key policies leave to its account. True where that was assumed. */
  admit({ endpoint, principal }: Caller, account: string): boolean {
    if (endpoint !== undefined && this.kms.endpoints.get(endpoint) === undefined) {
      this.#assumedEndpoints.add(endpoint);
      this.kms.endpoints.put({ id: endpoint, vpc: 'vpc-unknown', account });
    }
    if (principal.kind === 'root' || principal.kind === 'service') return false;
    const arn = principal.roleArn ?? principal.arn;
    if (this.kms.identities.recordOf(principal) === undefined) {
      this.#assumedIdentities.add(arn);
      const text = JSON.stringify(administratorPolicy);
      this.kms.identities.put({ arn, policies: [{ name: 'assumed: everything', text }] });
    }
    return this.#assumedIdentities.has(arn);
  }

  get assumedEndpoints(): readonly string[] {
    return [...this.#assumedEndpoints].sort();
  }

  #giveGrants(key: KeyRecord, given: GivenKey | undefined): void {
    for (const grant of given?.grants ?? []) {
      if (this.evidence.newGrants.has(grant.id)) continue;
      const { grantee, id, issuingAccount, operations, retiring } = grant;
      const { account, arn, region } = key;
      this.kms.state.set('grants', id, {
        id,
        ordinal: this.#ordinal++,
        createdAt: key.createdAt,
        key: arn,
        region,
        grantee,
        ...(retiring !== undefined && { retiring }),
        issuingAccount: issuingAccount ?? `arn:${parseArn(arn)?.partition ?? 'aws'}:iam::${account}:root`,
        operations: operations as never,
        ...(grant.constraints && { constraints: grant.constraints as never }),
      });
    }
  }

  /** An ordinal that nothing has yet. */
  nextOrdinal(): number {
    return this.#ordinal++;
  }
}

// What was put once is one; but a log may be anybody's.
function isPolicy(text: string): boolean {
  return policyProblem([{ name: '', text }], 'key policy') === undefined;
}

const noPlace = { account: '', region: '' };

interface Origins {
  readonly given: string | undefined;
  readonly made: Made | undefined;
  readonly awsAlias: string | undefined;
}

function fromOf({ awsAlias, given, made }: Origins): PolicyFrom {
  if (given !== undefined) return 'given';
  // CreateKey without a policy gives the default one.
  if (made !== undefined) return 'log';
  return awsAlias === undefined ? 'assumed' : 'service';
}

const windowDays = 30;
const dayMs = 86_400_000;

/** The members of a key in a state, from now on. */
export function inState(
  state: NonNullable<GivenKey['state']>,
  { origin }: Pick<KeyRecord, 'origin'>,
  now: number,
): Partial<Pick<KeyRecord, 'currentMaterial' | 'deletion' | 'enabled' | 'materials'>> {
  switch (state) {
    case 'Enabled':
      return { enabled: true, deletion: undefined, ...withMaterial(origin) };
    case 'Disabled':
      return { enabled: false, deletion: undefined };
    case 'PendingDeletion':
      return { enabled: false, deletion: { at: now + windowDays * dayMs, windowDays } };
    case 'PendingImport':
      return { deletion: undefined, ...withoutAnyMaterial };
  }
}
