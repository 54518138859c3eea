// How a key comes into being: its id, its first material, its record.

import { type KeySpec, type KeyUsage, keySpecs } from '@kmsim/hsm-core';
import { lonePrimary } from '@kmsim/multi-region';
import { formatUuid, type RandomStream } from '@kmsim/world';
import { keyStoreOf } from '../key-stores/by-origin.ts';
import type { Generated } from '../key-stores/key-store.ts';
import type { Call } from '../operation.ts';
import { isInKeyStore, type KeyOrigin } from '../tables/key-states.ts';
import type { FixedKey } from './fixed-key.ts';
import { withSecrets } from './fixed-material.ts';
import type { AutomaticRotation, KeyRecord, Tag, TagRecord } from './records.ts';
import { withTags } from './tags.ts';

export interface NewKey {
  readonly manager: KeyRecord['manager'];
  readonly spec: KeySpec;
  readonly usage: KeyUsage;
  readonly origin: KeyOrigin;
  readonly description: string;
  readonly multiRegion: boolean;
  readonly policy: string;
  readonly tags: readonly Tag[];
  readonly rotation?: AutomaticRotation;
  readonly fixed?: FixedKey;
}

// One list for all keys without tags: an empty one for each would take 32 bytes.
const noTags: readonly TagRecord[] = Object.freeze([]);

/** Writes a new key of the caller's account and Region on the call's page. */
export function makeKey(call: Call, options: NewKey): KeyRecord {
  const { account, region, prefix } = call.site;
  const { fixed } = options;
  const id = fixed?.id ?? newKeyId(call.random, options.multiRegion);
  const { material, place } =
    fixed?.secrets === undefined ? keyStoreOf(options).generate(call, id, options) : noMaterial;
  const key: KeyRecord = {
    // Joined: it is looked up often, and a string that was added up is put together each time.
    arn: [prefix, 'key/', id].join(''),
    id,
    account,
    region,
    ordinal: call.page.takeOrdinal(),
    createdAt: call.now,
    manager: options.manager,
    spec: options.spec,
    usage: options.usage,
    origin: options.origin,
    description: options.description,
    enabled: true,
    replicas: options.multiRegion ? lonePrimary(region) : undefined,
    policy: options.policy,
    tags: withTags(noTags, options.tags, call.request),
    materials: material === undefined ? [] : [{ id: material, rotation: undefined }],
    currentMaterial: material,
    pendingMaterial: undefined,
    rotation: options.rotation,
    rotating: undefined,
    onDemandRotations: 0,
    deletion: undefined,
    ...(place && { customKeyStore: place }),
  };
  const made = fixed?.secrets === undefined ? key : withSecrets(call, key, fixed.secrets);
  call.setKey(made);
  return made;
}

const noMaterial: Generated = {};

// A UUID; of a multi-Region key `mrk-` and 32 digits without dashes (recording create-multi-region-key).
function newKeyId(random: RandomStream, multiRegion: boolean): string {
  const uuid = formatUuid(random.draw(16));
  return multiRegion ? `mrk-${uuid.replaceAll('-', '')}` : uuid;
}

/** Whether DescribeKey names the current material: symmetric encryption keys only (recordings create-key, create-hmac-key). */
export function showsMaterial(key: KeyRecord): boolean {
  return keySpecs[key.spec].family === 'symmetric' && !isInKeyStore(key.origin);
}
