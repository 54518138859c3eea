// An engine where calls wait: for an external key store proxy, and for libraries. What they wait for comes when the trial lets it.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import type { Kms, XksTransport } from '@kmsim/kms';
import { Rig } from '../../../packages/kms/test/key-stores/rig.ts';
import { TestProxy } from '../../../packages/kms/test/key-stores/test-proxy.ts';

/** Holds a promise back until its turn. */
export type Hold = <Value>(promise: Promise<Value>, label: string) => Promise<Value>;

export interface Room {
  readonly kms: Kms;
  /** Nobody waits any more. */
  readonly letGo: () => void;
  /** Names of the commands, and what they stand for here. */
  readonly named: Readonly<Record<string, string>>;
  readonly blobs: Readonly<Record<string, Uint8Array>>;
}

const native: Backend = chooseBackend('native') ?? chooseBackend(undefined) ?? raise();

function raise(): never {
  throw new Error('There is no backend.');
}

class HeldProxy extends TestProxy {
  isHeld = false;

  constructor(hold: Hold | undefined) {
    super('one', 'two');
    const { transport } = this;
    const held: XksTransport = (request) => {
      const answer = transport(request);
      return this.isHeld && hold !== undefined ? hold(Promise.resolve(answer), 'proxy') : answer;
    };
    Object.defineProperty(this, 'transport', { value: held });
  }
}

/** The same each time. Without `hold` nobody in it waits. */
export function room(hold?: Hold): Room {
  let isLate = false;
  let loaded = false;
  const primitives = (): ReturnType<Backend['primitives']> => {
    if (!isLate || loaded) return native.primitives();
    const waits = hold?.(Promise.resolve(), 'library').then(() => {
      loaded = true;
    });
    return waits as unknown as ReturnType<Backend['primitives']>;
  };
  const proxy = new HeldProxy(hold);
  const rig = new Rig({ proxy, backend: { ...native, primitives } });
  const { kms } = rig.engine;
  const own = rig.engine.createKey({ Description: 'own' }).Arn;
  const other = rig.engine.createKey({ Description: 'other' }).Arn;
  const store = rig.externalStore();
  const outside = rig.externalKey(store).Arn;
  const mac = rig.engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }).Arn;
  const blobs = { own: rig.engine.encrypt(own), outside: rig.engine.encrypt(outside) };
  rig.engine.call('CreateAlias', { AliasName: 'alias/one', TargetKeyId: own });
  if (hold !== undefined) {
    isLate = true;
    proxy.isHeld = true;
  }
  const letGo = (): void => {
    isLate = false;
    proxy.isHeld = false;
  };
  return { kms, letGo, named: { own, other, outside, mac, store }, blobs };
}
