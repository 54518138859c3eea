// Whom a simulation trusts, and the library that loads when it is needed.

import { describe, expect, test } from 'vitest';
import { Attestation, readRoots } from '../../src/attestation/attestation.ts';
import { Visit } from '../../src/operation.ts';
import { admin, TestEngine } from '../engine.ts';
import { AttestingEngine, attestation, library, opened, recipientPair, recipientWith } from './recipients.ts';

const other = new library.TestAuthority(new Uint8Array(32).fill(1));
const { publicKey } = recipientPair();

function take(engine: TestEngine, document: Uint8Array): Uint8Array {
  const Recipient = recipientWith(document);
  return opened(engine.call('GenerateRandom', { NumberOfBytes: 4, Recipient }).CiphertextForRecipient);
}

describe('who is trusted', () => {
  test('the authority of the simulation itself, which another seed does not share', () => {
    const one = new AttestingEngine({ seed: 1 });
    expect(take(new AttestingEngine({ seed: 1 }), one.document())).toHaveLength(4);
    expect(() => take(new AttestingEngine({ seed: 2 }), one.document())).toThrow('no trusted root');
  });

  test('the roots that are named, beside it', () => {
    const engine = new AttestingEngine({ attestation: { ...attestation, roots: [other.root] } });
    const document = other.document({ at: engine.now, publicKey }) as Uint8Array;
    expect(take(engine, document)).toHaveLength(4);
    expect(take(engine, engine.document())).toHaveLength(4);
    expect(() => take(new AttestingEngine(), document)).toThrow('no trusted root');
  });
});

describe('the library', () => {
  /** Loads in so many turns, as an import does. */
  function late(): { readonly load: () => typeof library | Promise<unknown>; loaded: () => boolean } {
    let isThere = false;
    const loading = async (): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      isThere = true;
    };
    let promise: Promise<void> | undefined;
    return {
      load: () => {
        if (isThere) return library;
        promise ??= loading();
        return promise;
      },
      loaded: () => promise !== undefined,
    };
  }

  test('is not asked for before the first Recipient', () => {
    const { load, loaded } = late();
    const engine = new TestEngine({ attestation: { load, roots: [] } });
    const CiphertextBlob = engine.encrypt(engine.createKey().KeyId);
    engine.call('Decrypt', { CiphertextBlob });
    engine.call('GenerateRandom', { NumberOfBytes: 1 });
    expect(loaded()).toBe(false);
  });

  test('when it comes late, calls wait in line and answer as if it had been there', async () => {
    const run = async (options: ConstructorParameters<typeof AttestingEngine>[0]): Promise<unknown> => {
      const engine = new AttestingEngine(options);
      const Recipient = engine.recipient();
      const bad = recipientWith(new Uint8Array(3));
      const answers = [Recipient, undefined, bad, Recipient].map(async (one) =>
        engine.kms.dispatch(new Visit('GenerateRandom', { NumberOfBytes: 8, Recipient: one }, 'direct', admin)),
      );
      const settled = await Promise.allSettled(answers);
      return {
        settled: settled.map((one) => ('reason' in one ? one.reason.message : one.value)),
        after: engine.everything(),
      };
    };
    expect(await run({ attestation: { load: late().load, roots: [] } })).toEqual(await run({}));
  });

  test('a question that finds it loading says so', async () => {
    const { load } = late();
    const engine = new AttestingEngine({ attestation: { load, roots: [] } });
    const ask = (): object[] =>
      engine.kms.explain({ caller: admin, operation: 'GenerateRandom', input: { Recipient: engine.recipient() } });
    expect(ask).toThrow('still loading');
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    expect(ask()).toMatchObject([{ outcome: 'Allow' }]);
  });

  test('that cannot be loaded is no refusal of KMS', async () => {
    const broken = new Error('broken');
    const engine = new AttestingEngine({ attestation: { load: () => Promise.reject(broken), roots: [] } });
    const Recipient = engine.recipient();
    const visit = new Visit('GenerateRandom', { NumberOfBytes: 8, Recipient }, 'direct', admin);
    await expect(engine.kms.dispatch(visit)).rejects.toBe(broken);
    expect(engine.call('GenerateRandom', { NumberOfBytes: 1 }).Plaintext).toHaveLength(1);
  });
});

describe('the roots of a trace', () => {
  const { world } = new TestEngine().kms;
  const roots = [other.root, Uint8Array.of(1, 2, 3)];

  test('are read as they were written', () => {
    expect(new Attestation(world, undefined).origin()).toEqual({});
    expect(readRoots(new Attestation(world, { ...attestation, roots }).origin().attestationRoots)).toEqual(roots);
    expect(readRoots(undefined)).toEqual([]);
  });

  test.each([1, null, 'AQID', [1], ['!'], {}])('%j are none', (given) => {
    expect(readRoots(given)).toBeUndefined();
  });
});
