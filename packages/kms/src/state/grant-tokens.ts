// Grant tokens: texts that stand for a grant. None is stored: each carries the id of its grant, and a code that only this world can make.
// https://docs.aws.amazon.com/kms/latest/developerguide/grant-manage.html#using-grant-token

import type { Mac } from '@kmsim/hsm-core';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';

// As long as the token that API_CreateGrant shows, and laid out as that one is: a version; in fields of a protocol buffer the id of
// the key it is wrapped under (1), what was wrapped (4), the id of the grant (5). Field 4 says that it is not of AWS.
const version = [0x01];
const wrappingKeyField = [0x0a, 64];
const wrappedField = [0x22, 0x88, 0x02];
const grantField = [0x2a, 32];
const label = ascii('kmsim grant token');
const wrappedLength = 264;
const tagLength = 32;
const idLength = 32;
/** Random bytes that make a token differ from every other. */
export const tokenRandomLength: number = wrappedLength - label.length - tagLength;

const tagAt = version.length + wrappingKeyField.length + 64 + wrappedField.length + wrappedLength - tagLength;
const idAt = tagAt + tagLength + grantField.length;
const form = /^[\w-]{491}$/;

export class GrantTokens {
  readonly #mac: Mac;
  readonly #wrappingKey: Uint8Array;

  constructor(mac: Mac) {
    this.#mac = mac;
    this.#wrappingKey = ascii(hexOf(mac(ascii('wrapping key of grant tokens'))));
  }

  /** A token for a grant, other than every other one of `random`. */
  write(grantId: string, random: Uint8Array): string {
    const id = Uint8Array.from({ length: idLength }, (_, at) => Number.parseInt(grantId.slice(2 * at, 2 * at + 2), 16));
    const bytes = Uint8Array.from([
      ...version,
      ...wrappingKeyField,
      ...this.#wrappingKey,
      ...wrappedField,
      ...label,
      ...random,
      ...new Uint8Array(tagLength),
      ...grantField,
      ...id,
    ]);
    bytes.set(this.#mac(bytes), tagAt);
    return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
  }

  /** The id of the grant a token stands for, be it there or not; undefined when it is no token of this world. */
  read(token: string): string | undefined {
    if (!form.test(token)) return undefined;
    const bytes = decodeBase64(`${token.replaceAll('-', '+').replaceAll('_', '/')}=`);
    if (bytes === undefined) return undefined;
    const tag = bytes.slice(tagAt, tagAt + tagLength);
    bytes.fill(0, tagAt, tagAt + tagLength);
    const expected = this.#mac(bytes);
    return tag.every((byte, at) => byte === expected[at]) ? hexOf(bytes.subarray(idAt)) : undefined;
  }
}

/** Two lower-case digits a byte. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
