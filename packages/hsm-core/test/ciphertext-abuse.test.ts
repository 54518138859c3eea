// Everything that can be done to a ciphertext without its key, over both backends: nothing of it opens.

import { describe, expect, test } from 'vitest';
import type { EncryptionContext } from '../src/encryption-context.ts';
import { layoutFor } from '../src/envelope.ts';
import { Vault } from '../src/vault.ts';
import { backends } from './backend/backends.ts';

interface Sealed {
  readonly blob: Uint8Array;
  readonly context: EncryptionContext | undefined;
}

type Outcome = 'malformed' | 'foreign' | 'refused' | 'opened';

const { ivAt, contentAt, total } = layoutFor(32);
const tagAt = total - 16;

describe.each(backends)('over the $name backend', (backend) => {
  const vault = new Vault(backend);
  const [first, second] = [1, 2].map((fill) => vault.create('key-1', new Uint8Array(32).fill(fill)));
  let drawn = 0;

  function sealed(materialId: string | undefined, context: EncryptionContext | undefined, fill = 0): Sealed {
    const random = Uint8Array.from({ length: 28 }, () => (drawn++ * 89 + (drawn >> 3)) & 255);
    const blob = vault.seal(materialId ?? '', 'encrypt', context, new Uint8Array(32).fill(fill), random);
    if (typeof blob === 'string') expect.fail(`refused: ${blob}`);
    return { blob, context };
  }

  function outcome(blob: Uint8Array, context: EncryptionContext | undefined): Outcome {
    const found = vault.find(blob);
    if (typeof found === 'string') return found;
    return vault.open(found, context, blob) === undefined ? 'refused' : 'opened';
  }

  const originals = [
    sealed(first, undefined),
    sealed(first, new Map([['ab', 'c']])),
    sealed(second, new Map([['tenant', 'a']])),
  ];

  test('the originals open', () => {
    expect(originals.map(({ blob, context }) => outcome(blob, context))).toEqual(['opened', 'opened', 'opened']);
  });

  test('no single bit of a blob can be changed', () => {
    const counts = { malformed: 0, foreign: 0, refused: 0, opened: 0 };
    for (const { blob, context } of originals) {
      const spoilt = Uint8Array.from(blob);
      for (let at = 0; at < blob.length; at++) {
        for (let bit = 1; bit < 256; bit <<= 1) {
          spoilt[at] = (blob[at] ?? 0) ^ bit;
          counts[outcome(spoilt, context)] += 1;
        }
        spoilt[at] = blob[at] ?? 0;
      }
    }
    // Nonce, IV, content and the one bit that makes operation 2 a 3: those are found and refused. The rest is malformed.
    const refused = 3 * (8 * (16 + 12 + 59) + 1);
    expect(counts).toEqual({ malformed: 3 * 8 * total - refused, foreign: 0, refused, opened: 0 });
  });

  test('no byte can be left out, put in or exchanged for another value at either end', () => {
    for (const { blob, context } of originals) {
      for (let at = 0; at <= blob.length; at++) {
        const without = Uint8Array.from([...blob.subarray(0, at), ...blob.subarray(at + 1)]);
        const within = Uint8Array.from([...blob.subarray(0, at), blob[at] ?? 0, ...blob.subarray(at)]);
        if (at < blob.length) expect(outcome(without, context)).toBe('malformed');
        expect(outcome(within, context)).toBe('malformed');
        if (at < blob.length) expect(outcome(blob.subarray(0, at), context)).toBe('malformed');
      }
    }
  });

  test('no two blobs can be spliced, at any cut', () => {
    const all = [...originals, sealed(first, undefined, 7)];
    let splices = 0;
    for (const one of all) {
      for (const other of all) {
        for (let cut = 1; cut < total; cut++) {
          const spliced = Uint8Array.from(one.blob);
          spliced.set(other.blob.subarray(cut), cut);
          if (all.some(({ blob }) => Buffer.compare(blob, spliced) === 0)) continue;
          splices += 1;
          if (outcome(spliced, one.context) === 'opened') expect.fail(`cut at ${cut} under the context of the first`);
          if (outcome(spliced, other.context) === 'opened')
            expect.fail(`cut at ${cut} under the context of the second`);
        }
      }
    }
    expect(splices).toBeGreaterThan(1_500);
  });

  test.each([
    ['material name', 5, 37],
    ['nonce', 38, 54],
    ['IV', ivAt, ivAt + 12],
    ['content', contentAt, tagAt],
    ['tag', tagAt, total],
    ['content and tag', contentAt, total],
    ['nonce and IV, content and tag', 38, total],
  ])('no %s can be taken from another blob', (_name, from, to) => {
    const changed = originals.flatMap((one) =>
      originals.map((other) => {
        const grafted = Uint8Array.from(one.blob);
        grafted.set(other.blob.subarray(from, to), from);
        const same = Buffer.compare(grafted, one.blob) === 0 || Buffer.compare(grafted, other.blob) === 0;
        return same ? 'unchanged' : outcome(grafted, one.context);
      }),
    );
    expect(new Set(changed)).toEqual(new Set(['unchanged', 'refused']));
  });

  test('no blob opens under the context of another', () => {
    const contexts: (EncryptionContext | undefined)[] = [
      ...originals.map(({ context }) => context),
      new Map([['a', 'bc']]),
      new Map([['abc', '']]),
      new Map([['', 'abc']]),
      new Map([['c', 'ab']]),
      new Map([['AB', 'c']]),
      new Map([
        ['ab', 'c'],
        ['', ''],
      ]),
    ];
    for (const { blob, context } of originals) {
      const opening = contexts.filter((given) => outcome(blob, given) === 'opened');
      expect(opening).toEqual([context]);
    }
  });

  test('no blob opens in a vault with another secret, or the same secret under another key', () => {
    const same = new Uint8Array(32).fill(1);
    for (const [keyId, secret] of [
      ['key-1', new Uint8Array(32).fill(3)],
      ['key-2', same],
    ] as const) {
      const other = new Vault(backend);
      other.create(keyId, secret);
      for (const { blob } of originals) expect(other.find(blob)).toBe('foreign');
    }
  });
});
