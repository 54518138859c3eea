// ML-KEM: published answers, keys in and out, implicit rejection, and Wycheproof's.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bits, element, implicit, integer, octetString, sequence, toBytes } from '../../src/der/element.ts';
import { keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { writeSeed } from '../../src/der/private-key.ts';
import { writePkcs8 } from '../../src/der.ts';
import { decapsulate, encapsulate } from '../../src/post-quantum/ml-kem.ts';
import {
  growMlKem,
  type MlKemKeySpec,
  MlKemPrivateKey,
  mlKemFromPkcs8,
  mlKemParameters,
  mlKemSpki,
  mlKemToPkcs8,
} from '../../src/post-quantum.ts';
import {
  mlKemKey as acvp,
  mlKemDecapsulations,
  mlKemEncapsulationAnswers,
} from '../data/post-quantum-known-answers.ts';
import { families, native, nativePostQuantumAbsent, nativePostQuantumReason } from '../family-backends.ts';
import { fromHex, hex, octets, present, spoilt } from '../octets.ts';
import { opensslProof, provesExample, provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { sampled, sampleSize } from '../vector-sample.ts';
import { mlKemKey, mlKemSpecs, random, seed } from './keys.ts';

const algorithms = ['ML_KEM'];
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const sha256 = (bytes: Uint8Array): string => crypto.createHash('sha256').update(bytes).digest('hex');

describe.each(families)('on $name', (family) => {
  const { postQuantum } = family;

  test('ACVP: the encapsulation key of a seed', () => {
    const { publicKey } = new MlKemPrivateKey(fromHex(acvp.seed), mlKemParameters[acvp.spec], postQuantum);
    expect(publicKey).toHaveLength(mlKemParameters[acvp.spec].publicKeyLength);
    expect(crypto.createHash('sha3-256').update(publicKey).digest('hex')).toBe(acvp.digest.toLowerCase());
    provesExample(algorithms, 'NIST ACVP', family.name);
  });

  test.each(mlKemDecapsulations)('Wycheproof, written down: decapsulation, $spec, $name', (answer) => {
    const key = new MlKemPrivateKey(fromHex(answer.seed), mlKemParameters[answer.spec], postQuantum);
    expect(sha256(key.publicKey)).toBe(answer.publicKey);
    expect(hex(decapsulate(key, fromBase64(answer.ciphertext)) as Uint8Array)).toBe(answer.sharedSecret);
  });

  test.each(mlKemEncapsulationAnswers)('Wycheproof, written down: encapsulation, $spec, $name', (answer) => {
    const parameters = mlKemParameters[answer.spec];
    const encapsulated = postQuantum.encapsulate(parameters, fromBase64(answer.publicKey), fromHex(answer.m));
    expect(sha256(encapsulated?.ciphertext ?? new Uint8Array())).toBe(answer.ciphertext);
    expect(hex(encapsulated?.sharedSecret)).toBe(answer.sharedSecret);
  });

  describe.each(mlKemSpecs)('%s', (spec) => {
    const key = mlKemKey(spec, family);
    const { parameters } = key;
    const { ciphertext, sharedSecret } = encapsulate(key, random);

    test('what is encapsulated is decapsulated, and follows from the random bytes', () => {
      expect([ciphertext.length, sharedSecret.length]).toEqual([parameters.ciphertextLength, 32]);
      expect(decapsulate(key, ciphertext)).toEqual(sharedSecret);
      expect(encapsulate(mlKemKey(spec, native), random)).toEqual({ ciphertext, sharedSecret });
      expect(hex(encapsulate(key, spoilt(random, 0)).sharedSecret)).not.toBe(hex(sharedSecret));
    });

    // FIPS 203 algorithm 18, steps 7 to 11: the secret is then J(z ‖ c), SHAKE256.
    test('a damaged ciphertext of the right length has another secret, always the same', () => {
      const z = key.seed().subarray(32);
      for (const at of [0, 500, ciphertext.length - 1]) {
        const damaged = spoilt(ciphertext, at);
        const expected = crypto.createHash('shake256', { outputLength: 32 }).update(z).update(damaged).digest('hex');
        expect(hex(decapsulate(key, damaged) as Uint8Array)).toBe(expected);
        expect(decapsulate(key, damaged)).toEqual(decapsulate(key, damaged));
      }
    });

    test('one of another length is refused', () => {
      for (const wrong of [new Uint8Array(), ciphertext.subarray(1), Uint8Array.of(...ciphertext, 0)]) {
        expect(decapsulate(key, wrong)).toBe('wrong length');
      }
    });

    test('an encapsulation takes 32 random bytes: fewer are a mistake', () => {
      expect(() => encapsulate(key, random.subarray(1))).toThrow(RangeError);
    });

    test('the key comes back from its PKCS#8, of 86 bytes, and as another key it does not', () => {
      const der = mlKemToPkcs8(key);
      expect(der).toHaveLength(86);
      const back = present(mlKemFromPkcs8(der, parameters, postQuantum));
      expect([hex(mlKemToPkcs8(back)), hex(mlKemSpki(back))]).toEqual([hex(der), hex(mlKemSpki(key))]);
      for (const other of mlKemSpecs.filter((name) => name !== spec)) {
        expect(mlKemFromPkcs8(der, mlKemParameters[other], postQuantum)).toBe('wrong key spec');
      }
      const { algorithm } = parameters;
      expect(mlKemFromPkcs8(writePkcs8(algorithm, writeSeed(seed)), parameters, postQuantum)).toBe('malformed');
      expect(mlKemFromPkcs8(writePkcs8(algorithm, octets(64)), parameters, postQuantum)).toBe('malformed');
      expect(mlKemFromPkcs8(octets(86), parameters, postQuantum)).toBe('malformed');
      const foreign = writePkcs8(keyAlgorithms['ML-DSA-44'], writeSeed(octets(64)));
      expect(mlKemFromPkcs8(foreign, parameters, postQuantum)).toBe('wrong key spec');
    });
  });

  test('a public key that comes with the private one belongs to it', () => {
    const key = mlKemKey('ML_KEM_512', family);
    const withPublicKey = (octets: Uint8Array): Uint8Array => {
      const seedForm = octetString(writeSeed(key.seed()));
      return toBytes(
        sequence(integer(1n), key.parameters.algorithm.identifier, seedForm, element(implicit(1), bits(octets))),
      );
    };
    const read = (octets: Uint8Array): unknown => mlKemFromPkcs8(withPublicKey(octets), key.parameters, postQuantum);
    expect(read(key.publicKey)).toBeInstanceOf(MlKemPrivateKey);
    expect(read(spoilt(key.publicKey, 0))).toBe('malformed');
  });

  test('the seed does not show, and is overwritten when it is erased', () => {
    const key = growMlKem(seed, mlKemParameters.ML_KEM_512, postQuantum);
    const held = key.seed();
    const seen = inspect(key, { showHidden: true, depth: 9, maxArrayLength: null }).replace(/\s+/g, '');
    expect(seen).not.toContain([...held.subarray(0, 32)].join(','));
    key.erase();
    expect(held.every((octet) => octet === 0)).toBe(true);
  });

  test('erasing a key erases what was told from its seed', () => {
    let erased = 0;
    const watching = {
      ...postQuantum,
      mlKem: (...given: Parameters<typeof postQuantum.mlKem>) => ({
        ...postQuantum.mlKem(...given),
        erase: () => {
          erased++;
        },
      }),
    };
    growMlKem(seed, mlKemParameters.ML_KEM_512, watching).erase();
    expect(erased).toBe(1);
  });
});

const meta = { proof: opensslProof(...algorithms) };
const inNode = `%s in node:crypto${nativePostQuantumReason}`;
describe.skipIf(nativePostQuantumAbsent).each(mlKemSpecs)(inNode, { meta }, (spec) => {
  interface Kem {
    encapsulate(key: crypto.KeyObject): { readonly sharedKey: Buffer; readonly ciphertext: Buffer };
    decapsulate(key: crypto.KeyObject, ciphertext: Uint8Array): Buffer;
  }
  const kem = crypto as unknown as Kem;
  const key = mlKemKey(spec, native);

  test('it reads and writes our keys, decapsulates what we encapsulate, and we what it does', () => {
    const der = { key: Buffer.from(mlKemToPkcs8(key)), format: 'der', type: 'pkcs8' } as const;
    const privateKey = crypto.createPrivateKey(der);
    const publicKey = crypto.createPublicKey(privateKey);
    expect(hex(publicKey.export({ type: 'spki', format: 'der' }))).toBe(hex(mlKemSpki(key)));
    const { ciphertext, sharedSecret } = encapsulate(key, random);
    expect(hex(kem.decapsulate(privateKey, ciphertext))).toBe(hex(sharedSecret));
    const theirs = kem.encapsulate(publicKey);
    for (const family of families) {
      expect(hex(decapsulate(mlKemKey(spec, family), theirs.ciphertext) as Uint8Array)).toBe(hex(theirs.sharedKey));
    }
  });
});

interface Group {
  readonly tests: readonly (Vector & {
    readonly seed: string;
    readonly ek: string;
    readonly m: string;
    readonly c: string;
    readonly K: string;
  })[];
}

interface ExpandedGroup {
  readonly tests: readonly (Vector & { readonly dk: string })[];
}

const files: readonly { set: string; spec: MlKemKeySpec; keygen: number; decaps: number; encaps: number }[] = [
  { set: 'mlkem_512', spec: 'ML_KEM_512', keygen: 100, decaps: 193, encaps: 261 },
  { set: 'mlkem_768', spec: 'ML_KEM_768', keygen: 100, decaps: 193, encaps: 265 },
  { set: 'mlkem_1024', spec: 'ML_KEM_1024', keygen: 100, decaps: 193, encaps: 269 },
];
const { absent, reason } = absence(
  files.flatMap(({ set }) => [
    `${set}_keygen_seed_test`,
    `${set}_test`,
    `${set}_encaps_test`,
    `${set}_semi_expanded_decaps_test`,
  ]),
);

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, postQuantum }) => {
  const every = 4;
  const vectorsOf = (file: string): Group['tests'] => groupsOf<Group>(file).flatMap(({ tests }) => tests);
  const failures = (failed: Group['tests']): string[] => failed.map(({ tcId, comment }) => `${tcId} ${comment}`);
  const keyOf = (spec: MlKemKeySpec, seed: string): MlKemPrivateKey | string => {
    const parameters = mlKemParameters[spec];
    return mlKemFromPkcs8(writePkcs8(parameters.algorithm, writeSeed(fromHex(seed))), parameters, postQuantum);
  };

  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.keygen, every) })))(
    '$set, keys: $taken of $keygen vectors',
    ({ set, spec, keygen, taken }) => {
      const all = vectorsOf(`${set}_keygen_seed_test`);
      const vectors = sampled(all, every);
      expect(failures(vectors.filter(({ seed, ek }) => hex(present(keyOf(spec, seed)).publicKey) !== ek))).toEqual([]);
      expect([all.length, vectors.length]).toEqual([keygen, taken]);
      provesVectors(algorithms, { file: `${set}_keygen_seed_test`, backend, all, taken: vectors });
    },
  );

  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.decaps, every) })))(
    '$set, decapsulation: $taken of $decaps vectors',
    ({ set, spec, decaps, taken }) => {
      const all = vectorsOf(`${set}_test`);
      const vectors = sampled(all, every);
      const failed = vectors.filter(({ seed, ek, c, K, result }) => {
        const key = keyOf(spec, seed);
        if (typeof key === 'string') return result === 'valid';
        const secret = decapsulate(key, fromHex(c));
        return result === 'valid'
          ? hex(key.publicKey) !== ek || hex(secret as Uint8Array) !== K
          : secret !== 'wrong length';
      });
      expect(failures(failed)).toEqual([]);
      expect([all.length, vectors.length]).toEqual([decaps, taken]);
      provesVectors(algorithms, { file: `${set}_test`, backend, all, taken: vectors });
    },
  );

  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.encaps, every) })))(
    '$set, encapsulation: $taken of $encaps vectors',
    ({ set, spec, encaps, taken }) => {
      const all = vectorsOf(`${set}_encaps_test`);
      const vectors = sampled(all, every);
      const failed = vectors.filter(({ ek, m, c, K, result }) => {
        const encapsulated = postQuantum.encapsulate(mlKemParameters[spec], fromHex(ek), fromHex(m));
        if (result === 'invalid') return encapsulated !== undefined;
        return hex(encapsulated?.ciphertext) !== c || hex(encapsulated?.sharedSecret) !== K;
      });
      expect(failures(failed)).toEqual([]);
      expect([all.length, vectors.length]).toEqual([encaps, taken]);
      provesVectors(algorithms, { file: `${set}_encaps_test`, backend, all, taken: vectors });
    },
  );

  // RFC 9935 section 6 has a seed, an expanded key, or both; only the seed is a key here, so nothing unchecked comes in.
  test.each(files)('$set, decapsulation with an expanded key: 9 of 9 vectors, refused', ({ set, spec }) => {
    const file = `${set}_semi_expanded_decaps_test`;
    const all = groupsOf<ExpandedGroup>(file).flatMap(({ tests }) => tests);
    const { algorithm } = mlKemParameters[spec];
    const taken = all.filter(({ dk }) =>
      [toBytes(octetString(fromHex(dk))), fromHex(dk)].some(
        (key) => mlKemFromPkcs8(writePkcs8(algorithm, key), mlKemParameters[spec], postQuantum) !== 'malformed',
      ),
    );
    expect(taken.map(({ tcId }) => tcId)).toEqual([]);
    expect(all).toHaveLength(9);
    provesVectors(algorithms, { file, backend, all, taken: all, refused: 'a key is its seed' });
  });
});
