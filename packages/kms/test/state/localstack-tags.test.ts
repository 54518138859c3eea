// LocalStack's tags in CreateKey: only where they were asked for, and then as there.

import { createHmac } from 'node:crypto';
import { chooseBackend } from '@kmsim/hsm-core';
import { simulatedWorld, Trace } from '@kmsim/world';
import { expect, test } from 'vitest';
import { createKms, type Kms } from '../../src/kms.ts';
import { localstackTags } from '../../src/state/localstack-tags.ts';
import { replayTrace } from '../../src/trace/replay-trace.ts';
import { admin, everything, ours, policyText } from '../engine.ts';

const id = 'bffb20d8-35ca-4408-9d54-f775b929b38d';
// The key of RFC 5915 that local-kms shows in its README; secp256r1.
const sec1 =
  'MHcCAQEEIMnOrUrXr8rwne7d8f01cfwmpS/w+K7jcyWmmeLDgWKaoAoGCCqGSM49AwEHoUQDQgAEYNMBBZ3h1ipuph1iO5k+yLvTs94UN71quXN3f0P/tprs2Fp2FEasM7m7XZ2xlDK3wcEAs1QEIoQjjwnhcptQ6A==';
const tag = (TagKey: string, TagValue: string): { TagKey: string; TagValue: string } => ({ TagKey, TagValue });

function backend(): NonNullable<ReturnType<typeof chooseBackend>> {
  const found = chooseBackend();
  if (found === undefined) throw new Error('no backend here');
  return found;
}

function engine(asked: boolean, trace?: Trace): Kms {
  const world = simulatedWorld({ seed: 'tags' });
  const kms = createKms({ world, backend: backend(), trace, ...(asked && { fixedKeys: localstackTags }) });
  kms.identities.put({
    arn: `arn:aws:iam::${ours}:user/administrator`,
    policies: [{ name: 'all', text: policyText(everything) }],
  });
  return kms;
}

test('are tags like any other until somebody asks', async () => {
  const kms = engine(false).as(admin);
  const { KeyMetadata } = await kms.createKey({ Tags: [tag('_custom_id_', id)] });
  expect(KeyMetadata?.KeyId).not.toBe(id);
});

test('the id is that of the key, and stays a tag of it', async () => {
  const kms = engine(true).as(admin);
  const { KeyMetadata } = await kms.createKey({ Tags: [tag('_custom_id_', id), tag('a', 'b')] });
  expect(KeyMetadata?.KeyId).toBe(id);
  expect((await kms.listResourceTags({ KeyId: id })).Tags).toEqual([tag('_custom_id_', id), tag('a', 'b')]);
  await expect(kms.createKey({ Tags: [tag('_custom_id_', id)] })).rejects.toMatchObject({
    code: 'AlreadyExistsException',
  });
});

test('the material is that of the key, and is no tag of it', async () => {
  const kms = engine(true).as(admin);
  const secret = Buffer.alloc(32, 3);
  const { KeyMetadata } = await kms.createKey({
    KeySpec: 'HMAC_256',
    KeyUsage: 'GENERATE_VERIFY_MAC',
    Tags: [tag('_custom_key_material_', secret.toString('base64'))],
  });
  const KeyId = KeyMetadata?.KeyId ?? '';
  const Message = Buffer.from('some important message');
  const { Mac } = await kms.generateMac({ KeyId, MacAlgorithm: 'HMAC_SHA_256', Message });
  expect(Buffer.from(Mac ?? [])).toEqual(createHmac('sha256', secret).update(Message).digest());
  expect((await kms.listResourceTags({ KeyId })).Tags).toEqual([]);
});

test('key pairs take DER; what is no key of the spec, and an id of another form, is refused', async () => {
  const kms = engine(true).as(admin);
  const pair = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;
  const { KeyMetadata } = await kms.createKey({ ...pair, Tags: [tag('_custom_key_material_', sec1)] });
  const { PublicKey } = await kms.getPublicKey({ KeyId: KeyMetadata?.KeyId ?? '' });
  // The point stands at the end of the private key, too.
  expect(Buffer.from(PublicKey ?? []).subarray(-64)).toEqual(Buffer.from(sec1, 'base64').subarray(-64));
  const wrong = [
    { ...pair, Tags: [tag('_custom_key_material_', 'AAAA')] },
    { Tags: [tag('_custom_key_material_', sec1)] },
    { Tags: [tag('_custom_id_', 'my-key')] },
    { Tags: [tag('_custom_id_', id)], MultiRegion: true },
    { Origin: 'EXTERNAL', Tags: [tag('_custom_key_material_', Buffer.alloc(32).toString('base64'))] },
  ] as const;
  for (const input of wrong)
    await expect(kms.createKey(input), JSON.stringify(input)).rejects.toMatchObject({ code: 'ValidationException' });
});

test('a trace with inputs is played again with them', async () => {
  const trace = new Trace({ keepLines: true, inputs: true });
  await engine(true, trace)
    .as(admin)
    .createKey({ Tags: [tag('_custom_id_', id)] });
  expect(await replayTrace(trace.text(), backend())).toMatchObject({ difference: undefined, requests: 1 });
});
