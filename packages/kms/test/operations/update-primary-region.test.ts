// UpdatePrimaryRegion.

import { describe, expect, test } from 'vitest';
import { ours, texts, utf8 } from '../engine.ts';
import { east, inRegion, ireland, RelatedKeys, settledMs, west } from '../multi-region/world.ts';

const types = (keys: RelatedKeys, ...where: readonly string[]) =>
  where.map((region) => keys.describe(region).MultiRegionConfiguration?.MultiRegionKeyType);

describe('the roles', () => {
  test('change, and every related key says so', () => {
    const keys = new RelatedKeys().replicate(west, ireland);
    expect(keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west })).toEqual({});
    keys.settle();
    expect(types(keys, east, west, ireland)).toEqual(['REPLICA', 'PRIMARY', 'REPLICA']);
    for (const region of [east, west, ireland]) {
      expect(keys.describe(region).MultiRegionConfiguration).toMatchObject({
        PrimaryKey: { Arn: keys.arn(west), Region: west },
        ReplicaKeys: [
          { Arn: keys.arn(east), Region: east },
          { Arn: keys.arn(ireland), Region: ireland },
        ],
      });
    }
    expect(keys.states(east, west, ireland)).toEqual(['Enabled', 'Enabled', 'Enabled']);
  });

  test('nobody is primary while they change, both are updating, and cryptography goes on', () => {
    const keys = new RelatedKeys().replicate(west);
    const before = keys.encrypt(east);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    expect(keys.states(east, west)).toEqual(['Updating', 'Updating']);
    expect(types(keys, east, west)).toEqual(['REPLICA', 'REPLICA']);
    for (const region of [east, west]) {
      expect(keys.decrypt(region, keys.encrypt(region)).KeyId).toBe(keys.arn(region));
      keys.decrypt(region, before);
    }
  });

  test('may change on, and back again', () => {
    const keys = new RelatedKeys().replicate(west, ireland);
    for (const [from, to] of [
      [east, west],
      [west, ireland],
      [ireland, east],
    ] as const) {
      keys.call(from, 'UpdatePrimaryRegion', { PrimaryRegion: to });
      keys.settle();
      expect(types(keys, to)).toEqual(['PRIMARY']);
    }
    expect(types(keys, east, west, ireland)).toEqual(['PRIMARY', 'REPLICA', 'REPLICA']);
  });

  test('bring the right to replicate and to rotate with them, and the rotation that was set', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.settle();
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.settle();
    expect(keys.refusal(east, 'ReplicateKey', { ReplicaRegion: ireland }).code).toBe('UnsupportedOperationException');
    keys.call(west, 'ReplicateKey', { ReplicaRegion: ireland });
    keys.wait(90 * 86_400_000 + settledMs);
    expect(keys.materials(west)).toHaveLength(2);
    expect(keys.materials(east)).toEqual(keys.materials(west));
    expect(keys.materials(ireland)).toEqual(keys.materials(west));
  });

  test('keep a rotation that is under way', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'RotateKeyOnDemand');
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.settle();
    expect(keys.materials(west)).toHaveLength(2);
    expect(keys.materials(east)).toEqual(keys.materials(west));
    expect(keys.describe(east).CurrentKeyMaterialId).toBe(keys.materials(west)[1]?.[0]);
  });

  // A rotation that fell due while nobody was primary.
  test('make up for a rotation that fell due while they changed', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.wait(90 * 86_400_000 - 500);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.settle();
    expect(keys.materials(west)).toHaveLength(2);
    expect(keys.call(west, 'ListKeyRotations').Rotations).toMatchObject([{ RotationType: 'AUTOMATIC' }]);
  });
});

describe('while the key is updating', () => {
  const refused: readonly (readonly [operation: 'EnableKey', input: object])[] = [
    ['EnableKey', {}],
    ['DisableKey' as 'EnableKey', {}],
    ['ScheduleKeyDeletion' as 'EnableKey', {}],
    ['ReplicateKey' as 'EnableKey', { ReplicaRegion: ireland }],
    ['UpdatePrimaryRegion' as 'EnableKey', { PrimaryRegion: ireland }],
    ['RotateKeyOnDemand' as 'EnableKey', {}],
  ];
  test.each(refused)('%s is refused in both Regions', (operation, input) => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    for (const region of [east, west]) {
      expect(keys.refusal(region, operation, input)).toEqual({
        code: 'KMSInvalidStateException',
        message: `${keys.arn(region)} is updating.`,
      });
    }
  });

  // The table of key states allows it, and nobody is primary: the new primary has it when the role arrives.
  test.each([
    [east, true],
    [west, true],
    [east, false],
    [west, false],
  ])('automatic rotation can be switched, in %s: %s', (region, on) => {
    let keys = new RelatedKeys().replicate(west);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 100 });
    keys.settle();
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    if (on) keys.call(region, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    else keys.call(region, 'DisableKeyRotation');
    keys = keys.restored().settle();
    for (const each of [east, west]) {
      const { KeyRotationEnabled, RotationPeriodInDays } = keys.call(each, 'GetKeyRotationStatus');
      expect([KeyRotationEnabled, RotationPeriodInDays]).toEqual(on ? [true, 90] : [false, undefined]);
    }
  });

  test('automatic rotation can be switched when the new primary has its role and the old one waits to hear it', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    keys.wait(1_000);
    expect(keys.states(east, west)).toEqual(['Updating', 'Enabled']);
    keys.call(east, 'EnableKeyRotation', { RotationPeriodInDays: 90 });
    keys.settle();
    for (const region of [east, west]) expect(keys.call(region, 'GetKeyRotationStatus').RotationPeriodInDays).toBe(90);
  });

  test('policies, tags and aliases can be changed', () => {
    const keys = new RelatedKeys().replicate(west);
    keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
    for (const region of [east, west]) {
      const { Policy = '' } = keys.call(region, 'GetKeyPolicy');
      keys.call(region, 'PutKeyPolicy', { Policy });
      keys.call(region, 'TagResource', { Tags: [{ TagKey: 'in', TagValue: region }] });
      keys.engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: keys.id }, inRegion(region));
    }
    expect(keys.states(east, west)).toEqual(['Updating', 'Updating']);
  });
});

describe('refused', () => {
  test('where there is no related key', () => {
    const keys = new RelatedKeys().replicate(west);
    expect(keys.refusal(east, 'UpdatePrimaryRegion', { PrimaryRegion: ireland })).toEqual({
      code: 'NotFoundException',
      message: `Key '${keys.arn(ireland)}' does not exist`,
    });
    expect(keys.refusal(east, 'UpdatePrimaryRegion', { PrimaryRegion: east }).code).toBe(
      'UnsupportedOperationException',
    );
  });

  test('to a replica and to a single-Region key', () => {
    const keys = new RelatedKeys().replicate(west, ireland);
    expect(keys.refusal(west, 'UpdatePrimaryRegion', { PrimaryRegion: ireland })).toEqual({
      code: 'UnsupportedOperationException',
      message: `${keys.arn(west)} is not a multi-region primary key.`,
    });
    const { Arn } = keys.engine.createKey();
    expect(keys.engine.refusal('UpdatePrimaryRegion', { KeyId: Arn, PrimaryRegion: west }).message).toBe(
      `${Arn} is not a multi-region primary key.`,
    );
  });

  test('unless both are enabled', () => {
    const keys = new RelatedKeys();
    keys.call(east, 'ReplicateKey', { ReplicaRegion: west });
    const promote = () => keys.refusal(east, 'UpdatePrimaryRegion', { PrimaryRegion: west }).message;
    expect(promote()).toBe(`${keys.arn(west)} is creating.`);
    keys.settle();
    for (const region of [east, west]) {
      keys.call(region, 'DisableKey');
      expect(promote()).toBe(`${keys.arn(region)} is disabled.`);
      keys.call(region, 'EnableKey');
    }
    keys.call(west, 'ScheduleKeyDeletion');
    expect(promote()).toBe(`${keys.arn(west)} is pending deletion.`);
  });

  test('without the permission on both keys, each in its Region', () => {
    const keys = new RelatedKeys().replicate(west);
    const action = 'kms:UpdatePrimaryRegion';
    const allow = (region: string) => ({
      Effect: 'Allow' as const,
      Action: action,
      Resource: keys.arn(region),
      Condition: { StringEquals: { 'aws:RequestedRegion': region, 'kms:PrimaryRegion': west } },
    });
    const user = `arn:aws:iam::${ours}:user/u`;
    const ask = { KeyId: keys.id, PrimaryRegion: west };
    for (const [has, lacks] of [
      [east, west],
      [west, east],
    ] as const) {
      const by = keys.engine.attach(user, allow(has));
      expect(keys.engine.refusal('UpdatePrimaryRegion', ask, by)).toEqual({
        code: 'AccessDeniedException',
        message: texts.noIdentityPolicy(by, action, keys.arn(lacks)),
      });
    }
    const by = keys.engine.attach(user, allow(east), allow(west));
    const asked = {
      caller: by,
      operation: 'UpdatePrimaryRegion',
      keyId: keys.id,
      input: { PrimaryRegion: west },
    } as const;
    expect(keys.engine.kms.explain(asked).map(({ request, outcome }) => [request.resource, outcome])).toEqual([
      [keys.arn(east), 'Allow'],
      [keys.arn(west), 'Allow'],
    ]);
    keys.engine.call('UpdatePrimaryRegion', ask, by);
  });
});

test('what was encrypted before and after opens in both Regions', () => {
  const keys = new RelatedKeys().replicate(west);
  const blobs = [keys.encrypt(east), keys.encrypt(west)];
  keys.call(east, 'UpdatePrimaryRegion', { PrimaryRegion: west });
  blobs.push(keys.encrypt(east), keys.encrypt(west));
  keys.settle();
  keys.call(west, 'RotateKeyOnDemand');
  keys.settle();
  blobs.push(keys.encrypt(east), keys.encrypt(west));
  for (const blob of blobs)
    for (const region of [east, west]) expect(keys.decrypt(region, blob).Plaintext).toEqual(utf8('secret'));
});
