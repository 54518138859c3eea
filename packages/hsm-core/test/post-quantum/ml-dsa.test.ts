// ML-DSA: published answers, keys in and out, what is no signature, and all of Wycheproof's.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bits, element, implicit, integer, octetString, sequence, toBytes } from '../../src/der/element.ts';
import { keyAlgorithms } from '../../src/der/key-algorithms.ts';
import { writeSeed } from '../../src/der/private-key.ts';
import { writePkcs8 } from '../../src/der.ts';
import {
  growMlDsa,
  type MlDsaKeySpec,
  MlDsaPrivateKey,
  mlDsaFromPkcs8,
  mlDsaParameters,
  mlDsaSignings,
  mlDsaSpki,
  mlDsaToPkcs8,
} from '../../src/post-quantum.ts';
import { mlDsaKey as acvp, mlDsaRejections, mlDsaSignatures } from '../data/post-quantum-known-answers.ts';
import { families, native, nativePostQuantumAbsent, nativePostQuantumReason } from '../family-backends.ts';
import { fromHex, hex, octets, present, spoilt } from '../octets.ts';
import { opensslProof, provesExample, provesVectors } from '../proof.ts';
import { absence, groupsOf, type Vector } from '../published-vectors.ts';
import { sampled, sampleSize } from '../vector-sample.ts';
import { mlDsaKey, mlDsaSpecs, random, seed } from './keys.ts';

const { RAW, EXTERNAL_MU } = mlDsaSignings.ML_DSA_SHAKE_256.forms;
const algorithms = ['ML_DSA_SHAKE_256'];
const none = new Uint8Array();
const message = octets(333);

const shake256 = (length: number, ...parts: readonly Uint8Array[]): Buffer =>
  crypto.createHash('shake256', { outputLength: length }).update(Buffer.concat(parts)).digest();
const sha256 = (bytes: Uint8Array): string => crypto.createHash('sha256').update(bytes).digest('hex');

describe.each(families)('on $name', (family) => {
  const { postQuantum } = family;

  test('ACVP: the public key of a seed', () => {
    const { publicKey } = growMlDsa(fromHex(acvp.seed), mlDsaParameters[acvp.spec], postQuantum);
    expect(publicKey).toHaveLength(mlDsaParameters[acvp.spec].publicKeyLength);
    expect(hex(shake256(64, publicKey))).toBe(acvp.digest.toLowerCase());
    provesExample(algorithms, 'NIST ACVP', family.name);
  });

  test.each(mlDsaRejections)('NIST, signatures after rejections: $spec', ({ spec, seed, publicKey, mu, signature }) => {
    const key = growMlDsa(fromHex(seed), mlDsaParameters[spec], postQuantum);
    expect(sha256(key.publicKey)).toBe(publicKey);
    const made = EXTERNAL_MU?.sign(key, fromHex(mu), new Uint8Array(32)) ?? none;
    expect(sha256(made)).toBe(signature);
    expect(EXTERNAL_MU?.verify(key, fromHex(mu), made)).toBe(true);
    provesExample(algorithms, 'NIST ACVP', family.name);
  });

  test.each(mlDsaSignatures)('Wycheproof, written down: $spec, $name', (answer) => {
    const key = growMlDsa(fromHex(answer.seed), mlDsaParameters[answer.spec], postQuantum);
    expect(sha256(key.publicKey)).toBe(answer.publicKey);
    const rnd = answer.rnd === undefined ? new Uint8Array(32) : fromHex(answer.rnd);
    const signature = RAW?.sign(key, fromHex(answer.message), rnd) ?? none;
    expect(sha256(signature)).toBe(answer.signature);
    expect(hex(EXTERNAL_MU?.sign(key, fromHex(answer.mu), rnd))).toBe(hex(signature));
    expect(RAW?.verify(key, fromHex(answer.message), signature)).toBe(true);
    expect(EXTERNAL_MU?.verify(key, fromHex(answer.mu), signature)).toBe(true);
  });

  describe.each(mlDsaSpecs)('%s', (spec) => {
    const key = mlDsaKey(spec, family);
    const { parameters, publicKey } = key;
    // FIPS 204 algorithm 7, step 6, with the empty context of algorithm 2.
    const mu = shake256(64, shake256(64, publicKey), Uint8Array.of(0, 0), message);
    const signature = RAW?.sign(key, message, random) ?? none;

    test('a message and its mu have one signature, which verifies as both', () => {
      expect(signature).toHaveLength(parameters.signatureLength);
      expect(hex(EXTERNAL_MU?.sign(key, mu, random))).toBe(hex(signature));
      expect([RAW?.verify(key, message, signature), EXTERNAL_MU?.verify(key, mu, signature)]).toEqual([true, true]);
    });

    test('other random bytes give another signature, which verifies too', () => {
      const other = RAW?.sign(key, message, spoilt(random, 0)) ?? none;
      expect(hex(other)).not.toBe(hex(signature));
      expect(RAW?.verify(key, message, other)).toBe(true);
    });

    test('what is damaged is refused, whatever its length', () => {
      const refused = [
        spoilt(signature, 0),
        spoilt(signature, 1000),
        spoilt(signature, signature.length - 1),
        signature.subarray(1),
        Uint8Array.of(...signature, 0),
        none,
      ];
      for (const wrong of refused) {
        expect([RAW?.verify(key, message, wrong), EXTERNAL_MU?.verify(key, mu, wrong)]).toEqual([false, false]);
      }
      expect(RAW?.verify(key, spoilt(message, 0), signature)).toBe(false);
      expect(EXTERNAL_MU?.verify(key, spoilt(mu, 0), signature)).toBe(false);
      // A mu is no message.
      expect(RAW?.verify(key, mu, signature)).toBe(false);
    });

    test('the key comes back from its PKCS#8, and as a key of another parameter set it does not', () => {
      const back = present(mlDsaFromPkcs8(mlDsaToPkcs8(key), parameters, postQuantum));
      expect([hex(mlDsaToPkcs8(back)), hex(mlDsaSpki(back))]).toEqual([hex(mlDsaToPkcs8(key)), hex(mlDsaSpki(key))]);
      for (const other of mlDsaSpecs.filter((name) => name !== spec)) {
        expect(mlDsaFromPkcs8(mlDsaToPkcs8(key), mlDsaParameters[other], postQuantum)).toBe('wrong key spec');
      }
      for (const wrong of [new Uint8Array(31), new Uint8Array(64)]) {
        expect(mlDsaFromPkcs8(writePkcs8(parameters.algorithm, writeSeed(wrong)), parameters, postQuantum)).toBe(
          'malformed',
        );
      }
      expect(mlDsaFromPkcs8(writePkcs8(parameters.algorithm, seed), parameters, postQuantum)).toBe('malformed');
      expect(mlDsaFromPkcs8(octets(70), parameters, postQuantum)).toBe('malformed');
      const foreign = writePkcs8(keyAlgorithms['ML-KEM-512'], writeSeed(seed));
      expect(mlDsaFromPkcs8(foreign, parameters, postQuantum)).toBe('wrong key spec');
    });
  });

  test('a public key that comes with the private one belongs to it', () => {
    const key = mlDsaKey('ML_DSA_44', family);
    const withPublicKey = (octets: Uint8Array): Uint8Array => {
      const seedForm = octetString(writeSeed(key.seed()));
      return toBytes(
        sequence(integer(1n), key.parameters.algorithm.identifier, seedForm, element(implicit(1), bits(octets))),
      );
    };
    const read = (octets: Uint8Array): unknown => mlDsaFromPkcs8(withPublicKey(octets), key.parameters, postQuantum);
    expect(read(key.publicKey)).toBeInstanceOf(MlDsaPrivateKey);
    expect(read(spoilt(key.publicKey, 0))).toBe('malformed');
  });

  test('the seed does not show, and is overwritten when it is erased', () => {
    const key = growMlDsa(seed, mlDsaParameters.ML_DSA_44, postQuantum);
    const seen = inspect(key, { showHidden: true, depth: 9, maxArrayLength: null }).replace(/\s+/g, '');
    expect(seen).not.toContain([...seed].join(','));
    const held = key.seed();
    key.erase();
    expect(held.every((octet) => octet === 0)).toBe(true);
    expect(seed).toEqual(octets(32, 123));
  });

  test('erasing a key erases what was told from its seed', () => {
    let erased = 0;
    const watching = {
      ...postQuantum,
      mlDsa: (...given: Parameters<typeof postQuantum.mlDsa>) => ({
        ...postQuantum.mlDsa(...given),
        erase: () => {
          erased++;
        },
      }),
    };
    growMlDsa(seed, mlDsaParameters.ML_DSA_44, watching).erase();
    expect(erased).toBe(1);
  });
});

const meta = { proof: opensslProof(...algorithms) };
const inNode = `%s in node:crypto${nativePostQuantumReason}`;
describe.skipIf(nativePostQuantumAbsent).each(mlDsaSpecs)(inNode, { meta }, (spec) => {
  const key = mlDsaKey(spec, native);

  test('it reads and writes our keys, and verifies our signatures', () => {
    const der = { key: Buffer.from(mlDsaToPkcs8(key)), format: 'der', type: 'pkcs8' } as const;
    const publicKey = crypto.createPublicKey(crypto.createPrivateKey(der));
    expect(hex(publicKey.export({ type: 'spki', format: 'der' }))).toBe(hex(mlDsaSpki(key)));
    expect(crypto.verify(null, message, publicKey, RAW?.sign(key, message, random) ?? none)).toBe(true);
  });

  test('we verify its signatures', () => {
    const der = { key: Buffer.from(mlDsaToPkcs8(key)), format: 'der', type: 'pkcs8' } as const;
    const signature = crypto.sign(null, message, crypto.createPrivateKey(der));
    for (const family of families) expect(RAW?.verify(mlDsaKey(spec, family), message, signature)).toBe(true);
  });
});

interface VerifyGroup {
  readonly publicKey: string;
  readonly tests: readonly (Vector & { readonly msg: string; readonly sig: string; readonly ctx?: string })[];
}

interface SignVector extends Vector {
  readonly msg?: string;
  readonly mu?: string;
  readonly ctx?: string;
  readonly rnd?: string;
  readonly sig: string;
}

interface SignGroup {
  readonly privateSeed: string;
  readonly tests: readonly SignVector[];
}

// KMS has no context strings: vectors that have one are counted and left out, unless they give mu.
const files: readonly { set: string; spec: MlDsaKeySpec; verify: number; contexts: number; sign: number }[] = [
  { set: 'mldsa_44', spec: 'ML_DSA_44', verify: 180, contexts: 7, sign: 86 },
  { set: 'mldsa_65', spec: 'ML_DSA_65', verify: 210, contexts: 7, sign: 105 },
  { set: 'mldsa_87', spec: 'ML_DSA_87', verify: 241, contexts: 7, sign: 96 },
];
const { absent, reason } = absence(files.flatMap(({ set }) => [`${set}_verify_test`, `${set}_sign_seed_test`]));

describe.skipIf(absent).each(families)(`Wycheproof on $name${reason}`, ({ name: backend, postQuantum }) => {
  const isQuick = backend === 'native' && !nativePostQuantumAbsent;
  const verifyEvery = isQuick ? 1 : 6;
  // Signing is portable on both.
  const signEvery = backend === 'portable' ? 11 : 29;

  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.verify - row.contexts, verifyEvery) })))(
    '$set, verification: $taken of $verify vectors, $contexts have a context',
    ({ set, spec, verify, contexts, taken }) => {
      const all = groupsOf<VerifyGroup>(`${set}_verify_test`).flatMap(({ publicKey, tests }) =>
        tests.map((vector) => ({ ...vector, publicKey })),
      );
      const plain = all.filter(({ ctx }) => (ctx ?? '') === '');
      const vectors = sampled(plain, verifyEvery);
      const failed = vectors.filter(({ publicKey, msg, sig, result }) => {
        const given = [fromHex(publicKey), fromHex(msg), fromHex(sig)] as const;
        return postQuantum.verifyMlDsa(mlDsaParameters[spec], ...given) !== (result === 'valid');
      });
      expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
      expect([all.length, all.length - plain.length, vectors.length]).toEqual([verify, contexts, taken]);
      const leftOut = { count: contexts, because: 'a context, which KMS has not' };
      provesVectors(algorithms, { file: `${set}_verify_test`, backend, all, leftOut, taken: vectors });
    },
    60_000,
  );

  test.each(files.map((row) => ({ ...row, taken: sampleSize(row.sign, signEvery) })))(
    '$set, signatures: $taken of $sign vectors',
    ({ set, spec, sign, taken }) => {
      const all = groupsOf<SignGroup>(`${set}_sign_seed_test`).flatMap(({ privateSeed, tests }) =>
        tests.map((vector) => ({ ...vector, privateSeed })),
      );
      const vectors = sampled(all, signEvery);
      const parameters = mlDsaParameters[spec];
      const failed = vectors.filter(({ privateSeed, msg, mu, ctx, rnd, sig, result }) => {
        const der = writePkcs8(parameters.algorithm, writeSeed(fromHex(privateSeed)));
        const key = mlDsaFromPkcs8(der, parameters, postQuantum);
        // What is invalid has a seed of another length, or a context that is too long, which none of ours is.
        if (result === 'invalid') return key !== 'malformed' && (ctx ?? '').length <= 2 * 255;
        const random = rnd === undefined ? new Uint8Array(32) : fromHex(rnd);
        const signatures = [
          mu !== undefined && EXTERNAL_MU?.sign(present(key), fromHex(mu), random),
          msg !== undefined && (ctx ?? '') === '' && RAW?.sign(present(key), fromHex(msg), random),
        ].filter((signature) => signature instanceof Uint8Array);
        return signatures.length === 0 || signatures.some((signature) => hex(signature) !== sig);
      });
      expect(failed.map(({ tcId, comment }) => `${tcId} ${comment}`)).toEqual([]);
      expect([all.length, vectors.length]).toEqual([sign, taken]);
      provesVectors(algorithms, { file: `${set}_sign_seed_test`, backend, all, taken: vectors });
    },
    120_000,
  );
});
