// Both backends of RSA answer alike, byte for byte.

import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';
import { fc, test } from '@fast-check/vitest';
import { describe, test as example, expect } from 'vitest';
import type { RsaHash } from '../../src/backend/rsa.ts';
import { nativeRsa } from '../../src/backend/rsa-native.ts';
import { hex, keyOf, native, numbersOf, portable, rsaBackends, specs } from '../rsa/backends.ts';

const number = (bits: number): fc.Arbitrary<bigint> => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n });

/** A modulus of one of the lengths that tests of primality meet, from small ones to more than OpenSSL takes. */
const modulus = fc
  .constantFrom(8, 64, 255, 256, 257, 1024, 2048, 3072)
  .chain((bits) => number(bits))
  .map((some) => (some | 1n) + 2n);

test.prop([modulus, number(3072), number(3072)], { numRuns: 40 })('powers', (odd, base, exponent) => {
  const [b, e] = [base % odd, exponent % odd];
  expect(native.power(b, e, odd)).toBe(portable.power(b, e, odd));
});

test.prop([number(3072)], { numRuns: 3 })('powers of more than OpenSSL takes', (exponent) => {
  const odd = (1n << 3100n) + 1n;
  expect(native.power(3n, exponent, odd)).toBe(portable.power(3n, exponent, odd));
});

describe.each(specs)('%s', (spec) => {
  const length = keyOf(spec, native).publicKey.length;
  const block = fc.uint8Array({ minLength: length, maxLength: length }).map((octets) => octets.fill(0, 0, 1));

  test.prop([block], { numRuns: 5 })('operations, and one undoes the other', (some) => {
    const { n, e } = numbersOf(spec);
    const made = rsaBackends.map((backend) => backend.privateOperation(numbersOf(spec))(some));
    expect(hex(made[0])).toBe(hex(made[1]));
    for (const backend of rsaBackends) {
      expect(hex(backend.publicOperation({ n, e })(made[0] ?? some))).toBe(hex(some));
    }
  });

  example('0, 1 and n - 1 are blocks too', () => {
    const last = Uint8Array.from(Buffer.from((numbersOf(spec).n - 1n).toString(16), 'hex'));
    const zero = new Uint8Array(length);
    const one = Uint8Array.from(zero).fill(1, length - 1);
    for (const some of [zero, one, last]) {
      for (const backend of rsaBackends) {
        // Fixed points: every exponent is odd.
        expect(hex(backend.privateOperation(numbersOf(spec))(some))).toBe(hex(some));
        expect(hex(backend.publicOperation(numbersOf(spec))(some))).toBe(hex(some));
      }
    }
  });
});

describe.each(rsaBackends)('$name', (backend) => {
  example('a long public exponent: up to 3,072 bits of modulus, and beyond', () => {
    const e = (1n << 200n) + 1n;
    for (const spec of specs) {
      const { n } = numbersOf(spec);
      const length = keyOf(spec, native).publicKey.length;
      const block = new Uint8Array(length).fill(5, 1);
      const expected = portable
        .power(BigInt(`0x${hex(block)}`), e, n)
        .toString(16)
        .padStart(2 * length, '0');
      expect(hex(backend.publicOperation({ n, e })(block))).toBe(expected);
    }
  });

  example('half a wrong result gives nothing away: a damaged remainder does not change the answer', () => {
    const numbers = numbersOf('RSA_2048');
    const block = new Uint8Array(256).fill(5, 1);
    const right = hex(backend.privateOperation(numbers)(block));
    for (const damaged of [{ dP: numbers.dP ^ 2n }, { dQ: numbers.dQ ^ 2n }, { qInv: numbers.qInv ^ 2n }]) {
      expect(hex(backend.privateOperation({ ...numbers, ...damaged })(block))).toBe(right);
    }
  });

  example('the smaller prime may come first, as in keys of others', () => {
    const { p, q, dP, dQ, ...rest } = numbersOf('RSA_2048');
    // p^-1 modulo q, by Fermat.
    const swapped = { ...rest, p: q, q: p, dP: dQ, dQ: dP, qInv: portable.power(p % q, q - 2n, q) };
    for (let fill = 1; fill < 9; fill++) {
      const block = new Uint8Array(256).fill(fill, 1);
      expect(hex(backend.privateOperation(swapped)(block))).toBe(hex(keyOf('RSA_2048', native).apply(block)));
    }
  });

  example.each<[RsaHash, string]>([
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
    ['SHA-384', 'sha384'],
    ['SHA-512', 'sha512'],
  ])('%s', (name, nodeName) => {
    for (const length of [0, 1, 55, 64, 111, 200]) {
      const message = new Uint8Array(length).fill(length);
      expect(hex(backend.hash(name, message))).toBe(createHash(nodeName).update(message).digest('hex'));
    }
  });

  example.each<RsaHash>(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'])(
    '%s, added to a block as far as it goes',
    (name) => {
      const message = new Uint8Array(99).fill(9);
      const hash = backend.hash(name, message);
      for (const length of [4, 4 + hash.length, 200]) {
        const block = new Uint8Array(length).fill(0x5a);
        backend.addHash(name, message, block, 4);
        const added = Uint8Array.from({ length }, (_, at) => 0x5a ^ ((at < 4 ? 0 : hash[at - 4]) ?? 0));
        expect(hex(block)).toBe(hex(added));
      }
    },
  );
});

example('no Buffer leaves the native backend', () => {
  const backend = nativeRsa(crypto);
  const block = new Uint8Array(256).fill(5, 1);
  const answers = [
    backend.hash('SHA-256', block),
    backend.publicOperation(numbersOf('RSA_2048'))(block),
    backend.privateOperation(numbersOf('RSA_2048'))(block),
  ];
  expect(answers.map((answer) => answer.constructor === Uint8Array)).toEqual([true, true, true]);
});
