// The matchers on a simulation: what passes, what fails, what a failure says, and mistakes.

import { beforeEach, describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim } from '../../src/index.ts';
import '../../src/testing/vitest.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { deniedWorld, failed, orders, stranger } from './denied-world.ts';

const bytes = new Uint8Array(3);

let sim: Kmsim;
let keyId: string;
let arn: string;

beforeEach(async () => {
  ({ sim, keyId, arn } = await deniedWorld());
});

/** What a test that fails says. */
function saidBy(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation was met');
}

describe('toHaveCalled', () => {
  test('counts calls, whether they succeeded or not', async () => {
    expect(sim).toHaveCalled('CreateKey', 1);
    expect(sim).not.toHaveCalled('Encrypt');
    expect(sim).toHaveCalled('Encrypt', 0);
    await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes });
    await failed(sim.as(stranger).encrypt({ KeyId: keyId, Plaintext: bytes }));
    expect(sim).toHaveCalled('Encrypt');
    expect(sim).toHaveCalled('Encrypt', 2);
    expect(sim).not.toHaveCalled('Encrypt', 1);
  });

  test('a call with another account has two records, and is one call', async () => {
    const theirs = 'arn:aws:iam::111122223333:role/Theirs';
    sim.identities.put({
      arn: theirs,
      policies: { p: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } } },
    });
    await sim.as().createGrant({ KeyId: keyId, GranteePrincipal: theirs, Operations: ['Encrypt'] });
    await sim.as(theirs).encrypt({ KeyId: arn, Plaintext: bytes });
    expect(sim.trail.find({ operation: 'Encrypt' })).toHaveLength(2);
    expect(sim).toHaveCalled('Encrypt', 1);
    expect(sim).toHaveUsedKey(keyId);
  });

  test('a failure tells what there was', async () => {
    expect(saidBy(() => expect(createKmsim()).toHaveCalled('Decrypt'))).toBe(
      "expect(sim).toHaveCalled('Decrypt'): Decrypt was not called.\n\nThere are no events: nobody called this simulation.",
    );
    await sim.as(orders).encrypt({ KeyId: 'alias/orders', Plaintext: bytes, EncryptionContext: { tenant: 'acme' } });
    expect(saidBy(() => expect(sim).toHaveCalled('Decrypt', 2)).split('\n')).toEqual([
      "expect(sim).toHaveCalled('Decrypt', 2): Decrypt was not called.",
      '',
      'The last of 3 events:',
      expect.stringMatching(/^ {2}2026-01-01T00:00:00Z {2}CreateKey .*user\/administrator {2}key\//),
      expect.stringMatching(/CreateAlias /),
      `  2026-01-01T00:00:00Z  Encrypt           role/Orders  alias/orders  key/${keyId}  {"tenant":"acme"}`,
    ]);
    expect(
      saidBy(() => expect(sim).not.toHaveCalled('Encrypt'))
        .split('\n')
        .slice(0, 3),
    ).toEqual(["expect(sim).not.toHaveCalled('Encrypt'): Encrypt was called once.", '', 'These calls:']);
  });

  test('a failure shows ten events at most, and nothing that moves a cursor', async () => {
    for (let call = 0; call < 20; call++)
      await sim.as().createAlias({ AliasName: `alias/${call}`, TargetKeyId: keyId });
    await sim.as(orders).encrypt({
      KeyId: keyId,
      Plaintext: bytes,
      EncryptionContext: { tenant: '\u001b[2J\u202e', long: 'x'.repeat(500) },
    });
    const said = saidBy(() => expect(sim).toHaveCalled('Decrypt'));
    expect(said.split('\n')).toHaveLength(3 + 10);
    for (const hidden of ['\u001b', '\u202e']) expect(said).not.toContain(hidden);
    expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThanOrEqual(240);
  });
});

describe('toHaveUsedKey', () => {
  test('by id, ARN and alias; for any use, or for one', async () => {
    expect(sim).not.toHaveUsedKey(keyId);
    expect(sim).toHaveUsedKey(keyId, 'CreateKey');
    const { CiphertextBlob } = await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes });
    expect(sim).not.toHaveUsedKey('alias/orders', 'Decrypt');
    // The request names no key, and the alias stands for the one that it points at.
    await sim.as(orders).decrypt({ CiphertextBlob });
    for (const name of [keyId, arn, 'alias/orders', arn.replace(/key\/.*/, 'alias/orders')]) {
      expect(sim).toHaveUsedKey(name);
      expect(sim).toHaveUsedKey(name, 'Decrypt');
      expect(sim).not.toHaveUsedKey(name, 'Sign');
    }
    const other = (await sim.as().createKey()).KeyMetadata?.KeyId ?? '';
    expect(sim).not.toHaveUsedKey(other);
  });

  test('a call that failed has used nothing', async () => {
    await failed(sim.as(stranger).encrypt({ KeyId: keyId, Plaintext: bytes }));
    await failed(sim.as(orders).decrypt({ KeyId: keyId, CiphertextBlob: bytes }));
    expect(sim).not.toHaveUsedKey(keyId);
  });

  test('a failure tells what there was with the key', async () => {
    await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes });
    const said = saidBy(() => expect(sim).toHaveUsedKey('alias/orders', 'Decrypt')).split('\n');
    expect(said[0]).toBe(
      `expect(sim).toHaveUsedKey('alias/orders', 'Decrypt'): there was no successful Decrypt with alias/orders, key/${keyId}.`,
    );
    expect(said.slice(2)).toEqual(['What there was with this key:', ...Array(3).fill(expect.stringContaining(keyId))]);
    expect(saidBy(() => expect(sim).not.toHaveUsedKey(keyId))).toContain(
      'there was 1 successful cryptographic operation.\n\nThese calls:\n',
    );
  });

  test('a key and an alias that are gone can still be asked for', async () => {
    await sim.as(orders).encrypt({ KeyId: 'alias/orders', Plaintext: bytes });
    await sim.as().deleteAlias({ AliasName: 'alias/orders' });
    await sim.as().scheduleKeyDeletion({ KeyId: keyId, PendingWindowInDays: 7 });
    sim.clock.advance('8 days');
    expect(sim).toHaveUsedKey('alias/orders', 'Encrypt');
    expect(sim).toHaveUsedKey(keyId, 'Encrypt');
  });
});

describe('toHaveEncryptedWithContext', () => {
  test('exactly this context, in whatever encrypts', async () => {
    expect(sim).not.toHaveEncryptedWithContext({});
    const kms = sim.as(orders);
    const a = { tenant: 'acme', purpose: 'backup' };
    const { CiphertextBlob } = await kms.encrypt({ KeyId: keyId, Plaintext: bytes, EncryptionContext: a });
    expect(sim).toHaveEncryptedWithContext({ purpose: 'backup', tenant: 'acme' });
    for (const context of [{ tenant: 'acme' }, {}, { ...a, more: 'x' }, { ...a, tenant: 'other' }])
      expect(sim).not.toHaveEncryptedWithContext(context);
    await kms.reEncrypt({
      CiphertextBlob,
      SourceEncryptionContext: a,
      DestinationKeyId: keyId,
      DestinationEncryptionContext: { tenant: 'other' },
    });
    expect(sim).toHaveEncryptedWithContext({ tenant: 'other' });
    await kms.generateDataKeyWithoutPlaintext({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: { n: '1' } });
    expect(sim).toHaveEncryptedWithContext({ n: '1' });
    await kms.generateDataKey({ KeyId: keyId, KeySpec: 'AES_256' });
    expect(sim).toHaveEncryptedWithContext({});
  });

  test('with asymmetric matchers, of a value or of all', async () => {
    await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes, EncryptionContext: { tenant: 'acme', n: '7' } });
    expect(sim).toHaveEncryptedWithContext(expect.objectContaining({ tenant: 'acme' }));
    expect(sim).toHaveEncryptedWithContext({ tenant: 'acme', n: expect.any(String) });
    expect(sim).not.toHaveEncryptedWithContext({ tenant: 'acme', n: expect.stringMatching(/x/) });
    expect(sim).not.toHaveEncryptedWithContext(expect.objectContaining({ tenant: 'other' }));
  });

  test('what was decrypted, or was refused, was not encrypted', async () => {
    await failed(sim.as(stranger).encrypt({ KeyId: keyId, Plaintext: bytes, EncryptionContext: { a: 'b' } }));
    const EncryptionContext = { a: 'b' };
    await failed(sim.as(orders).decrypt({ CiphertextBlob: bytes, EncryptionContext }));
    expect(sim).not.toHaveEncryptedWithContext({ a: 'b' });
    expect(saidBy(() => expect(sim).toHaveEncryptedWithContext({ 'a-b': 'c' }))).toContain(
      "expect(sim).toHaveEncryptedWithContext({ 'a-b': 'c' }): nothing was encrypted.",
    );
  });

  test('a failure shows the contexts that there were', async () => {
    await sim.as(orders).encrypt({ KeyId: keyId, Plaintext: bytes, EncryptionContext: { tenant: 'acne' } });
    const said = saidBy(() => expect(sim).toHaveEncryptedWithContext({ tenant: 'acme' }));
    expect(said).toContain("({ tenant: 'acme' }): of 1 that encrypted, none had this context.");
    expect(said).toMatch(/With these contexts:\n.*\{"tenant":"acne"\}/);
  });
});

describe('mistakes are told, and no test passes by them', () => {
  test.each<[string, (sim: Kmsim) => void, string]>([
    ['no simulation', () => expect({}).not.toHaveCalled('Decrypt'), 'not of that object'],
    ['nothing at all', () => expect(undefined).not.toHaveBeenDenied(), 'not of undefined'],
    ['a misspelt operation', (s) => expect(s).not.toHaveCalled('Decript' as never), 'Did you mean Decrypt?'],
    ['no operation', (s) => expect(s).not.toHaveCalled(7 as never), 'the name of an operation, not 7'],
    [
      'what nobody calls',
      (s) => expect(s).toHaveCalled('RotateKey' as never),
      "sim.trail.find({ operation: 'RotateKey' })",
    ],
    ['half a call', (s) => expect(s).not.toHaveCalled('Decrypt', 0.5), 'times is a whole number from 0, not 0.5'],
    ['a misspelt alias', (s) => expect(s).not.toHaveUsedKey('alias/order'), 'Did you mean "alias/orders"?'],
    ['an unknown key', (s) => expect(s).not.toHaveUsedKey('k'.repeat(36)), 'Name it by its id'],
    ['a key that is no text', (s) => expect(s).not.toHaveUsedKey(undefined as never), 'not undefined'],
    [
      'a context of numbers',
      (s) => expect(s).not.toHaveEncryptedWithContext({ a: 1 } as never),
      'an object of strings',
    ],
    ['a Map', (s) => expect(s).not.toHaveEncryptedWithContext(new Map([['a', 'b']]) as never), 'an object of strings'],
    ['no context', (s) => expect(s).not.toHaveEncryptedWithContext(undefined as never), 'not undefined'],
    ['an unknown member', (s) => expect(s).not.toHaveBeenDenied({ why: 'x' } as never), 'no option "why"'],
    ['no kind of policy', (s) => expect(s).not.toHaveBeenDenied({ by: 'scp' as never }), "'service control policy'"],
    ['no reason', (s) => expect(s).not.toHaveBeenDenied({ because: 7 as never }), 'a text or a regular expression'],
    ['no ARN', (s) => expect(s).not.toHaveBeenDenied({ principal: 'Orders' }), '"Orders" is no principal'],
    ['an operation', (s) => expect(s).not.toHaveBeenDenied({ operation: 'Decript' as never }), 'Did you mean Decrypt?'],
    ['a text', (s) => expect(s).not.toHaveBeenDenied('Decrypt' as never), 'an object of options'],
  ])('%s', (_, expectation, words) => {
    expect(kmsimErrorOf(() => expectation(sim)).message).toContain(words);
  });

  test('a trail that is off, or has dropped what would be needed', async () => {
    const off = createKmsim({ trail: 'off' });
    expect(kmsimErrorOf(() => expect(off).not.toHaveCalled('Decrypt')).code).toBe('NoTrail');
    const short = createKmsim({ trail: { keep: 2 } });
    for (let call = 0; call < 3; call++) await short.as().listKeys();
    expect(short).toHaveCalled('ListKeys');
    const unknown: readonly (() => void)[] = [
      () => expect(short).toHaveCalled('ListKeys', 2),
      () => expect(short).not.toHaveCalled('Decrypt'),
      () => expect(short).not.toHaveBeenDenied(),
      () => expect(short).not.toHaveEncryptedWithContext({}),
    ];
    for (const expectation of unknown)
      expect(kmsimErrorOf(expectation)).toMatchObject({
        code: 'NoTrail',
        hint: expect.stringContaining('sim.trail.clear()'),
      });
    short.trail.clear();
    expect(short).not.toHaveCalled('ListKeys');
  });
});
