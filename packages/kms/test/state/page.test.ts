// The page a call writes on: bound or torn up.

import { chooseBackend, Vault } from '@kmsim/hsm-core';
import { describe, expect, test } from 'vitest';
import { Page } from '../../src/state/page.ts';
import type { AliasRecord } from '../../src/state/records.ts';
import { State } from '../../src/state/state.ts';
import { TestEngine } from '../engine.ts';

function desk(): { readonly state: State; readonly vault: Vault; readonly page: Page } {
  const state = new State(() => {});
  const vault = new Vault(chooseBackend('portable') ?? expect.fail('no backend'));
  return { state, vault, page: new Page(state, vault) };
}

function alias(name: string, target: string): AliasRecord {
  return { arn: name, name, account: 'a', region: 'r', target, createdAt: 0, updatedAt: 0 };
}

describe('a page', () => {
  test('shows what was written on it last, and the state where nothing was', () => {
    const { state, page } = desk();
    state.set('aliases', 'x', alias('x', 'old'));
    state.set('aliases', 'y', alias('y', 'old'));
    page.set('aliases', 'x', alias('x', 'one'));
    page.set('aliases', 'x', alias('x', 'two'));
    page.set('aliases', 'y', undefined);
    expect(page.get('aliases', 'x')?.target).toBe('two');
    expect(page.get('aliases', 'y')).toBeUndefined();
    expect(page.get('aliases', 'z')).toBeUndefined();
    // The same name in another table is another record.
    expect(page.get('usages', 'x')).toBeUndefined();
  });

  test('says nothing to the state before it is bound', () => {
    const { state, page } = desk();
    state.set('aliases', 'x', alias('x', 'old'));
    page.set('aliases', 'x', undefined);
    page.set('aliases', 'y', alias('y', 'new'));
    expect(state.get('aliases', 'x')?.target).toBe('old');
    expect(state.get('aliases', 'y')).toBeUndefined();
    page.bind();
    expect(state.get('aliases', 'x')).toBeUndefined();
    expect(state.get('aliases', 'y')?.target).toBe('new');
  });

  test('is bound once', () => {
    const { state, page } = desk();
    page.set('aliases', 'x', alias('x', 'new'));
    page.bind();
    state.set('aliases', 'x', undefined);
    page.bind();
    expect(state.get('aliases', 'x')).toBeUndefined();
  });

  test('makes material that stays when it is bound and goes when it is torn up, and erases the secret at once', () => {
    for (const end of ['bind', 'tear'] as const) {
      const { vault, page } = desk();
      const secret = new Uint8Array(32).fill(7);
      const id = page.createMaterial('key', secret);
      expect(secret).toStrictEqual(new Uint8Array(32));
      expect(vault.has(id)).toBe(true);
      page[end]();
      expect(vault.has(id)).toBe(end === 'bind');
    }
  });

  test('removes material when it is bound and not before: for good, or until it comes again', () => {
    for (const how of ['destroy', 'withdraw'] as const) {
      const { page, state, vault } = desk();
      const id = vault.create('key', new Uint8Array(32).fill(7));
      new Page(state, vault).removeMaterial(id, how);
      page.set('aliases', 'x', alias('x', 'new'));
      page.removeMaterial(id, how);
      expect(vault.has(id)).toBe(true);
      page.bind();
      expect(vault.has(id)).toBe(false);
      const { before } = vault.takeIn('key', new Uint8Array(32).fill(7));
      expect(before).toBe(how === 'withdraw' ? 'withdrawn' : 'nothing');
    }
  });

  test('that takes material in again and is torn up leaves it as it was', () => {
    const { page, vault } = desk();
    const secret = (): Uint8Array => new Uint8Array(32).fill(7);
    const [here, gone] = [vault.create('one', secret()), vault.create('two', secret())];
    vault.withdraw(gone);
    for (const key of ['one', 'two']) page.createMaterial(key, secret());
    page.tear();
    expect(vault.has(here)).toBe(true);
    expect(vault.has(gone)).toBe(false);
    expect(vault.takeIn('two', secret()).before).toBe('withdrawn');
  });

  test('gives ordinals that no key has', () => {
    const { page } = desk();
    expect([page.takeOrdinal(), page.takeOrdinal()]).toEqual([1, 2]);
  });
});

describe('a call that fails late', () => {
  test('leaves no material of what it made on the way', () => {
    const engine = new TestEngine();
    const before = engine.everything();
    const { code } = engine.refusal('ReEncrypt', {
      SourceKeyId: 'alias/aws/s3',
      DestinationKeyId: 'alias/aws/ebs',
      DryRun: true,
      DryRunModifiers: ['IGNORE_CIPHERTEXT'],
    });
    expect(code).toBe('AccessDeniedException');
    expect(engine.everything()).toBe(before);
  });
});
