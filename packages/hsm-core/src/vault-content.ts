// What a vault exports, as the octets of a JSON text. Secrets go into it and come out of it as octets, never as text: what was a text stays in
// memory until nobody knows when.

import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { materialNameLength } from './envelope.ts';
import { type Material, nameText, writeName } from './material.ts';

export interface WithdrawnMaterial {
  readonly keyId: string;
  readonly materialId: string;
  /** As a material has it. */
  readonly name: string;
}

export interface VaultContent {
  /** Erase the secrets. */
  readonly materials: readonly { readonly keyId: string; readonly secret: Uint8Array }[];
  readonly withdrawn: readonly WithdrawnMaterial[];
}

/** `{"materials":[{"keyId":"...","secret":"<hex>"}...],"withdrawn":[...]}`. Erase it. */
export function writeContent(
  materials: readonly Pick<Material, 'keyId' | 'copySecret' | 'secretLength'>[],
  withdrawn: readonly WithdrawnMaterial[],
): Uint8Array {
  const heads = materials.map(({ keyId }, at) =>
    utf8ToBytes(`${at === 0 ? '{"materials":[' : ','}{"keyId":${JSON.stringify(keyId)},"secret":"`),
  );
  const names = withdrawn.map((one) => ({ ...one, name: bytesToHex(nameBytes(one.name)) }));
  const tail = utf8ToBytes(`${materials.length === 0 ? '{"materials":[' : ''}],"withdrawn":${JSON.stringify(names)}}`);
  let length = tail.length;
  for (const [at, head] of heads.entries())
    length += head.length + 2 * (materials[at]?.secretLength ?? 0) + close.length;
  const octets = new Uint8Array(length);
  let end = 0;
  for (const [at, head] of heads.entries()) {
    octets.set(head, end);
    end += head.length;
    const secret = materials[at]?.copySecret() ?? new Uint8Array();
    for (const byte of secret) {
      octets[end++] = digitOf(byte >> 4);
      octets[end++] = digitOf(byte & 15);
    }
    secret.fill(0);
    octets.set(close, end);
    end += close.length;
  }
  octets.set(tail, end);
  return octets;
}

/** Reads what `writeContent` wrote, which was authenticated, and takes the secrets out of the octets. */
export function readContent(octets: Uint8Array): VaultContent {
  const secrets: Uint8Array[] = [];
  const rest = new Uint8Array(octets.length);
  let kept = 0;
  for (let at = 0; at < octets.length; ) {
    rest[kept++] = octets[at++] ?? 0;
    if (!endsWith(rest, kept, mark)) continue;
    const begin = at;
    while (octets[at] !== quote && at < octets.length) at++;
    secrets.push(bytesOf(octets.subarray(begin, at)));
  }
  const text = new TextDecoder().decode(rest.subarray(0, kept));
  const { materials, withdrawn } = JSON.parse(text) as {
    readonly materials: readonly { readonly keyId: string }[];
    readonly withdrawn: readonly { readonly keyId: string; readonly materialId: string; readonly name: string }[];
  };
  return {
    materials: materials.map(({ keyId }, at) => ({ keyId, secret: secrets[at] ?? new Uint8Array() })),
    withdrawn: withdrawn.map((one) => ({ ...one, name: nameText(hexToBytes(one.name), 0) })),
  };
}

function nameBytes(name: string): Uint8Array {
  const bytes = new Uint8Array(materialNameLength);
  writeName(name, bytes, 0);
  return bytes;
}

const quote = 0x22;
const close = utf8ToBytes('"}');
// Inside of a string its quotes would have a backslash before them.
const mark = utf8ToBytes('","secret":"');

function endsWith(bytes: Uint8Array, end: number, wanted: Uint8Array): boolean {
  if (bytes[end - 1] !== quote || end < wanted.length) return false;
  for (let at = 0; at < wanted.length; at++) if (bytes[end - wanted.length + at] !== wanted[at]) return false;
  return true;
}

function digitOf(nibble: number): number {
  return nibble < 10 ? 0x30 + nibble : 0x57 + nibble;
}

function bytesOf(digits: Uint8Array): Uint8Array {
  const nibbleOf = (digit: number): number => (digit < 0x40 ? digit - 0x30 : digit - 0x57);
  return Uint8Array.from(
    { length: digits.length / 2 },
    (_, at) => (nibbleOf(digits[2 * at] ?? 0) << 4) | nibbleOf(digits[2 * at + 1] ?? 0),
  );
}
