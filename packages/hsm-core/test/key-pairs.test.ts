// The registry of key pairs: a row for every asymmetric spec, with the algorithms of the table of key specs, the same on both backends.

import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/backend/backend.ts';
import type { NotLoaded } from '../src/backend/load-once.ts';
import type { Primitives } from '../src/backend/primitives.ts';
import type { KeyPair } from '../src/key-pair.ts';
import { keyPairKinds } from '../src/key-pairs.ts';
import { isKeyPairSpec, type KeyPairSpec, keySpecs } from '../src/key-specs.ts';
import { backends, native } from './backend/backends.ts';
import { hex, octets } from './octets.ts';

const specs = Object.values(keySpecs)
  .map(({ spec }) => spec)
  .filter(isKeyPairSpec);
// A seed whose RSA primes come soon (rsa/backends.ts).
const seed = Uint8Array.from({ length: 32 }, (_, at) => (at < 31 ? 3 : 0));

/** Asks again until the library is there. */
async function ready<Value>(ask: () => Value | NotLoaded): Promise<Value> {
  for (;;) {
    const answer = ask();
    if (!(answer instanceof Promise)) return answer;
    await answer;
  }
}

const primitivesOf = async ({ primitives }: Backend): Promise<Primitives> => await primitives();

// Grown once: RSA keys take their time.
const pairs = new Map<string, KeyPair>();

async function grown(spec: KeyPairSpec, backend: Backend): Promise<KeyPair> {
  const name = `${spec} ${backend.name}`;
  const primitives = await primitivesOf(backend);
  const pair = pairs.get(name) ?? (await ready(() => keyPairKinds[spec].grow(seed, primitives)));
  pairs.set(name, pair);
  return pair;
}

/** Every answer of a pair that needs nobody else, by name; draws follow from the length asked for. */
function answersOf(spec: KeyPairSpec, pair: KeyPair): Map<string, Uint8Array> {
  const { encapsulationAlgorithms, encryptionAlgorithms, keyAgreementAlgorithms, signingAlgorithms } = keySpecs[spec];
  const answers = new Map<string, Uint8Array>([['public key', pair.publicKey()]]);
  const note = (name: string, answer: unknown): void => {
    if (answer instanceof Uint8Array) answers.set(name, answer);
  };
  for (const algorithm of signingAlgorithms) {
    for (const type of ['RAW', 'DIGEST', 'EXTERNAL_MU'] as const) {
      for (const length of [32, 48, 64])
        note(`${algorithm} ${type} ${length}`, pair.sign(algorithm, type, octets(length), octets));
    }
  }
  for (const algorithm of encryptionAlgorithms) {
    const ciphertext = pair.encrypt(algorithm, octets(30), octets);
    note(`${algorithm} ciphertext`, ciphertext);
    if (ciphertext instanceof Uint8Array) note(`${algorithm} plaintext`, pair.decrypt(algorithm, ciphertext));
  }
  for (const algorithm of keyAgreementAlgorithms) note(algorithm, pair.agree(algorithm, pair.publicKey()));
  for (const algorithm of encapsulationAlgorithms) {
    const { ciphertext, sharedSecret } = pair.encapsulate(algorithm, octets);
    note(`${algorithm} ciphertext`, ciphertext);
    note(`${algorithm} secret`, sharedSecret);
    note(`${algorithm} opened`, pair.decapsulate(algorithm, ciphertext));
    note(`${algorithm} rejected`, pair.decapsulate(algorithm, new Uint8Array(ciphertext.length)));
  }
  return answers;
}

test('there is a row for each asymmetric spec and no other', () => {
  expect(Object.keys(keyPairKinds).sort()).toEqual([...specs].sort());
});

describe.each(specs)('%s', (spec) => {
  const kind = keyPairKinds[spec];

  test('a pair knows the algorithms of its key spec and no others', async () => {
    const pair = await grown(spec, native);
    const row = keySpecs[spec];
    const tries: readonly (readonly [
      names: readonly string[],
      known: readonly string[],
      use: (name: never) => unknown,
    ])[] = [
      [allOf('signingAlgorithms'), row.signingAlgorithms, (name) => pair.sign(name, 'RAW', octets(64), octets)],
      [allOf('signingAlgorithms'), row.signingAlgorithms, (name) => pair.verify(name, 'RAW', octets(64), octets(64))],
      [allOf('encryptionAlgorithms'), row.encryptionAlgorithms, (name) => pair.encrypt(name, octets(3), octets)],
      [allOf('encryptionAlgorithms'), row.encryptionAlgorithms, (name) => pair.decrypt(name, octets(3))],
      [allOf('keyAgreementAlgorithms'), row.keyAgreementAlgorithms, (name) => pair.agree(name, octets(3))],
      [allOf('encapsulationAlgorithms'), row.encapsulationAlgorithms, (name) => pair.encapsulate(name, octets)],
      [allOf('encapsulationAlgorithms'), row.encapsulationAlgorithms, (name) => pair.decapsulate(name, octets(3))],
    ];
    for (const [names, known, use] of tries) {
      for (const name of names) {
        // The algorithms of ECDSA stand in one table for all curves: that of another curve is for who calls to refuse.
        const shared = name.startsWith('ECDSA') && row.family === 'ecc';
        if (known.includes(name) || shared || (name === 'ECDH' && spec === 'ECC_SECG_P256K1')) continue;
        expect(() => use(name as never), name).toThrow(RangeError);
      }
      for (const name of known) expect(() => use(name as never), name).not.toThrow();
    }
  });

  test('every answer is plain bytes in a buffer of their own', async () => {
    for (const backend of fast(spec)) {
      for (const [name, answer] of answersOf(spec, await grown(spec, backend))) {
        expect(answer.constructor, name).toBe(Uint8Array);
        expect(answer.buffer.byteLength, `${backend.name} ${name}`).toBe(answer.length);
      }
    }
  });

  test('the answers are the same every time, on both backends', async () => {
    const one = answersOf(spec, await grown(spec, native));
    for (const backend of fast(spec)) {
      const other = answersOf(spec, await grown(spec, backend));
      expect([...other.keys()]).toEqual([...one.keys()]);
      for (const [name, answer] of one) expect(hex(other.get(name)), name).toBe(hex(answer));
    }
  });

  test('a data key pair of the seed is the same pair, and its PKCS#8 gives it again', async () => {
    const primitives = await primitivesOf(native);
    const { privateKey, publicKey } = await ready(() => kind.growData(seed, primitives));
    const read = await ready(() => kind.read(privateKey, primitives));
    if (typeof read === 'string') expect.fail(read);
    const pair = await grown(spec, native);
    expect([hex(publicKey), hex(read.publicKey())]).toEqual([hex(pair.publicKey()), hex(pair.publicKey())]);
    const [one, two] = [answersOf(spec, read), answersOf(spec, pair)];
    for (const [name, answer] of two) expect(hex(one.get(name)), name).toBe(hex(answer));
    // What tells a seed from an imported key is its length.
    expect(privateKey.length).toBeGreaterThan(32);
  });

  test('another seed gives another pair', async () => {
    const primitives = await primitivesOf(native);
    const other = await ready(() => kind.grow(octets(32), primitives));
    expect(hex(other.publicKey())).not.toBe(hex((await grown(spec, native)).publicKey()));
  });

  test('the key of another spec is told from bytes that are none', async () => {
    const primitives = await primitivesOf(native);
    const elsewhere = specs.filter((other) => other !== spec && !other.startsWith('RSA'));
    for (const other of elsewhere) {
      const { privateKey } = await ready(() => keyPairKinds[other].growData(seed, primitives));
      expect(await ready(() => kind.read(privateKey, primitives)), other).toBe('wrong key spec');
    }
    for (const bytes of [new Uint8Array(), octets(31), octets(33), octets(500)])
      expect(await ready(() => kind.read(bytes, primitives))).toBe('malformed');
  });
});

// RSA keys grow in seconds in pure TypeScript: rsa/generate.test.ts has one.
function fast(spec: KeyPairSpec): readonly Backend[] {
  return keySpecs[spec].family === 'rsa' ? [native] : backends;
}

type Lists = 'signingAlgorithms' | 'encryptionAlgorithms' | 'keyAgreementAlgorithms' | 'encapsulationAlgorithms';

function allOf(list: Lists): string[] {
  return [...new Set(Object.values(keySpecs).flatMap((row) => row[list] as readonly string[]))];
}
