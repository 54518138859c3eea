// Clients of the AWS SDK in process: what they are given, and what they meet when it is no answer of KMS.

import { KMS, KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { KMSClient as OldClient, KMS as OldKms } from 'client-kms-3-496';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKmsim, type KmsMethods } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

describe('the SDK client', () => {
  test('takes the configuration as it is, in both versions', async () => {
    using sim = createKmsim({ region: 'eu-west-1' });
    const client = new KMSClient(sim.clientConfig());
    const old = new OldClient(sim.clientConfig({ region: 'us-west-2' }));
    expect(await client.config.region()).toBe('eu-west-1');
    expect(await old.config.region()).toBe('us-west-2');
    expect((await client.send(new ListKeysCommand({}))).Keys).toEqual([]);
    client.destroy();
    expect(kmsimErrorOf(() => sim.clientConfig({ As: 'x' } as never)).message).toMatch(/has no option "As"/);
    expect(kmsimErrorOf(() => sim.clientConfig({ as: 'App' })).code).toBe('InvalidPrincipal');
  });

  test('that is given a Region of its own calls there, in both versions', async () => {
    using sim = createKmsim();
    for (const sdk of [KMS, OldKms]) {
      const ireland = new sdk({ ...sim.clientConfig(), region: 'eu-west-1' });
      const { KeyMetadata } = await ireland.createKey({});
      expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:000000000000:key/);
      const home = new sdk({ ...sim.clientConfig({ region: 'eu-west-1' }), region: 'us-east-1' });
      const { Keys } = await (home as unknown as KmsMethods).listKeys();
      expect(Keys).toEqual([]);
    }
    const china = new KMS({ ...sim.clientConfig(), region: 'cn-north-1' });
    await expect(china.listKeys({})).rejects.toMatchObject({ code: 'InvalidOption' });
  });

  test.each(['nowhere', 'EU-WEST-1', 'us-east-1a', 'toString'])(
    'is told of a Region that is none: %s',
    async (region) => {
      using sim = createKmsim();
      for (const sdk of [KMS, OldKms]) {
        const client = new sdk({ ...sim.clientConfig(), region }) as unknown as KmsMethods;
        await expect(client.createKey()).rejects.toMatchObject({ code: 'InvalidOption' });
      }
      expect((await sim.as().listKeys()).Keys).toEqual([]);
    },
  );

  test('whose Region is "local" calls from the one of the configuration', async () => {
    using sim = createKmsim({ region: 'eu-west-1' });
    const { KeyMetadata } = await new KMS({ ...sim.clientConfig(), region: 'local' }).createKey({});
    expect(KeyMetadata?.Arn).toMatch(/^arn:aws:kms:eu-west-1:/);
  });

  test('a defect of kmsim is raised where the client was called, and not asked again', async () => {
    using sim = createKmsim();
    let asked = 0;
    Object.defineProperty(sim.kms, 'dispatch', {
      value: () => {
        asked += 1;
        throw new TypeError('a defect');
      },
    });
    await expect(new KMS(sim.clientConfig()).listKeys({})).rejects.toThrow(TypeError);
    expect(asked).toBe(1);
    await expect(new OldKms(sim.clientConfig()).listKeys({})).rejects.toThrow('a defect');
  });

  test('an aborted request changes nothing', async () => {
    using sim = createKmsim();
    const abort = AbortSignal.abort();
    await expect(new KMS(sim.clientConfig()).createKey({}, { abortSignal: abort })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await sim.as().listKeys()).Keys).toEqual([]);
  });

  test('a client that is destroyed takes nothing with it', async () => {
    using sim = createKmsim();
    const config = sim.clientConfig();
    const [one, two] = [new KMS(config), new OldKms(config)];
    await one.createKey({});
    one.destroy();
    expect((await two.listKeys({})).Keys).toHaveLength(1);
    expect((await one.listKeys({})).Keys).toHaveLength(1);
  });

  test('a plaintext in a pooled Buffer is taken as it is, and belongs to the caller afterwards', async () => {
    using sim = createKmsim();
    for (const sdk of [new KMS(sim.clientConfig()), new OldKms(sim.clientConfig())]) {
      const kms = sdk as unknown as KmsMethods;
      const { KeyMetadata } = await kms.createKey({});
      const Plaintext = Buffer.from('in a pool');
      const { CiphertextBlob } = await kms.encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext });
      Plaintext.fill(0);
      expect(Buffer.from((await kms.decrypt({ CiphertextBlob })).Plaintext ?? []).toString()).toBe('in a pool');
    }
  });
});

describe('with fake timers', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a client is answered without one of them running, and a live clock is the faked one', async () => {
    vi.useFakeTimers({ now: new Date('2035-05-05T05:05:05Z') });
    using sim = createKmsim();
    for (const kms of [new KMS(sim.clientConfig()), new OldKms(sim.clientConfig())]) {
      const { KeyMetadata } = await kms.createKey({});
      expect(KeyMetadata?.CreationDate).toEqual(new Date('2035-05-05T05:05:05Z'));
    }
    vi.setSystemTime(new Date('2034-01-01'));
    expect(sim.clock.now()).toEqual(new Date('2035-05-05T05:05:05Z'));
  });
});
