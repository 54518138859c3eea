// HMAC keys: the standard's examples, all of Wycheproof's, and MACs that are none.

import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HmacHash } from '../src/backend/hmac.ts';
import { generateMac, HmacKey, type HmacKeySpec, hmacHashes, verifyMac } from '../src/hmac.ts';
import { keySpecs } from '../src/key-specs.ts';
import { rfc4231 } from './data/hmac-known-answers.ts';
import { families, native, portable } from './family-backends.ts';
import { fromHex, hex, octets, spoilt } from './octets.ts';
import { openssl, opensslAbsent, opensslReason } from './openssl-command.ts';
import { provesExample, provesVectors, provesWithOpenssl } from './proof.ts';
import { absence, groupsOf, type Vector } from './published-vectors.ts';

const specs = Object.keys(hmacHashes) as HmacKeySpec[];
const nodeName = (hash: HmacHash): string => hash.replace('-', '').toLowerCase();

test.each(specs)('%s: its hash is that of its algorithm, and its material as long as a MAC', (spec) => {
  const { macAlgorithms, materialBytes } = keySpecs[spec];
  expect(macAlgorithms).toEqual([`HMAC_${hmacHashes[spec].replace('-', '_')}`]);
  const key = new HmacKey(new Uint8Array(materialBytes), hmacHashes[spec], native.hmac);
  expect(generateMac(key, octets(3))).toHaveLength(materialBytes);
});

const algorithmOf = (hash: HmacHash): string => `HMAC_${hash.replace('-', '_')}`;

describe.each(families)('on $name', ({ name: backend, hmac }) => {
  test.each(rfc4231)('RFC 4231, $hash, $name', ({ hash, key, message, mac }) => {
    const own = new HmacKey(fromHex(key), hash, hmac);
    expect(hex(generateMac(own, fromHex(message)))).toBe(mac);
    expect(verifyMac(own, fromHex(message), fromHex(mac))).toBe(true);
    provesExample([algorithmOf(hash)], 'RFC 4231', backend);
  });

  test.each(specs)('%s: the MAC of node:crypto, on either side of what is a short message', (spec) => {
    const secret = octets(keySpecs[spec].materialBytes);
    const key = new HmacKey(secret, hmacHashes[spec], hmac);
    for (const length of [0, 1, 55, 64, 111, 128, 1023, 1024, 1025, 4096]) {
      const expected = createHmac(nodeName(hmacHashes[spec]), secret).update(octets(length)).digest('hex');
      expect(hex(generateMac(key, octets(length)))).toBe(expected);
    }
    provesWithOpenssl(...keySpecs[spec].macAlgorithms);
  });

  test.each(specs)('%s: a MAC of another message, another key or another length is refused', (spec) => {
    const secret = octets(keySpecs[spec].materialBytes);
    const key = new HmacKey(secret, hmacHashes[spec], hmac);
    const message = octets(4096);
    const mac = generateMac(key, message);
    expect(verifyMac(key, message, mac)).toBe(true);
    for (let at = 0; at < mac.length; at++) expect(verifyMac(key, message, spoilt(mac, at))).toBe(false);
    expect(verifyMac(key, message.subarray(1), mac)).toBe(false);
    expect(verifyMac(new HmacKey(spoilt(secret, 0), hmacHashes[spec], hmac), message, mac)).toBe(false);
    for (const wrong of [new Uint8Array(), mac.subarray(1), mac.subarray(0, -1), Uint8Array.of(...mac, 0)]) {
      expect(verifyMac(key, message, wrong)).toBe(false);
    }
  });

  test('the secret is not kept: it may be erased, and does not show', () => {
    const secret = octets(32, 99);
    const key = new HmacKey(secret, 'SHA-256', hmac);
    const mac = hex(generateMac(key, octets(5)));
    const seen = inspect(key, { showHidden: true, depth: 9, maxArrayLength: null }).replace(/\s+/g, '');
    expect(seen).not.toContain([...secret].join(','));
    secret.fill(0);
    expect(hex(generateMac(key, octets(5)))).toBe(mac);
  });
});

property.prop([
  fc.constantFrom(...Object.values(hmacHashes)),
  fc.uint8Array({ minLength: 1, maxLength: 200 }),
  fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 3 }),
])('the backends make the MACs that node:crypto makes, one after the other with one key', (hash, secret, messages) => {
  const [one, other] = [portable, native].map(({ hmac }) => new HmacKey(secret, hash, hmac));
  for (const message of messages) {
    const expected = createHmac(nodeName(hash), secret).update(message).digest('hex');
    expect([one && hex(generateMac(one, message)), other && hex(generateMac(other, message))]).toEqual([
      expected,
      expected,
    ]);
  }
});

test.skipIf(opensslAbsent).each(specs)(`%s: the command line of OpenSSL makes the same MAC${opensslReason}`, (spec) => {
  const secret = octets(keySpecs[spec].materialBytes);
  const message = octets(1000);
  const given = ['-mac', 'HMAC', '-macopt', `hexkey:${hex(secret)}`, '-binary', 'message'];
  const { output } = openssl(['dgst', `-${nodeName(hmacHashes[spec])}`, ...given], { message });
  expect(hex(output)).toBe(hex(generateMac(new HmacKey(secret, hmacHashes[spec], native.hmac), message)));
});

interface Group {
  readonly tagSize: number;
  readonly tests: readonly (Vector & { readonly key: string; readonly msg: string; readonly tag: string })[];
}

const files: readonly { file: string; hash: HmacHash; count: number }[] = [
  { file: 'hmac_sha224_test', hash: 'SHA-224', count: 172 },
  { file: 'hmac_sha256_test', hash: 'SHA-256', count: 174 },
  { file: 'hmac_sha384_test', hash: 'SHA-384', count: 174 },
  { file: 'hmac_sha512_test', hash: 'SHA-512', count: 174 },
];
const { absent, reason } = absence(files.map(({ file }) => file));

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, hmac }) => {
  test.each(files)('$file: $count of $count vectors, cut MACs by their first bytes', ({ file, hash, count }) => {
    const vectors = groupsOf<Group>(file).flatMap(({ tagSize, tests }) => tests.map((one) => ({ ...one, tagSize })));
    const failed = vectors.filter(({ key, msg, tag, tagSize, result }) => {
      const own = new HmacKey(fromHex(key), hash, hmac);
      const mac = generateMac(own, fromHex(msg));
      const whole = tagSize === 8 * mac.length;
      const verified = whole ? verifyMac(own, fromHex(msg), fromHex(tag)) : hex(mac)?.slice(0, tagSize / 4) === tag;
      return verified !== (result === 'valid');
    });
    expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
    expect(vectors).toHaveLength(count);
    provesVectors([algorithmOf(hash)], { file, backend, all: vectors, taken: vectors });
  });
});
