// A key pair made of rows: which row a call reaches, how much it draws, what it refuses. Over a family made up for the purpose.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Loading } from '../src/backend/load-once.ts';
import type { Primitives } from '../src/backend/primitives.ts';
import { type Algorithms, type KeyFormat, type KeyPair, keyPairKind } from '../src/key-pair.ts';
import { hex, octets, utf8 } from './octets.ts';

const text = (bytes: unknown): string => (bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : String(bytes));

/** A key that is a word; what is done with it says how. */
class Word {
  readonly word: string;
  erased = 0;

  constructor(word: string) {
    this.word = word;
  }

  erase(): void {
    this.erased += 1;
  }
}

const grown: Word[] = [];

const format: KeyFormat<Word, string> = {
  needs: (primitives) => primitives as unknown as Loading<string>,
  grow: (seed, needed) => {
    const key = new Word(`${needed} ${seed.length}`);
    grown.push(key);
    return key;
  },
  fromPkcs8: (der, needed) => (der[0] === 0 ? 'malformed' : new Word(`${needed} read`)),
  toPkcs8: ({ word }) => utf8(`private ${word}`),
  spki: ({ word }) => utf8(`public ${word}`),
};

const algorithms: Algorithms<Word> = {
  signings: {
    ECDSA_SHA_256: {
      randomLength: 3,
      forms: {
        RAW: {
          sign: ({ word }, message, random) => utf8(`${word}: ${text(message)}, ${random.length}`),
          verify: (_key, message, signature) => text(message) === text(signature),
        },
        DIGEST: { length: 4, sign: () => utf8('of a digest'), verify: () => true },
      },
    },
  },
  encryptions: {
    SM2PKE: {
      randomLength: 5,
      encrypt: (_key, plaintext, random) =>
        plaintext.length > 9 ? 'too long' : utf8(`sealed ${text(plaintext)}, ${random.length}`),
      decrypt: (_key, ciphertext) => (ciphertext.length > 9 ? undefined : utf8('opened')),
    },
  },
  agreements: { ECDH: { derive: (_key, peer) => (peer.length > 1 ? utf8('shared') : 'wrong curve') } },
  encapsulations: {
    ML_KEM: {
      randomLength: 7,
      encapsulate: (_key, random) => ({ ciphertext: utf8('c'), sharedSecret: Uint8Array.of(random.length) }),
      decapsulate: (_key, ciphertext) => (ciphertext.length === 1 ? utf8('s') : 'wrong length'),
    },
  },
};

const kind = keyPairKind(format, algorithms);
const at = (needed: unknown): Primitives => needed as Primitives;
const seed = octets(32);

function made(one: ReturnType<typeof kind.read>): KeyPair {
  if (typeof one === 'string' || one instanceof Promise) expect.fail(String(one));
  return one;
}

const pair = made(kind.grow(seed, at('library')));

/** Draws are counted: what is refused must take nothing. */
function counted(): { draw: (length: number) => Uint8Array; drawn: number[] } {
  const drawn: number[] = [];
  return {
    drawn,
    draw: (length) => {
      drawn.push(length);
      return octets(length);
    },
  };
}

describe('signing', () => {
  test('goes to the form of the message type, with as many random bytes as the algorithm takes', () => {
    const { draw, drawn } = counted();
    expect(text(pair.sign('ECDSA_SHA_256', 'RAW', utf8('message'), draw))).toBe('library 32: message, 3');
    expect(text(pair.sign('ECDSA_SHA_256', 'DIGEST', utf8('four'), draw))).toBe('of a digest');
    expect(drawn).toEqual([3, 3]);
  });

  test('a form that has no length takes every length', () => {
    for (const length of [0, 1, 10_000])
      expect(pair.sign('ECDSA_SHA_256', 'RAW', octets(length), octets)).toBeInstanceOf(Uint8Array);
  });

  test('a message of another type or length is refused, and nothing is drawn', () => {
    const { draw, drawn } = counted();
    expect(pair.sign('ECDSA_SHA_256', 'EXTERNAL_MU', octets(64), draw)).toBe('wrong type');
    for (const length of [0, 3, 5])
      expect(pair.sign('ECDSA_SHA_256', 'DIGEST', octets(length), draw)).toBe('wrong length');
    expect(drawn).toEqual([]);
  });

  test('verifying refuses the same, before it looks at the signature', () => {
    expect(pair.verify('ECDSA_SHA_256', 'RAW', utf8('a'), utf8('a'))).toBe(true);
    expect(pair.verify('ECDSA_SHA_256', 'RAW', utf8('a'), utf8('b'))).toBe(false);
    expect(pair.verify('ECDSA_SHA_256', 'DIGEST', octets(4), utf8('b'))).toBe(true);
    expect(pair.verify('ECDSA_SHA_256', 'DIGEST', octets(5), utf8('b'))).toBe('wrong length');
    expect(pair.verify('ECDSA_SHA_256', 'EXTERNAL_MU', octets(4), utf8('b'))).toBe('wrong type');
  });
});

test('encryption, agreement and encapsulation answer as their rows do', () => {
  const { draw, drawn } = counted();
  expect(text(pair.encrypt('SM2PKE', utf8('x'), draw))).toBe('sealed x, 5');
  expect(pair.encrypt('SM2PKE', octets(10), draw)).toBe('too long');
  expect(text(pair.decrypt('SM2PKE', octets(9)))).toBe('opened');
  expect(pair.decrypt('SM2PKE', octets(10))).toBeUndefined();
  expect(text(pair.agree('ECDH', octets(2)))).toBe('shared');
  expect(pair.agree('ECDH', octets(1))).toBe('wrong curve');
  expect(pair.encapsulate('ML_KEM', draw).sharedSecret).toEqual(Uint8Array.of(7));
  expect(text(pair.decapsulate('ML_KEM', octets(1)))).toBe('s');
  expect(pair.decapsulate('ML_KEM', octets(2))).toBe('wrong length');
  expect(drawn).toEqual([5, 5, 7]);
});

describe('an algorithm that the family does not have', () => {
  const empty = made(keyPairKind(format, {}).grow(seed, at('library')));

  test.each<[string, () => unknown]>([
    ['ED25519_SHA_512', () => pair.sign('ED25519_SHA_512', 'RAW', seed, octets)],
    ['SM2DSA', () => pair.verify('SM2DSA', 'RAW', seed, seed)],
    ['RSAES_OAEP_SHA_1', () => pair.encrypt('RSAES_OAEP_SHA_1', seed, octets)],
    ['SYMMETRIC_DEFAULT', () => pair.decrypt('SYMMETRIC_DEFAULT', seed)],
    ['ECDH', () => empty.agree('ECDH', seed)],
    ['ML_KEM', () => empty.encapsulate('ML_KEM', octets)],
    ['ML_KEM', () => empty.decapsulate('ML_KEM', seed)],
    // Names that every object has.
    ['constructor', () => pair.sign('constructor' as 'SM2DSA', 'RAW', seed, octets)],
  ])('%s is a mistake of who calls', (name, attempt) => {
    expect(attempt).toThrow(name === 'constructor' ? Error : new RangeError(`This key pair has no ${name}.`));
  });
});

describe('where a pair comes from', () => {
  test('a seed, a PKCS#8, or bytes that are none', () => {
    expect(text(pair.publicKey())).toBe('public library 32');
    expect(text(made(kind.read(octets(9), at('library'))).publicKey())).toBe('public library read');
    expect(kind.read(Uint8Array.of(0), at('library'))).toBe('malformed');
  });

  test('a data key pair is both halves, and the key behind them is erased', () => {
    const both = kind.growData(seed, at('library'));
    if (both instanceof Promise) expect.fail('not loaded');
    expect([text(both.publicKey), text(both.privateKey)]).toEqual(['public library 32', 'private library 32']);
    expect(grown.at(-1)?.erased).toBe(1);
  });

  test('a library that is not there yet is handed on, and nothing is grown', () => {
    const before = grown.length;
    const library = Promise.resolve('library');
    for (const one of [kind.grow(seed, at(library)), kind.read(seed, at(library)), kind.growData(seed, at(library))])
      expect(one).toBe(library);
    expect(grown).toHaveLength(before);
  });
});

test('erasing erases the key', () => {
  const one = made(kind.grow(seed, at('library')));
  one.erase();
  expect(grown.at(-1)?.erased).toBe(1);
});

test('nothing of the key shows on the pair', () => {
  for (const seen of [inspect(pair, { showHidden: true, depth: 9, getters: true }), JSON.stringify(pair)])
    expect(seen).not.toContain('library');
  expect(hex(pair.publicKey())).toBeDefined();
});
