// createKmsim: its options and their mistakes, several at once, the end of one.

import { KMS } from '@aws-sdk/client-kms';
import { KMS as OldKms } from 'client-kms-3-496';
import { describe, expect, test, vi } from 'vitest';
import { createKmsim, type Kmsim, KmsimError, type KmsimOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function newKey(sim: Kmsim): Promise<string> {
  const { KeyMetadata } = await sim.as().createKey();
  return KeyMetadata?.KeyId ?? '';
}

describe('defaults', () => {
  test('an account and a Region that nobody has, the clock of the machine, no seed', async () => {
    using sim = createKmsim();
    expect(sim).toMatchObject({ account: '000000000000', region: 'us-east-1', seed: undefined, closed: false });
    expect(Math.abs(sim.clock.now().getTime() - Date.now())).toBeLessThan(5_000);
    const { KeyMetadata } = await sim.as().createKey();
    expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:us-east-1:000000000000:key\/[0-9a-f-]{36}$/);
  });

  test('a seeded simulation begins with 2026, at the same instant every time', () => {
    expect(createKmsim({ seed: 'x' }).clock.now()).toEqual(new Date('2026-01-01T00:00:00Z'));
  });

  test('a seeded simulation whose clock is running gives the same keys on another day', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1) });
    try {
      const sim = createKmsim({ seed: 1, clock: 'running' });
      const arn = await newKey(sim);
      expect(arn).toBe(await newKey(createKmsim({ seed: 1 })));
      vi.setSystemTime(Date.UTC(2030, 0, 2));
      expect(sim.clock.now()).toEqual(new Date('2030-01-02T00:00:00Z'));
      // A snapshot has the clock with it.
      const later = createKmsim({ snapshot: JSON.parse(JSON.stringify(sim.snapshot())) });
      vi.setSystemTime(Date.UTC(2030, 0, 3));
      expect(later.clock.now()).toEqual(new Date('2030-01-03T00:00:00Z'));
      expect(() => createKmsim({ snapshot: sim.snapshot(), clock: 'still' })).toThrow('leave clock out');
    } finally {
      vi.useRealTimers();
    }
  });

  test('nothing repeats without a seed', async () => {
    const ids = await Promise.all([createKmsim(), createKmsim()].map(newKey));
    expect(ids[0]).not.toBe(ids[1]);
  });
});

describe('options', () => {
  test('account, Region and start are what the answers show', async () => {
    const sim = createKmsim({ seed: 7, account: '111122223333', region: 'eu-central-1', start: '2030-06-01' });
    const { KeyMetadata } = await sim.as().createKey();
    expect(KeyMetadata).toMatchObject({ AWSAccountId: '111122223333', CreationDate: new Date('2030-06-01T00:00:00Z') });
    expect(KeyMetadata?.Arn).toContain(':eu-central-1:111122223333:');
  });

  test('a seed is the same as text and as a number', async () => {
    expect(await newKey(createKmsim({ seed: 7 }))).toBe(await newKey(createKmsim({ seed: '7' })));
    expect(await newKey(createKmsim({ seed: 8 }))).not.toBe(await newKey(createKmsim({ seed: '7' })));
  });

  test.each(['cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-isob-east-1'])(
    '%s works, with the ARNs of its partition',
    async (region) => {
      const sim = createKmsim({ seed: 1, region });
      const KeyId = await newKey(sim);
      const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext: bytes('x') });
      const { KeyId: arn = '' } = await sim.as().decrypt({ CiphertextBlob });
      expect(sim.caller().principal.arn.split(':')[1]).toBe(arn.split(':')[1]);
      expect(arn).not.toMatch(/^arn:aws:/);
    },
  );

  test('a caller of one partition has no business in another', () => {
    const sim = createKmsim();
    expect(kmsimErrorOf(() => sim.as(undefined, { region: 'cn-north-1' })).code).toBe('InvalidOption');
    expect(() => sim.as('arn:aws-cn:iam::111122223333:root', { region: 'cn-north-1' })).not.toThrow();
  });

  const wrong: readonly (readonly [problem: RegExp, options: unknown])[] = [
    [/^createKmsim has no option "sed"\. Did you mean seed\? /, { sed: 1 }],
    [/^createKmsim has no option "__proto__"\. It takes seed, start, .*, trail\. /, JSON.parse('{"__proto__":1}')],
    [/^createKmsim takes an object of options, not null\. /, null],
    [/^createKmsim takes an object of options, not "seed"\. /, 'seed'],
    [/seed is text or a number, not null/, { seed: null }],
    [/seed is text or a number, not NaN/, { seed: Number.NaN }],
    [/account is an account id of 12 digits, not "1"/, { account: '1' }],
    [/account is an account id of 12 digits, not 111122223333/, { account: 111122223333 }],
    [/account is an account id of 12 digits/, { account: '111122223333\n' }],
    [/region is the name of a Region \('us-east-1'\), not "mars"/, { region: 'mars' }],
    [/region is the name of a Region/, { region: 'us-east-1/x' }],
    [/region is the name of a Region/, { region: `us-${'a'.repeat(64)}-1` }],
    [/backend is 'native' or 'portable', not "fast"/, { backend: 'fast' }],
    [/identities is a list of users and roles/, { identities: { arn: 'x' } }],
    [/identities is a list of users and roles/, { identities: [{}] }],
    [/accessKeys is a list of access keys/, { accessKeys: [{ accessKeyId: 'a/b', secretAccessKey: 'x' }] }],
    [/accessKeys is a list of access keys/, { accessKeys: [{ accessKeyId: 'a' }] }],
    [
      /^Two access keys are named a\. /,
      {
        accessKeys: [
          { accessKeyId: 'a', secretAccessKey: 'x' },
          { accessKeyId: 'a', secretAccessKey: 'y' },
        ],
      },
    ],
    [/consistency is 'immediate' or 'eventual', not "sometimes"/, { consistency: 'sometimes' }],
    [/trace is true, false, 'sha256' or 'inputs', not "all"/, { seed: 1, trace: 'all' }],
    [/^trace: 'inputs' needs a seed/, { trace: 'inputs' }],
    [/^trace: 'inputs' needs a clock that stands still/, { seed: 1, clock: 'running', trace: 'inputs' }],
    [/^A start needs a seed\. /, { start: '2026-01-01' }],
    [/^A clock that stands still needs a seed\. /, { clock: 'still' }],
    [/clock is 'still' or 'running', not "fast"/, { seed: 1, clock: 'fast' }],
  ];

  test.each(wrong)('%s', (problem, options) => {
    const error = kmsimErrorOf(() => createKmsim(options as KmsimOptions));
    expect(error.code).toBe('InvalidOption');
    expect(error.message).toMatch(problem);
    expect(error.message.endsWith(error.hint)).toBe(true);
  });

  test('a start that is no instant is refused as one', () => {
    expect(kmsimErrorOf(() => createKmsim({ seed: 1, start: 'soon' })).code).toBe('InvalidInstant');
  });

  test.each(['soon', '', -1, Number.NaN, {}])(
    'a grant delay that is no duration is refused as one: %j',
    (grantDelay) => {
      const error = kmsimErrorOf(() => createKmsim({ grantDelay: grantDelay as string }));
      expect(error.code).toBe('InvalidDuration');
    },
  );

  test('a message shows neither a secret nor a control character', () => {
    const options = { accessKeys: [{ accessKeyId: 1, secretAccessKey: 'hunter2' }] } as unknown as KmsimOptions;
    expect(kmsimErrorOf(() => createKmsim(options)).message).not.toContain('hunter2');
    const { message } = kmsimErrorOf(() => createKmsim({ region: 'a\u001b[31m\u202e' }));
    expect(message).toMatch(/^[\x20-\x7e]+$/);
  });

  test('options that are undefined are absent', () => {
    const options = { seed: undefined, account: undefined, snapshot: undefined } as unknown as KmsimOptions;
    expect(createKmsim(options)).toMatchObject({ account: '000000000000', seed: undefined });
  });
});

describe('several side by side', () => {
  test('share neither keys nor clocks nor identities, with the same seed and without', async () => {
    for (const options of [{ seed: 'same' }, {}]) {
      const [one, two] = [createKmsim(options), createKmsim(options)];
      const KeyId = await newKey(one);
      const { CiphertextBlob } = await one.as().encrypt({ KeyId, Plaintext: bytes('mine') });
      one.clock.advance('10 days');
      one.identities.put({
        arn: 'arn:aws:iam::000000000000:role/App',
        policies: { all: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
      });
      expect((await two.as().listKeys()).Keys).toEqual([]);
      expect(two.clock.now().getTime()).toBeLessThan(one.clock.now().getTime() - 9 * 86_400_000);
      expect(two.explain({ as: 'arn:aws:iam::000000000000:role/App', operation: 'CreateKey' }).allowed).toBe(false);
      await expect(two.as().decrypt({ CiphertextBlob })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    }
  });

  test('what a caller does to an answer changes no simulation', async () => {
    const sim = createKmsim({ seed: 1 });
    const { KeyMetadata } = await sim.as().createKey({ Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    const KeyId = KeyMetadata?.KeyId ?? '';
    (KeyMetadata?.EncryptionAlgorithms as string[]).length = 0;
    const { Tags } = await sim.as().listResourceTags({ KeyId });
    (Tags?.[0] as { TagValue: string }).TagValue = 'changed';
    const { CiphertextBlob } = await sim.as().encrypt({ KeyId, Plaintext: bytes('x') });
    const copy = Uint8Array.from(CiphertextBlob ?? []);
    CiphertextBlob?.fill(0);
    await expect(sim.as().decrypt({ CiphertextBlob: copy })).resolves.toMatchObject({
      EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    });
    expect((await sim.as().listResourceTags({ KeyId })).Tags).toEqual([{ TagKey: 'a', TagValue: 'b' }]);
    const other = await createKmsim().as().createKey();
    expect(other.KeyMetadata?.EncryptionAlgorithms).toEqual(['SYMMETRIC_DEFAULT']);
  });
});

describe('the end', () => {
  test.each([
    ['close()', (sim: Kmsim) => sim.close()],
    [
      'using',
      (sim: Kmsim) => {
        using _ = sim;
      },
    ],
    [
      'await using',
      async (sim: Kmsim) => {
        await using _ = sim;
      },
    ],
  ] as const)('after %s every door in process refuses, also those that were opened before', async (_, end) => {
    const sim = createKmsim();
    const direct = sim.as();
    const sdk = new KMS(sim.clientConfig());
    const old = new OldKms(sim.clientConfig());
    await end(sim);
    expect(sim.closed).toBe(true);
    for (const refused of [
      () => sim.as(),
      () => sim.clientConfig(),
      () => sim.snapshot(),
      () => sim.kms,
      () => sim.explain({ operation: 'ListKeys' }),
      () => sim.caller(),
      () => sim.identities.put({ arn: 'arn:aws:iam::000000000000:role/App' }),
      () => sim.organization.put({ id: 'o-1' }),
      () => sim.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1' }),
      () => sim.support.restoreKeyPolicy('x'),
      () => sim.clock.advance('1 day'),
      () => sim.clock.advanceTo('2100-01-01'),
      () => sim.faults.set({}),
      () => sim.faults.set({ draw: {} }),
      () => sim.quotas.set('AWS KMS keys', 3),
      () => {
        sim.quotas.mode = 'enforce';
      },
    ]) {
      expect(kmsimErrorOf(refused).code).toBe('Closed');
    }
    for (const call of [() => direct.listKeys(), () => sdk.listKeys({}), () => old.listKeys({})]) {
      await expect(call()).rejects.toMatchObject({ name: 'KmsimError', code: 'Closed' });
    }
    expect(() => sim.close()).not.toThrow();
    // What has happened can be read.
    expect(sim.clock.now()).toBeInstanceOf(Date);
    expect([sim.faults.plan, sim.faults.happened, sim.quotas.mode]).toEqual([{}, [], 'meter']);
  });
});

test('a KmsimError is an Error with a code and a hint', () => {
  expect(kmsimErrorOf(() => createKmsim({ account: '' }))).toBeInstanceOf(KmsimError);
});

// What nobody has called for is done by whoever looks first.
test('in a live simulation explain and whoCan see what is due', async () => {
  vi.useFakeTimers({ now: new Date('2035-05-05T05:05:05Z') });
  try {
    using sim = createKmsim();
    const keys = [await sim.as().createKey(), await sim.as().createKey()].map((made) => made.KeyMetadata?.Arn ?? '');
    for (const KeyId of keys) await sim.as().scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    vi.setSystemTime(new Date('2035-05-13T05:05:05Z'));
    const [one = '', other = ''] = keys;
    expect(() => sim.explain({ operation: 'DescribeKey', keyId: one })).toThrow(/does not exist/);
    vi.setSystemTime(new Date('2035-05-14T05:05:05Z'));
    expect(() => sim.whoCan('DescribeKey', other)).toThrow(/does not exist/);
  } finally {
    vi.useRealTimers();
  }
});
