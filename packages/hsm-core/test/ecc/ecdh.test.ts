// Key agreement: the standards' examples, public keys that are none, and all of Wycheproof's.

import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { writeSpki } from '../../src/der.ts';
import { deriveSharedSecret } from '../../src/ecc/ecdh.ts';
import { type EccKeySpec, type EccPrivateKey, spki } from '../../src/ecc.ts';
import { rfc5903 } from '../data/ecc-known-answers.ts';
import { families, native } from '../family-backends.ts';
import { fromHex, hex, octets, spoilt } from '../octets.ts';
import { provesExample, provesVectors, provesWithOpenssl } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { type Sampling, sampled, sampleSize } from '../vector-sample.ts';
import { keyFrom, keyOf, outside } from './keys.ts';

describe.each(families)('on $name', ({ name: backend, ec }) => {
  test.each(rfc5903)('RFC 5903 $name', ({ spec, one, other, shared }) => {
    const [i, r] = [one, other].map((number) => keyFrom(spec, number, ec));
    if (i === undefined || r === undefined) expect.fail('two keys');
    expect(hex(deriveSharedSecret(i, spki(r)) as Uint8Array)).toBe(shared.toLowerCase());
    expect(hex(deriveSharedSecret(r, spki(i)) as Uint8Array)).toBe(shared.toLowerCase());
    provesExample(['ECDH'], 'RFC 5903', backend);
  });

  describe.each<EccKeySpec>(['ECC_NIST_P256', 'ECC_NIST_P384', 'ECC_NIST_P521'])('%s', (spec) => {
    const key = keyOf(spec, { ...native, name: backend, ec });
    const { algorithm, length, openSslName } = key.curve;

    test('the secret is the one of node:crypto, from both ends', () => {
      const peer = crypto.createECDH(openSslName);
      peer.setPrivateKey(octets(length, 1).fill(0, 0, 1));
      const derived = deriveSharedSecret(key, writeSpki(algorithm, peer.getPublicKey()));
      expect(hex(derived as Uint8Array)).toBe(peer.computeSecret(key.publicPoint).toString('hex'));
      const compressed = writeSpki(algorithm, peer.getPublicKey(null, 'compressed'));
      expect(deriveSharedSecret(key, compressed)).toEqual(derived);
      provesWithOpenssl('ECDH');
    });

    test('a public key of another kind, of another curve, or none at all', () => {
      const { publicKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 512 });
      expect(deriveSharedSecret(key, publicKey.export({ type: 'spki', format: 'der' }))).toBe('wrong curve');
      for (const other of ['P-256', 'P-384', 'P-521', 'secp256k1', 'SM2', 'Ed25519'] as const) {
        if (other === algorithm.name) continue;
        const foreign = writeSpki(keyAlgorithms[other], key.publicPoint);
        expect(deriveSharedSecret(key, foreign)).toBe('wrong curve');
      }
      const good = spki(key);
      for (const wrong of [
        new Uint8Array(),
        octets(60),
        good.subarray(0, -1),
        Uint8Array.of(...good, 0),
        spoilt(good, good.length - 1),
        writeSpki(algorithm, new Uint8Array(1)),
        writeSpki(algorithm, new Uint8Array(1 + 2 * length)),
        key.publicPoint,
      ]) {
        expect(deriveSharedSecret(key, wrong)).toBe('malformed');
      }
    });

    test('explicit parameters are refused, even those of the curve itself', () => {
      const explicit = crypto.generateKeyPairSync('ec', { namedCurve: openSslName, paramEncoding: 'explicit' });
      const peer = explicit.publicKey.export({ type: 'spki', format: 'der' });
      expect(peer.length).toBeGreaterThan(spki(key).length + 100);
      expect(deriveSharedSecret(key, peer)).toBe('wrong curve');
    });
  });

  test('the private key stays as it was', () => {
    const key = keyOf('ECC_NIST_P256', { ...native, name: backend, ec });
    const before = hex(key.scalar());
    deriveSharedSecret(key, spki(key));
    expect(hex(key.scalar())).toBe(before);
    expect(outside(key).type).toBe('private');
  });
});

interface Group {
  readonly tests: readonly (Vector & { readonly public: string; readonly private: string; readonly shared: string })[];
}

const files: readonly { file: string; spec: EccKeySpec; count: number; acceptable: number; every: Sampling }[] = [
  {
    file: 'ecdh_secp256r1_test',
    spec: 'ECC_NIST_P256',
    count: 612,
    acceptable: 230,
    every: { portable: 5, native: 1 },
  },
  {
    file: 'ecdh_secp384r1_test',
    spec: 'ECC_NIST_P384',
    count: 1047,
    acceptable: 230,
    every: { portable: 17, native: 4 },
  },
  {
    file: 'ecdh_secp521r1_test',
    spec: 'ECC_NIST_P521',
    count: 916,
    acceptable: 228,
    every: { portable: 29, native: 8 },
  },
];
const { absent, reason } = absence(files.map(({ file }) => file));

// Our choice for what may be accepted or refused: a compressed point is a point; explicit parameters and what is not strict DER are refused.
function isTaken({ result, flags }: Vector): boolean {
  return result === 'valid' || (result === 'acceptable' && flags.includes('CompressedPublic'));
}

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, ec }) => {
  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.count, row.every[backend]) })))(
    '$file: $taken of $count vectors',
    ({ file, spec, count, acceptable, every, taken }) => {
      const all = groupsOf<Group>(file).flatMap(({ tests }) => tests);
      const choice = all.filter(({ result }) => result === 'acceptable');
      expect(choice).toHaveLength(acceptable);
      const reasons = choice.map(({ flags }) =>
        flags.find((flag) => ['CompressedPublic', 'UnnamedCurve', 'InvalidAsn'].includes(flag)),
      );
      expect(reasons.filter((why) => why === 'CompressedPublic')).toHaveLength(1);
      expect(reasons.filter((why) => why === 'UnnamedCurve')).toHaveLength(7);
      expect(reasons.filter((why) => why === 'InvalidAsn')).toHaveLength(acceptable - 8);

      const vectors = sampled(all, every[backend]);
      const keys = new Map<string, EccPrivateKey>();
      const failed = vectors.filter((vector) => {
        const key = keys.get(vector.private) ?? keyFrom(spec, BigInt(`0x${vector.private}`), ec);
        keys.set(vector.private, key);
        const derived = deriveSharedSecret(key, fromHex(vector.public));
        return isTaken(vector) ? hex(derived as Uint8Array) !== vector.shared : typeof derived !== 'string';
      });
      expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
      expect([all.length, vectors.length]).toEqual([count, taken]);
      provesVectors(['ECDH'], { file, backend, all, taken: vectors, accepts: isTaken });
    },
    60_000,
  );
});
