// How grants begin and end where that takes time.

import { describe, expect, test } from 'vitest';
import { dayMs, TestEngine, utf8 } from '../engine.ts';
import { alice, bob, grantIds, grantOn } from '../granting.ts';

const minute = 60_000;
const Plaintext = utf8('secret');

describe('a grant that takes time', () => {
  const slow = () => {
    const engine = new TestEngine({ grantPropagation: 5 * minute });
    return { engine, ...engine.createKey() };
  };

  test('works with its token at once, and for everybody after the delay', () => {
    const { engine, KeyId } = slow();
    const { GrantToken } = grantOn(engine, KeyId);
    expect(grantIds(engine, KeyId)).toHaveLength(1);
    const input = { KeyId, Plaintext };
    expect(engine.refusal('Encrypt', input, alice).code).toBe('AccessDeniedException');
    engine.call('Encrypt', { ...input, GrantTokens: [GrantToken] }, alice);
    engine.wait(5 * minute - 1);
    expect(engine.refusal('Encrypt', input, alice).code).toBe('AccessDeniedException');
    engine.wait(1);
    engine.call('Encrypt', input, alice);
  });

  test('keeps its instant in a snapshot', () => {
    const { engine, KeyId } = slow();
    grantOn(engine, KeyId);
    const again = new TestEngine({ snapshot: engine.snapshot() });
    expect(again.refusal('Encrypt', { KeyId, Plaintext }, alice).code).toBe('AccessDeniedException');
    again.wait(5 * minute);
    again.call('Encrypt', { KeyId, Plaintext }, alice);
  });

  test('goes on for as long when it was revoked or retired, and is listed no more', () => {
    const { engine, KeyId } = slow();
    const grants = [grantOn(engine, KeyId), grantOn(engine, KeyId, { GranteePrincipal: bob.principal.arn })] as const;
    engine.wait(dayMs);
    engine.call('RevokeGrant', { KeyId, GrantId: grants[0].GrantId });
    engine.call('RetireGrant', { GrantToken: grants[1].GrantToken });
    expect(grantIds(engine, KeyId)).toEqual([]);
    expect(engine.refusal('RetireGrant', { GrantToken: grants[0].GrantToken }).code).toBe('NotFoundException');
    const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
    for (const one of [engine, again]) {
      one.wait(5 * minute - 1);
      for (const who of [alice, bob]) one.call('Encrypt', { KeyId, Plaintext }, who);
      one.wait(1);
      for (const who of [alice, bob])
        expect(one.refusal('Encrypt', { KeyId, Plaintext }, who).code).toBe('AccessDeniedException');
      expect(one.snapshot().state.grants).toEqual([]);
    }
  });

  test('and was given up, and whose key is deleted meanwhile, leaves nothing', () => {
    const { engine, KeyId } = slow();
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.call('CancelKeyDeletion', { KeyId });
    engine.call('EnableKey', { KeyId });
    const { GrantId } = grantOn(engine, KeyId);
    engine.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    engine.wait(7 * dayMs - minute);
    engine.call('RevokeGrant', { KeyId, GrantId });
    expect(engine.snapshot().state.grants).toHaveLength(1);
    engine.wait(minute);
    engine.kms.advance();
    expect(engine.snapshot().state.grants).toEqual([]);
    engine.wait(dayMs);
    engine.kms.advance();
  });
});
