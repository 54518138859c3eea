// What caches would have saved, as far as the trail tells: data key caching of the AWS Encryption SDK, and S3 Bucket Keys.

import { type CloudTrailRecord, partitionOf } from '@kmsim/kms';
import { isWithin, monthOf, type Window } from '../analysis/months.ts';
import {
  calledIn,
  callerOfEvent,
  contextPairsOf,
  instantOfEvent,
  isCopyOfOwner,
  keysOf,
  payerOf,
  serviceOf,
  succeeded,
} from '../analysis/trail-event.ts';

/** When an entry of a cache is used no longer. */
export interface CacheLimits {
  /** Milliseconds. */
  readonly maxAge: number;
  readonly maxMessages: number;
}

export type CacheName = 'data key caching' | 'S3 Bucket Keys';

interface Saved {
  readonly month: string;
  readonly account: string;
  readonly partition: string;
  readonly count: number;
}

export interface CacheResult {
  readonly cache: CacheName;
  /** Requests that the cache is about, and those of them that would have been left out. */
  readonly requests: number;
  readonly saved: number;
  /** Those left out, by month, account and partition. */
  readonly savedBy: ReadonlyMap<string, Saved>;
}

/** Requests with the same key would have shared one answer; undefined: the cache is not for them. */
type CacheKey = (event: CloudTrailRecord) => string | undefined;

/**
 * GenerateDataKey of one caller for one key, context and size. What Decrypt would have saved the trail does not tell: ciphertexts are not in it.
 * https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/data-key-caching.html
 */
const dataKeyCaching: CacheKey = (event) => {
  if (calledIn(event) !== 'GenerateDataKey' || serviceOf(event) !== undefined) return undefined;
  const { keySpec = null, numberOfBytes = null } = event.requestParameters ?? {};
  return JSON.stringify([
    callerOfEvent(event),
    keysOf(event),
    contextPairsOf(event).map(String).sort(),
    keySpec,
    numberOfBytes,
  ]);
};

const objectOfBucket = /^(arn:aws[a-z-]*:s3:::[^/]+)\/./;

/**
 * What S3 asks for one object: with a Bucket Key it asks for the bucket, once for each requester.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
const bucketKeys: CacheKey = (event) => {
  const operation = calledIn(event);
  if (serviceOf(event) !== 's3.amazonaws.com' || (operation !== 'GenerateDataKey' && operation !== 'Decrypt'))
    return undefined;
  const object = contextPairsOf(event).find(([name]) => name === 'aws:s3:arn')?.[1];
  const bucket = object === undefined ? undefined : objectOfBucket.exec(object)?.[1];
  return bucket === undefined ? undefined : JSON.stringify([operation, callerOfEvent(event), keysOf(event), bucket]);
};

const cacheKeys: Readonly<Record<CacheName, CacheKey>> = {
  'data key caching': dataKeyCaching,
  'S3 Bucket Keys': bucketKeys,
};

/** A cache beside the trail: what it would have answered. */
class Cache {
  readonly #name: CacheName;
  readonly #limits: CacheLimits;
  readonly #entries = new Map<string, { at: number; messages: number }>();
  readonly #savedBy = new Map<string, Saved>();
  #requests = 0;
  #saved = 0;

  constructor(name: CacheName, limits: CacheLimits) {
    this.#name = name;
    this.#limits = limits;
  }

  note(event: CloudTrailRecord): void {
    const key = cacheKeys[this.#name](event);
    if (key === undefined) return;
    const at = instantOfEvent(event);
    this.#requests++;
    const entry = this.#entries.get(key);
    if (entry === undefined || at - entry.at >= this.#limits.maxAge || entry.messages >= this.#limits.maxMessages) {
      this.#entries.set(key, { at, messages: 1 });
      return;
    }
    entry.messages++;
    this.#saved++;
    const [month, account, partition] = [monthOf(at), payerOf(event), partitionOf(event.awsRegion)];
    const name = `${month} ${account} ${partition}`;
    const count = (this.#savedBy.get(name)?.count ?? 0) + 1;
    this.#savedBy.set(name, { month, account, partition, count });
  }

  get result(): CacheResult {
    return { cache: this.#name, requests: this.#requests, saved: this.#saved, savedBy: this.#savedBy };
  }
}

export function cacheResults(
  events: Iterable<CloudTrailRecord>,
  window: Window,
  limits: Readonly<Record<CacheName, CacheLimits>>,
): readonly CacheResult[] {
  const caches = (Object.keys(cacheKeys) as CacheName[]).map((name) => new Cache(name, limits[name]));
  for (const event of events) {
    if (!succeeded(event) || isCopyOfOwner(event) || !isWithin(instantOfEvent(event), window)) continue;
    for (const cache of caches) cache.note(event);
  }
  return caches.map(({ result }) => result);
}
