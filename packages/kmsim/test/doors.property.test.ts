// Laws over random lives of a simulation: every door leads to the same place, and a snapshot taken anywhere goes on as if nothing had been.

import { KMS } from '@aws-sdk/client-kms';
import { fc, test } from '@fast-check/vitest';
import { KMS as OldKms } from 'client-kms-3-496';
import { expect } from 'vitest';
import { createKmsim, type Kmsim, type KmsimSnapshot, type KmsMethods } from '../src/index.ts';

const administrator = 'arn:aws:iam::000000000000:user/administrator';
const app = 'arn:aws:iam::000000000000:role/App';

/** What a life knows: the keys it made and the ciphertexts it holds, by number. */
interface Life {
  readonly keys: string[];
  readonly blobs: Uint8Array[];
}

type Step = (kms: KmsMethods, life: Life, sim: Kmsim) => Promise<object>;

const at = <T>(list: readonly T[], n: number): T | undefined => list[n % Math.max(list.length, 1)];
const key = ({ keys }: Life, n: number): string => at(keys, n) ?? 'alias/a0';
const number = fc.nat({ max: 5 });
const days = fc.integer({ min: 1, max: 500 });
const context = fc.constantFrom({}, { a: '1' }, { a: '1', b: 'ü' });

const policy = (action: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: administrator }, Action: 'kms:*', Resource: '*' },
      { Effect: 'Allow', Principal: { AWS: app }, Action: action, Resource: '*' },
    ],
  });

const create = number.map(
  (n): Step =>
    async (kms, life) => {
      const made = await kms.createKey({ Description: `${n}`, Tags: n > 2 ? [{ TagKey: 'n', TagValue: `${n}` }] : [] });
      life.keys.push(made.KeyMetadata?.KeyId ?? '');
      return made;
    },
);
const seal = fc.tuple(number, context, number).map(
  ([n, EncryptionContext, length]): Step =>
    async (kms, life) => {
      const sealed = await kms.encrypt({ KeyId: key(life, n), Plaintext: new Uint8Array(length), EncryptionContext });
      life.blobs.push(Uint8Array.from(sealed.CiphertextBlob ?? []));
      return sealed;
    },
);
const open = fc.tuple(number, context).map(
  ([n, EncryptionContext]): Step =>
    (kms, { blobs }) =>
      kms.decrypt({ CiphertextBlob: at(blobs, n) ?? new Uint8Array(9), EncryptionContext }),
);
const onKey: readonly ((kms: KmsMethods, KeyId: string, n: number) => Promise<object>)[] = [
  (kms, KeyId) => kms.describeKey({ KeyId }),
  (kms, KeyId) => kms.disableKey({ KeyId }),
  (kms, KeyId) => kms.enableKey({ KeyId }),
  (kms, KeyId, n) => kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 6 + n }),
  (kms, KeyId) => kms.cancelKeyDeletion({ KeyId }),
  (kms, KeyId) => kms.enableKeyRotation({ KeyId }),
  (kms, KeyId) => kms.disableKeyRotation({ KeyId }),
  (kms, KeyId) => kms.getKeyRotationStatus({ KeyId }),
  (kms, KeyId, n) => kms.createAlias({ AliasName: `alias/a${n}`, TargetKeyId: KeyId }),
  (kms, KeyId, n) => kms.updateAlias({ AliasName: `alias/a${n}`, TargetKeyId: KeyId }),
  (kms, _, n) => kms.deleteAlias({ AliasName: `alias/a${n}` }),
  (kms, KeyId, n) => kms.tagResource({ KeyId, Tags: [{ TagKey: `t${n}`, TagValue: '' }] }),
  (kms, KeyId, n) => kms.untagResource({ KeyId, TagKeys: [`t${n}`] }),
  (kms, KeyId, n) =>
    kms.putKeyPolicy({ KeyId, PolicyName: 'default', Policy: policy(n > 2 ? 'kms:*' : 'kms:Encrypt') }),
  (kms, KeyId) => kms.generateDataKey({ KeyId, NumberOfBytes: 24 }),
  (kms, KeyId) => kms.updateKeyDescription({ KeyId, Description: 'ü' }),
  (kms, _, n) => kms.listKeys({ Limit: n + 1 }),
  (kms) => kms.listAliases({}),
  (kms) => kms.describeKey({ KeyId: 'alias/aws/s3' }),
];
const manage = fc.tuple(fc.nat({ max: onKey.length - 1 }), number, number).map(
  ([which, k, n]): Step =>
    (kms, life) =>
      onKey[which]?.(kms, key(life, k), n) ?? expect.fail('no such step'),
);
const wait = days.map(
  (n): Step =>
    async (_kms, _life, sim) =>
      sim.clock.advance(`${n} days`),
);

const steps = fc.array(
  fc.tuple(
    fc.oneof({ weight: 2, arbitrary: create }, seal, open, { weight: 4, arbitrary: manage }, wait),
    fc.boolean(),
  ),
  { minLength: 3, maxLength: 25 },
);
type Steps = readonly (readonly [step: Step, asApp: boolean])[];

type Client = (sim: Kmsim, as: string) => KmsMethods;
const direct: Client = (sim, as) => sim.as(as);
const latest: Client = (sim, as) => new KMS(sim.clientConfig({ as })) as unknown as KmsMethods;
const old: Client = (sim, as) => new OldKms(sim.clientConfig({ as })) as unknown as KmsMethods;

/** What every step came to, without what belongs to the door: metadata, and the words for errors that KMS sends without a message. */
async function live(sim: Kmsim, client: Client, life: Life, all: Steps): Promise<unknown[]> {
  const [mine, theirs] = [client(sim, administrator), client(sim, app)];
  const told: unknown[] = [];
  for (const [step, asApp] of all) {
    const failed = ({ message, name }: Error): object =>
      name === 'InvalidCiphertextException' ? { name } : { name, message };
    const { $metadata: _, ...answer } = (await step(asApp ? theirs : mine, life, sim).catch(failed)) as {
      $metadata?: unknown;
    };
    const bytesAsList = (_name: string, value: unknown): unknown => (value instanceof Uint8Array ? [...value] : value);
    told.push(JSON.parse(JSON.stringify(answer, bytesAsList)));
  }
  return told;
}

const begin = (): Kmsim => createKmsim({ seed: 'laws', identities: [{ arn: app }] });
const newLife = (): Life => ({ keys: [], blobs: [] });
const after = (sim: Kmsim): string => JSON.stringify(sim.snapshot());

test.prop([steps], { numRuns: 40 })(
  'the direct door and both SDKs tell the same and leave the same simulation',
  async (all) => {
    const [one, two, three] = [begin(), begin(), begin()];
    const told = await live(one, direct, newLife(), all);
    const bySdk = await live(two, latest, newLife(), all);
    await live(three, old, newLife(), all);
    expect(bySdk).toEqual(told);
    expect([after(two), after(three)]).toEqual([after(one), after(one)]);
    expect(JSON.stringify(told)).not.toMatch(/InternalFailure|TypeError/);
  },
);

test.prop([steps, steps], { numRuns: 40 })(
  'a snapshot taken anywhere goes on as if nothing had been',
  async (before, then) => {
    const sim = begin();
    const life = newLife();
    await live(sim, direct, life, before);
    const saved = after(sim);
    const again = createKmsim({ snapshot: JSON.parse(saved) as KmsimSnapshot, backend: 'portable' });
    expect(after(again)).toBe(saved);
    const copy = { keys: [...life.keys], blobs: [...life.blobs] };
    expect(await live(again, direct, copy, then)).toEqual(await live(sim, direct, life, then));
    expect(after(again)).toBe(after(sim));
  },
);
