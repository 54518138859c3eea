// A key as plain data, to be sealed: its secret stands in it.

import { fromHex, hex } from '../encoding.ts';
import type { Attributes } from './attributes.ts';
import { Secret } from './secret.ts';
import type { StoredKey } from './stored-key.ts';

type Plain = string | number | boolean | { readonly bytes: string };

export interface KeyRecord {
  readonly id: string;
  readonly handle: number;
  readonly owner: string;
  readonly sharedWith: readonly string[];
  readonly attributes: Readonly<Record<string, Plain>>;
  readonly secret: string;
}

export function recordOf({ id, handle, owner, sharedWith, attributes, secret }: StoredKey): KeyRecord {
  const plain = Object.entries(attributes).map(([name, value]): [string, Plain] => [
    name,
    value instanceof Uint8Array ? { bytes: hex(value) } : (value as Plain),
  ]);
  return {
    id,
    handle,
    owner,
    sharedWith: [...sharedWith],
    attributes: Object.fromEntries(plain),
    secret: hex(secret.bytes()),
  };
}

export function keyOf({ attributes, secret, sharedWith, ...rest }: KeyRecord): StoredKey {
  const values = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'object' ? fromHex(value.bytes) : value,
  ]);
  const bytes = fromHex(secret);
  const key = {
    ...rest,
    sharedWith: new Set(sharedWith),
    attributes: Object.fromEntries(values) as Attributes,
    secret: new Secret(bytes),
  };
  bytes.fill(0);
  return key;
}
