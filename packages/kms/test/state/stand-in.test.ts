import { describe, expect, test } from 'vitest';
import { rehearse } from '../../src/rehearse.ts';
import { keyState } from '../../src/state/key-state.ts';
import { parseArn } from '../../src/state/names.ts';
import { type StandIn, standInKey, withoutAnyMaterial } from '../../src/state/stand-in.ts';
import { admin, ours, TestEngine, utf8 } from '../engine.ts';

const region = admin.region;
const arn = `arn:aws:kms:${region}:${ours}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function standIn(more: Partial<StandIn> = {}) {
  const name = parseArn(more.arn ?? arn);
  if (name === undefined) throw new Error('no ARN');
  return standInKey(
    {
      ...{ arn, name, createdAt: 0, spec: 'SYMMETRIC_DEFAULT', usage: 'ENCRYPT_DECRYPT', origin: 'AWS_KMS' },
      ...{ primaryRegion: undefined, awsAlias: undefined, policy: undefined, tags: [] },
      ...more,
    },
    1,
  );
}

describe('a stand-in', () => {
  test('has the name it is given, and the default key policy', () => {
    const key = standIn();
    expect(key).toMatchObject({ arn, id: '1234abcd-12ab-34cd-56ef-1234567890ab', account: ours, region });
    expect(JSON.parse(key.policy)).toMatchObject({ Id: 'key-default-1' });
    expect(keyState(key, 0)).toBe('Enabled');
  });

  test.each(['AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM'] as const)('of the origin %s is usable', (origin) => {
    expect(keyState(standIn({ origin }), 0)).toBe('Enabled');
    expect(keyState({ ...standIn({ origin }), ...withoutAnyMaterial }, 0)).toBe('PendingImport');
  });

  test('of an AWS alias has the policy of its service', () => {
    const key = standIn({ awsAlias: 'alias/aws/s3' });
    expect([key.manager, (JSON.parse(key.policy) as { Id: string }).Id]).toEqual(['AWS', 'auto-s3-2']);
  });

  test('can be decided about, and nothing more', () => {
    const engine = new TestEngine();
    engine.kms.state.set('keys', arn, standIn());
    const encrypt = { KeyId: arn, Plaintext: utf8('x') };
    const question = { operation: 'Encrypt', input: encrypt, caller: admin, until: 'judgement' } as const;
    expect(rehearse(engine.kms, question)).toBeUndefined();
    expect(engine.refusal('Encrypt', encrypt).code).toBe('KMSInvalidStateException');
    engine.call('ScheduleKeyDeletion', { KeyId: arn, PendingWindowInDays: 7 });
    engine.kms.moveClock(engine.kms.world.clock.now() + 8 * 86_400_000);
    expect(engine.kms.state.get('keys', arn)).toBeUndefined();
  });
});
