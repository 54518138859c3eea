// Mistakes that are none of an option's: found by throwing hostile values at every public method, and told like any other.

import { describe, expect, test } from 'vitest';
import { createKmsim, createXksProxy, KmsimError } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

function revoked(target: object): never {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy as never;
}

describe('a mistake of the caller is a KmsimError', () => {
  const sim = createKmsim({ seed: 'hostile values' });

  test.each([undefined, null, 7, [], '', 'nowhere'])('administrator(%o)', (region) => {
    expect(kmsimErrorOf(() => sim.administrator(region as never)).code).toBe('InvalidOption');
  });

  test.each([undefined, {}, [], 'backup', Object.create(null)])('cloudHsm.fromBackup(%o)', (backup) => {
    expect(kmsimErrorOf(() => sim.cloudHsm.fromBackup(backup as never)).message).toContain('cluster.backup()');
  });

  test.each([[[[]]], [[new Uint8Array()]], [[undefined]]])('alarms(%o): a list has a find, and is no rule', (rules) => {
    expect(kmsimErrorOf(() => sim.alarms(rules as never)).message).toContain('alarms.when()');
  });

  test.each([null, 7, [], { readOnly: 1 }, { readonly: true }])('trail.eventBridgeEvents(%o)', (options) => {
    expect(kmsimErrorOf(() => sim.trail.eventBridgeEvents(options as never)).code).toBe('InvalidOption');
  });

  test.each([undefined, null, 7, 'id', [], Symbol('event')])('trail.decisionOn(%o)', (event) => {
    expect(kmsimErrorOf(() => sim.trail.decisionOn(event as never)).message).toContain('sim.trail.events');
  });

  test.each([null, 7, 'seed', []])('createXksProxy(%o)', async (options) => {
    const error = await createXksProxy(options as never).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(KmsimError);
    expect(error).toMatchObject({ code: 'InvalidXksProxy' });
  });

  test.each([{}, [[[]]], Object.create(Date.prototype), Symbol('now')])('clock.advanceTo(%o)', (instant) => {
    expect(kmsimErrorOf(() => sim.clock.advanceTo(instant as never)).code).toBe('InvalidInstant');
  });

  test('options that a revoked proxy stands for', () => {
    for (const target of [{}, [], () => {}]) {
      expect(kmsimErrorOf(() => createKmsim(revoked(target))).code).toBe('InvalidOption');
      expect(kmsimErrorOf(() => sim.explain(revoked(target))).code).toBe('InvalidOption');
    }
  });

  test('a list so deep that nobody can write it out', () => {
    let deep: unknown = [];
    for (let depth = 0; depth < 20_000; depth++) deep = [deep];
    expect(kmsimErrorOf(() => sim.clock.advanceTo(deep as never)).code).toBe('InvalidInstant');
  });
});
