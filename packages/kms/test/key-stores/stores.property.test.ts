// Stores and keys as a state machine: whatever is asked in whatever order, while HSMs and proxies come and go, the engine does what the model says.

import { fc, test } from '@fast-check/vitest';
import type { CloudHsmCluster } from '@kmsim/cloud-hsm';
import { describe, expect } from 'vitest';
import { KmsError } from '../../src/api/errors.ts';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs, OperationOutputs } from '../../src/api/types.ts';
import { TestEngine, utf8 } from '../engine.ts';
import { minuteMs, Rig } from './rig.ts';
import {
  type Backing,
  expected,
  type Kind,
  keyStateOf,
  type ModelKey,
  type ModelStore,
  minutesTo,
  pass,
} from './stores-model.ts';

const kinds: readonly Kind[] = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'];

type Step =
  | {
      readonly do: 'connect' | 'disconnect' | 'reconnect' | 'rename' | 'createKey' | 'break' | 'mend';
      readonly store: number;
    }
  | { readonly do: 'use' | 'enable' | 'disable' | 'delete' | 'cancel'; readonly store: number; readonly key: number }
  | { readonly do: 'wait'; readonly minutes: number }
  | { readonly do: 'restore' };

const store = fc.integer({ min: 0, max: 1 });
const key = fc.integer({ min: 0, max: 2 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'connect',
        'disconnect',
        'reconnect',
        'reconnect',
        'rename',
        'createKey',
        'createKey',
        'break',
        'mend',
      ),
      store,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constantFrom('use', 'use', 'enable', 'disable', 'delete', 'cancel'), store, key }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 5, 20) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
);

class Machine {
  readonly rig = new Rig();
  engine: TestEngine = this.rig.engine;
  readonly stores: ModelStore[] = [];
  readonly backings: Backing[] = [{ isUp: true }, { isUp: true }];
  readonly ciphertexts = new Map<string, Uint8Array>();
  readonly clusterId: string;
  #names = 0;

  constructor() {
    const cluster = this.rig.cluster();
    this.clusterId = cluster.id;
    const ids = [this.rig.create(this.rig.cloudHsmInput(cluster)), this.rig.create(this.rig.externalInput())];
    for (const [at, kind] of kinds.entries())
      this.stores.push({ id: ids[at] ?? '', kind, state: 'DISCONNECTED', outcome: 'CONNECTED', left: 0, keys: [] });
    for (let at = 0; at < 9; at++)
      this.rig.proxy.keys.set(`k${at}`, { spec: 'AES_256', status: 'ENABLED', usage: ['ENCRYPT', 'DECRYPT'] });
    // Keys make the states of stores worth looking at, so each begins with one.
    for (const at of kinds.keys()) this.do({ do: 'connect', store: at });
    this.wait(20);
    for (const at of kinds.keys()) this.do({ do: 'createKey', store: at });
  }

  get cluster(): CloudHsmCluster {
    return this.engine.kms.clusters.get(this.clusterId) ?? expect.fail('no cluster');
  }

  /** Asks, and compares with what is expected: the error with nothing changed, or success. */
  ask<Name extends OperationName>(
    name: Name,
    input: OperationInputs[Name],
    code: string | undefined,
  ): OperationOutputs[Name] | undefined {
    if (code !== undefined) {
      expect(this.engine.refusal(name, input).code).toBe(code);
      return undefined;
    }
    try {
      return this.engine.call(name, input);
    } catch (error) {
      throw error instanceof KmsError ? new Error(`${name}: ${error.code} ${error.wireMessage}`) : error;
    }
  }

  do(one: Step): void {
    if (one.do === 'restore') this.restore();
    else if (one.do === 'wait') this.wait(one.minutes);
    else this.doTo(one);
  }

  doTo(one: Extract<Step, { readonly store: number }>): void {
    const model = this.stores[one.store];
    const backing = this.backings[one.store];
    if (model === undefined || backing === undefined) return;
    if ('key' in one) this.onKey(one.do, model, model.keys[one.key % Math.max(1, model.keys.length)], backing);
    else this.onStore(one.do, model, backing);
  }

  onStore(what: string, model: ModelStore, backing: Backing): void {
    const CustomKeyStoreId = model.id;
    if (what === 'reconnect') {
      for (const each of ['disconnect', 'connect']) {
        this.onStore(each, model, backing);
        this.wait(20);
      }
    } else if (what === 'break' || what === 'mend') this.setUp(model.kind, backing, what === 'mend');
    else if (what === 'connect') {
      this.ask('ConnectCustomKeyStore', { CustomKeyStoreId }, expected.connect(model));
      if (model.state !== 'DISCONNECTED') return;
      Object.assign(model, {
        state: 'CONNECTING',
        left: minutesTo[model.kind],
        outcome: backing.isUp ? 'CONNECTED' : 'FAILED',
      });
    } else if (what === 'disconnect') {
      const code = expected.disconnect(model);
      this.ask('DisconnectCustomKeyStore', { CustomKeyStoreId }, code);
      if (code === undefined) Object.assign(model, { state: 'DISCONNECTING', left: 1 / 60 });
    } else if (what === 'rename') {
      this.#names += 1;
      this.ask(
        'UpdateCustomKeyStore',
        { CustomKeyStoreId, NewCustomKeyStoreName: `n${this.#names}` },
        expected.rename(model),
      );
    } else this.createKey(model, backing);
  }

  createKey(model: ModelStore, backing: Backing): void {
    if (model.keys.length > 2) return;
    const input = {
      Origin: model.kind,
      CustomKeyStoreId: model.id,
      ...(model.kind === 'EXTERNAL_KEY_STORE' && { XksKeyId: `k${model.keys.length}` }),
    };
    const arn = this.ask('CreateKey', input, expected.createKey(model, backing))?.KeyMetadata?.Arn;
    if (arn !== undefined) model.keys.push({ arn, enabled: true, isPendingDeletion: false });
  }

  onKey(what: string, model: ModelStore, one: ModelKey | undefined, backing: Backing): void {
    if (one === undefined) return;
    const KeyId = one.arn;
    const pending = one.isPendingDeletion ? 'KMSInvalidStateException' : undefined;
    if (what === 'use') this.use(one, expected.use(model, one, backing));
    else if (what === 'enable' || what === 'disable') {
      this.ask(what === 'enable' ? 'EnableKey' : 'DisableKey', { KeyId }, pending);
      if (pending === undefined) one.enabled = what === 'enable';
    } else if (what === 'delete') {
      this.ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 30 }, pending);
      one.isPendingDeletion = true;
    } else {
      this.ask('CancelKeyDeletion', { KeyId }, one.isPendingDeletion ? undefined : 'KMSInvalidStateException');
      if (one.isPendingDeletion) Object.assign(one, { enabled: false, isPendingDeletion: false });
    }
  }

  use({ arn: KeyId }: ModelKey, code: string | undefined): void {
    const made = this.ask('Encrypt', { KeyId, Plaintext: utf8(KeyId) }, code)?.CiphertextBlob;
    const known = this.ciphertexts.get(KeyId);
    if (known !== undefined) {
      const opened = this.ask('Decrypt', { CiphertextBlob: known }, code);
      if (code === undefined) expect(opened?.Plaintext).toEqual(utf8(KeyId));
    }
    if (made !== undefined) this.ciphertexts.set(KeyId, made);
  }

  setUp(kind: Kind, backing: Backing, isUp: boolean): void {
    backing.isUp = isUp;
    if (kind === 'AWS_CLOUDHSM') this.cluster.setNetwork({ isReachable: isUp });
    else this.rig.proxy.change = isUp ? (same) => same : () => ({ failure: 'unreachable' });
  }

  wait(minutes: number): void {
    this.engine.wait(minutes * minuteMs);
    for (const [at, model] of this.stores.entries()) pass(model, minutes, this.backings[at] ?? { isUp: true });
  }

  /** The process ends, and another goes on from the snapshot. */
  restore(): void {
    this.engine.kms.advance();
    const snapshot = JSON.parse(JSON.stringify(this.engine.snapshot()));
    this.engine = new TestEngine({ snapshot, xks: this.rig.proxy.transport });
  }

  check(): void {
    this.engine.kms.advance();
    for (const model of this.stores) {
      const [described] =
        this.engine.call('DescribeCustomKeyStores', { CustomKeyStoreId: model.id }).CustomKeyStores ?? [];
      expect(described?.ConnectionState).toBe(model.state);
      expect(described?.ConnectionErrorCode !== undefined).toBe(model.state === 'FAILED');
      for (const one of model.keys) expect(this.engine.keyState(one.arn)).toBe(keyStateOf(model, one));
      if (model.keys.length > 0 || model.state !== 'DISCONNECTED')
        this.ask('DeleteCustomKeyStore', { CustomKeyStoreId: model.id }, expected.remove(model));
    }
  }
}

describe('custom key stores', () => {
  test.prop([fc.array(step, { minLength: 5, maxLength: 40 })], { numRuns: 60 })('do what the model says', (steps) => {
    const machine = new Machine();
    for (const one of steps) {
      machine.do(one);
      machine.check();
    }
  });
});
