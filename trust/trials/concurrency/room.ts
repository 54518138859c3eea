// An engine where calls wait: for an external key store proxy, and for libraries. What they wait for comes when the trial lets it.

import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import type { Caller, Kms, XksTransport } from '@kmsim/kms';
import { delegatingTo, ours, policyText, type StatementText } from '../../../packages/kms/test/engine.ts';
import { Rig } from '../../../packages/kms/test/key-stores/rig.ts';
import { TestProxy } from '../../../packages/kms/test/key-stores/test-proxy.ts';

/** Holds a promise back until its turn. */
export type Hold = <Value>(promise: Promise<Value>, label: string) => Promise<Value>;

export interface Room {
  readonly kms: Kms;
  /** Who may only what a grant, a key policy, a tag or an alias gives. */
  readonly app: Caller;
  readonly isEventual: boolean;
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

const appArn = 'arn:aws:iam::111122223333:role/App';

const permissions: readonly StatementText[] = [
  {
    Effect: 'Allow',
    Action: 'kms:*',
    Resource: '*',
    Condition: { StringEquals: { 'aws:ResourceTag/team': 'app' } },
  },
  {
    Effect: 'Allow',
    Action: 'kms:*',
    Resource: '*',
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } },
  },
];

function everyKey(AWS: string): StatementText {
  return { Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' };
}

/** The same each time. Without `hold` nobody in it waits. `isEventual`: changes take their time to spread. */
export function room(hold?: Hold, isEventual = false): Room {
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
  const rig = new Rig({
    proxy,
    backend: { ...native, primitives },
    consistency: isEventual ? 'eventual' : 'immediate',
  });
  const { kms } = rig.engine;
  const own = rig.engine.createKey({ Description: 'own' }).Arn;
  const other = rig.engine.createKey({ Description: 'other' }).Arn;
  const store = rig.externalStore();
  const outside = rig.externalKey(store).Arn;
  const mac = rig.engine.createKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }).Arn;
  const blobs = { own: rig.engine.encrypt(own), outside: rig.engine.encrypt(outside) };
  rig.engine.call('CreateAlias', { AliasName: 'alias/one', TargetKeyId: own });
  const app = rig.engine.attach(appArn, ...permissions);
  const { GrantId: grant = '' } = rig.engine.call('CreateGrant', {
    KeyId: outside,
    GranteePrincipal: appArn,
    Operations: ['Encrypt', 'Decrypt'],
  });
  const policies = {
    closed: delegatingTo(ours),
    open: policyText(everyKey(`arn:aws:iam::${ours}:root`), everyKey(appArn)),
  };
  if (isEventual) rig.engine.call('PutKeyPolicy', { KeyId: own, Policy: policies.open });
  // All of it has spread.
  rig.pass();
  if (hold !== undefined) {
    isLate = true;
    proxy.isHeld = true;
  }
  const letGo = (): void => {
    isLate = false;
    proxy.isHeld = false;
  };
  const named = { own, other, outside, mac, store, grant, app: appArn, ...policies };
  return { kms, app, isEventual, letGo, named, blobs };
}
