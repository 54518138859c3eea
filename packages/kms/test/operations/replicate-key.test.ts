// ReplicateKey.

import { beforeAll, describe, expect, test } from 'vitest';
import { delegatingTo, everything, ours, policyText, TestEngine, texts, theirs, utf8 } from '../engine.ts';
import { librariesLoaded } from '../libraries.ts';
import { arnIn, east, inRegion, ireland, RelatedKeys, settledMs, west } from '../multi-region/world.ts';

beforeAll(() => librariesLoaded());

describe('a replica', () => {
  // Recording replicate-key.
  test('begins without material and not enabled, with a policy and a description of its own and no tags', () => {
    const keys = new RelatedKeys({
      Description: 'the primary',
      Tags: [{ TagKey: 'a', TagValue: '1' }],
      Policy: delegatingTo(ours, theirs),
    });
    const { ReplicaKeyMetadata, ReplicaPolicy, ReplicaTags } = keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    expect(ReplicaKeyMetadata).toMatchObject({
      Arn: keys.arn(west),
      KeyId: keys.id,
      KeyState: 'Creating',
      Enabled: false,
      Description: '',
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'REPLICA',
        PrimaryKey: { Arn: keys.arn(east), Region: east },
        ReplicaKeys: [{ Arn: keys.arn(west), Region: west }],
      },
    });
    expect(ReplicaKeyMetadata?.CurrentKeyMaterialId).toBeUndefined();
    expect(JSON.parse(ReplicaPolicy ?? '')).toMatchObject({ Id: 'key-default-1' });
    expect(ReplicaTags).toBeUndefined();
    expect(keys.call(west, 'ListResourceTags').Tags).toEqual([]);
    expect(keys.call(west, 'GetKeyPolicy').Policy).toBe(ReplicaPolicy);
  });

  test('has the policy, description and tags that the call gives it', () => {
    const keys = new RelatedKeys();
    const given = {
      Description: 'ours',
      Policy: delegatingTo(ours, theirs),
      Tags: [{ TagKey: 'b', TagValue: '2' }],
    };
    const answer = keys.call(east, 'ReplicateKey', { ReplicaRegion: west, ...given });
    expect(answer).toMatchObject({ ReplicaPolicy: given.Policy, ReplicaTags: given.Tags });
    expect(keys.describe(west).Description).toBe('ours');
    expect(keys.call(west, 'ListResourceTags').Tags).toEqual(given.Tags);
    expect(keys.describe(east).Description).toBe('');
  });

  test('is enabled after a while, with the material of the primary; the primary is so all the time', () => {
    const keys = new RelatedKeys();
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    expect(keys.states(east, west)).toEqual(['Enabled', 'Creating']);
    expect(keys.refusal(west, 'Encrypt', { Plaintext: utf8('x') })).toEqual({
      code: 'KMSInvalidStateException',
      message: `${keys.arn(west)} is creating.`,
    });
    keys.settle();
    expect(keys.states(east, west)).toEqual(['Enabled', 'Enabled']);
    expect(keys.describe(west).CurrentKeyMaterialId).toBe(keys.describe(east).CurrentKeyMaterialId);
  });

  test('is created when it was made, and each is listed in its Region', () => {
    const keys = new RelatedKeys();
    keys.wait(86_400_000);
    keys.replicate(west);
    expect(keys.describe(west).CreationDate?.getTime()).toBeGreaterThan(
      keys.describe(east).CreationDate?.getTime() ?? 0,
    );
    for (const region of [east, west])
      expect(keys.engine.call('ListKeys', {}, inRegion(region)).Keys).toEqual([
        { KeyId: keys.id, KeyArn: keys.arn(region) },
      ]);
    expect(keys.engine.call('ListKeys', {}, inRegion(ireland)).Keys).toEqual([]);
  });

  test('waits for material of its own when the primary’s was imported', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
    const id = keys.import(east, 'one');
    const blob = keys.encrypt(east);
    keys.replicate(west);
    expect(keys.state(west)).toBe('PendingImport');
    expect(keys.refusal(west, 'Encrypt', { Plaintext: utf8('x') }).message).toBe(
      `${keys.arn(west)} is pending import.`,
    );
    expect(keys.refusal(west, 'ImportKeyMaterial', keys.wrapped(west, 'two')).code).toBe(
      'IncorrectKeyMaterialException',
    );
    expect(keys.import(west, 'one')).toBe(id);
    expect(keys.state(west)).toBe('Enabled');
    expect(keys.decrypt(west, blob)).toMatchObject({ KeyId: keys.arn(west), KeyMaterialId: id });
  });

  test('comes with all versions of the material', () => {
    const keys = new RelatedKeys();
    const blobs = [keys.encrypt(east, '0')];
    for (const turn of ['1', '2']) {
      keys.call(east, 'RotateKeyOnDemand');
      keys.settle();
      blobs.push(keys.encrypt(east, turn));
    }
    keys.replicate(west);
    expect(keys.materials(west)).toEqual(keys.materials(east));
    for (const [turn, blob] of blobs.entries())
      expect(new TextDecoder().decode(keys.decrypt(west, blob).Plaintext)).toBe(String(turn));
  });
});

describe('a ciphertext', () => {
  test('of one Region opens in each that has the key, under its ARN there, and in no other', () => {
    const keys = new RelatedKeys().replicate(west);
    for (const [from, to] of [
      [east, west],
      [west, east],
      [west, west],
    ] as const) {
      const blob = keys.encrypt(from, from);
      const opened = keys.decrypt(to, blob);
      expect(new TextDecoder().decode(opened.Plaintext)).toBe(from);
      expect(opened.KeyId).toBe(keys.arn(to));
      expect(keys.call(to, 'Decrypt', { CiphertextBlob: blob }).KeyId).toBe(keys.arn(to));
      const there = inRegion(ireland);
      expect(keys.engine.refusal('Decrypt', { CiphertextBlob: blob }, there)).toEqual({
        code: 'AccessDeniedException',
        message: texts.hidden(there, 'kms:Decrypt'),
      });
    }
  });

  test('can be encrypted again for the key of another Region there', () => {
    const keys = new RelatedKeys().replicate(west);
    const { CiphertextBlob = new Uint8Array(), SourceKeyId } = keys.engine.call(
      'ReEncrypt',
      { CiphertextBlob: keys.encrypt(east), DestinationKeyId: keys.id },
      inRegion(west),
    );
    expect(SourceKeyId).toBe(keys.arn(west));
    expect(keys.decrypt(east, CiphertextBlob).KeyId).toBe(keys.arn(east));
  });
});

test('a signature and a MAC of one Region hold in the other, and the public key is one', () => {
  const engine = new TestEngine();
  const signer = new RelatedKeys({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, engine).replicate(west);
  const Message = utf8('message');
  const by = { Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
  const { Signature = new Uint8Array() } = signer.call(east, 'Sign', by);
  expect(signer.call(west, 'Verify', { ...by, Signature })).toMatchObject({
    KeyId: signer.arn(west),
    SignatureValid: true,
  });
  expect(signer.call(west, 'GetPublicKey').PublicKey).toEqual(signer.call(east, 'GetPublicKey').PublicKey);
  const macs = new RelatedKeys({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }, engine).replicate(west);
  const how = { Message, MacAlgorithm: 'HMAC_SHA_256' } as const;
  const { Mac = new Uint8Array() } = macs.call(west, 'GenerateMac', how);
  expect(macs.call(east, 'VerifyMac', { ...how, Mac })).toMatchObject({ MacValid: true });
});

describe('refused', () => {
  test.each([
    ['its own Region', east, 'UnsupportedOperationException'],
    ['a Region of another partition', 'cn-north-1', 'UnsupportedOperationException'],
    ['a Region that is none', 'us-middle-7', 'UnsupportedOperationException'],
    ['what is no name of a Region', 'somewhere', 'ValidationException'],
  ])('into %s', (_name, ReplicaRegion, code) => {
    expect(new RelatedKeys().refusal(east, 'ReplicateKey', { ReplicaRegion }).code).toBe(code);
  });

  test('of a single-Region key and of a replica', () => {
    const keys = new RelatedKeys().replicate(west);
    const words = (arn: string) => ({
      code: 'UnsupportedOperationException',
      message: `${arn} is not a multi-region primary key.`,
    });
    expect(keys.refusal(west, 'ReplicateKey', { ReplicaRegion: ireland })).toEqual(words(keys.arn(west)));
    const { Arn } = keys.engine.createKey();
    expect(keys.engine.refusal('ReplicateKey', { KeyId: Arn, ReplicaRegion: ireland })).toEqual(words(Arn));
  });

  test('where there is one, also while it is pending deletion', () => {
    const keys = new RelatedKeys();
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    const refused = {
      code: 'AlreadyExistsException',
      message: `Key '${keys.arn(west)}' already exists`,
    };
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: west })).toEqual(refused);
    keys.settle();
    keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: west })).toEqual(refused);
  });

  test.each([
    ['DisableKey', 'DisabledException', 'is disabled.'],
    ['ScheduleKeyDeletion', 'KMSInvalidStateException', 'is pending deletion.'],
  ] as const)('after %s', (operation, code, words) => {
    const keys = new RelatedKeys();
    keys.call(east, operation);
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: west })).toEqual({
      code,
      message: `${keys.arn(east)} ${words}`,
    });
  });

  test('of a key without its material', () => {
    const keys = new RelatedKeys({ Origin: 'EXTERNAL' });
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: west }).message).toBe(
      `${keys.arn(east)} is pending import.`,
    );
  });

  test('with a policy that locks out, and with tags that are none', () => {
    const keys = new RelatedKeys();
    const Policy = policyText({
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${theirs}:root` },
      Action: 'kms:*',
      Resource: '*',
    });
    const ReplicaRegion = west;
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion, Policy }).code).toBe('MalformedPolicyDocumentException');
    const Tags = [{ TagKey: 'aws:x', TagValue: '' }];
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion, Tags }).code).toBe('TagException');
    keys.call(east, 'ReplicateKey', { ReplicaRegion, Policy, BypassPolicyLockoutSafetyCheck: true });
  });
});

describe('who may', () => {
  const user = `arn:aws:iam::${ours}:user/u`;
  const allow = (Action: string | string[], Resource: string, region?: string) => ({
    Effect: 'Allow' as const,
    Action,
    Resource,
    ...(region !== undefined && { Condition: { StringEquals: { 'aws:RequestedRegion': region } } }),
  });

  test('whoever may replicate the primary, and create and tag keys in the Region of the replica', () => {
    const keys = new RelatedKeys();
    const Tags = [{ TagKey: 'a', TagValue: '' }];
    const ask = { KeyId: keys.id, ReplicaRegion: west, Tags };
    const rights = [
      allow('kms:ReplicateKey', keys.arn(east), east),
      allow('kms:CreateKey', '*', west),
      allow('kms:TagResource', '*', west),
    ];
    const actions = ['kms:ReplicateKey', 'kms:CreateKey', 'kms:TagResource'];
    for (const [at, action] of actions.entries()) {
      const by = keys.engine.attach(user, ...rights.filter((_, each) => each !== at));
      const resource = at === 0 ? keys.arn(east) : '*';
      expect(keys.engine.refusal('ReplicateKey', ask, by)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noIdentityPolicy(by, action, resource),
      });
    }
    keys.engine.call('ReplicateKey', ask, keys.engine.attach(user, ...rights));
  });

  test('a condition on CreateKey sees the kind of the replica', () => {
    const keys = new RelatedKeys({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const conditions = {
      'kms:MultiRegionKeyType': 'REPLICA',
      'kms:MultiRegion': 'true',
      'kms:KeySpec': 'HMAC_256',
      'kms:ReplicaRegion': west,
    };
    const by = keys.engine.attach(user, allow('kms:ReplicateKey', '*'), {
      ...allow('kms:CreateKey', '*'),
      Condition: { StringEquals: conditions },
    });
    keys.engine.call('ReplicateKey', { KeyId: keys.id, ReplicaRegion: west }, by);
    expect(keys.engine.refusal('ReplicateKey', { KeyId: keys.id, ReplicaRegion: ireland }, by).code).toBe(
      'AccessDeniedException',
    );
  });

  test('nobody of another account', () => {
    const keys = new RelatedKeys({ Policy: delegatingTo(ours, theirs) });
    const by = keys.engine.attach(`arn:aws:iam::${theirs}:user/u`, everything);
    const ask = { KeyId: keys.arn(east), ReplicaRegion: west };
    expect(keys.engine.refusal('ReplicateKey', ask, by).code).toBe('AccessDeniedException');
  });
});

test('a replica that was deleted can be made again, with the same material', () => {
  const keys = new RelatedKeys().replicate(west);
  const blob = keys.encrypt(west);
  keys.call(west, 'ScheduleKeyDeletion', { PendingWindowInDays: 7 });
  keys.wait(7 * 86_400_000 + settledMs);
  expect(keys.engine.refusal('DescribeKey', { KeyId: keys.id }, inRegion(west)).message).toBe(
    `Key '${arnIn(west, keys.id)}' does not exist`,
  );
  expect(keys.describe(east).MultiRegionConfiguration?.ReplicaKeys).toEqual([]);
  keys.decrypt(east, blob);
  keys.replicate(west);
  expect(keys.decrypt(west, blob).KeyId).toBe(keys.arn(west));
});
