// Whatever happens to HSMs, in whatever order: a key that is on one active HSM works, and always gives the same.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import type { HsmSession } from '../src/hsm-session.ts';
import { ClusterModel } from './cluster-model.ts';
import { bytes, good, kmsSession, launched, message, passwords, plaintext, zones } from './clusters.ts';

const at = fc.nat({ max: 5 });
const step = fc.oneof(
  fc.record({ act: fc.constantFrom('fail', 'zeroize', 'recover', 'delete', 'cut off', 'reconnect'), at }),
  fc.record({ act: fc.constantFrom('create', 'back up', 'snapshot', 'log in'), at }),
  fc.record({ act: fc.constantFrom('make key', 'destroy key', 'lose during encrypt', 'lose during making'), at }),
);
type Step = { readonly act: string; readonly at: number };

const sealKey = bytes(32, 9);

class Run {
  cluster: CloudHsmCluster = launched();
  session: HsmSession = kmsSession(this.cluster);
  readonly model = new ClusterModel();
  /** Ciphertexts by key, from when the key was made. */
  readonly made = new Map<string, Uint8Array>();

  constructor() {
    for (const { id } of this.cluster.hsms) this.model.add(id);
    this.model.isLoggedIn = true;
  }

  take({ act, at: place }: Step): void {
    const { cluster, model } = this;
    const hsm = cluster.hsms[place % Math.max(1, cluster.hsms.length)];
    const key = [...this.made.keys()][place % Math.max(1, this.made.size)];
    if (act === 'create' && cluster.hsms.length < 5) model.add(good(cluster.createHsm(zones[place % 2] ?? '')).id);
    else if (act === 'back up') {
      cluster.backup();
      model.backUp();
    } else if (act === 'snapshot') this.#snapshot();
    else if (act === 'log in') this.#logIn();
    else if (act === 'make key') this.#makeKey(place);
    else if (act === 'lose during making') this.#loseMaking(place);
    else if (key !== undefined && act === 'destroy key') this.#destroy(key);
    else if (key !== undefined && act === 'lose during encrypt') this.#loseEncrypting(key);
    else if (hsm !== undefined) this.#happen(act, hsm.id, hsm.state === 'ACTIVE');
  }

  #happen(act: string, id: string, isActive: boolean): void {
    const { cluster, model } = this;
    if (act === 'fail' || act === 'zeroize') {
      expect(act === 'fail' ? cluster.failHsm(id) : cluster.zeroizeHsm(id)).toBeUndefined();
      model.lose(id, act === 'zeroize');
    } else if (act === 'recover' && !isActive) {
      expect(cluster.recoverHsm(id)).toBeUndefined();
      model.recover(id);
    } else if (act === 'delete') {
      expect(cluster.deleteHsm(id)).toBeUndefined();
      model.remove(id);
    } else if (act === 'cut off' || act === 'reconnect') {
      expect(cluster.cutOffHsm(id, act === 'cut off')).toBeUndefined();
      model.cutOff(id, act === 'cut off');
    }
  }

  #makeKey(seed: number): void {
    const key = this.session.generateAesKey({ label: '', random: bytes(32, seed + 11 * this.made.size) });
    if (!this.model.isLoggedIn) {
      expect(key).toBe(this.model.active.length === 0 ? 'NO_HSM' : 'SESSION_LOST');
      return;
    }
    const { id } = good(key);
    expect(this.made.has(id)).toBe(false);
    this.model.makeKey(id);
    this.made.set(id, good(this.session.encryptGcm(id, { ...message, plaintext })));
  }

  #destroy(key: string): void {
    const isThere = this.model.isLoggedIn && this.model.has(key);
    expect(this.session.destroyKey(key) === 'SUCCESS').toBe(isThere);
    if (isThere) this.model.destroyKey(key);
  }

  #loseEncrypting(key: string): void {
    if (!this.model.isLoggedIn || !this.model.has(key)) return;
    const [holder] = [...this.model.hsms].filter(([, { isActive, keys }]) => isActive && keys.has(key));
    this.cluster.loseHsmDuring({ during: 'encrypt', by: 'failure' });
    expect(this.session.encryptGcm(key, { ...message, plaintext })).toBe('HSM_LOST');
    this.model.lose(holder?.[0] ?? '', false);
  }

  #loseMaking(seed: number): void {
    if (!this.model.isLoggedIn) return;
    const [first] = [...this.model.hsms].filter(([, { isActive }]) => isActive);
    this.cluster.loseHsmDuring({ during: 'createKey', by: 'zeroization' });
    expect(this.session.generateAesKey({ label: '', random: bytes(32, seed) })).toBe('HSM_LOST');
    this.model.lose(first?.[0] ?? '', true);
  }

  #logIn(): void {
    const session = this.cluster.login('kmsuser', passwords.kmsuser, 'kms');
    expect(session === 'NO_HSM').toBe(this.model.active.length === 0);
    if (typeof session === 'string') return;
    this.session = session;
    this.model.isLoggedIn = true;
  }

  #snapshot(): void {
    this.cluster = good(CloudHsmCluster.restore(this.cluster.record(sealKey), sealKey));
    this.session.logout();
    this.model.isLoggedIn = false;
    this.#logIn();
  }

  check(): void {
    const { cluster, made, model, session } = this;
    const active = cluster.hsms.filter(({ state }) => state === 'ACTIVE').length;
    expect([cluster.hsms.length, active, session.isOpen]).toEqual([
      model.hsms.size,
      model.active.length,
      model.isLoggedIn,
    ]);
    if (!model.isLoggedIn) return;
    for (const [id, ciphertext] of made) {
      const expected = model.has(id) ? [plaintext, ciphertext] : ['KEY_NOT_FOUND', 'KEY_NOT_FOUND'];
      const outcomes = [
        session.decryptGcm(id, { ...message, ciphertext }),
        session.encryptGcm(id, { ...message, plaintext }),
      ];
      expect(outcomes).toEqual(expected);
    }
  }
}

test.prop([fc.array(step, { maxLength: 40 })], { numRuns: 150 })('the cluster does what the model does', (steps) => {
  const run = new Run();
  for (const one of steps) {
    run.take(one);
    run.check();
  }
});
