// The simulated service of one run: an engine in a world of its own, which can crash and come back from a snapshot.

import { parsePrincipal } from '@kmsim/authz';
import { type Backend, chooseBackend } from '@kmsim/hsm-core';
import {
  type Caller,
  createKms,
  FaultLog,
  type Kms,
  type OperationInputs,
  type OperationName,
  type OperationOutputs,
  restoreSnapshot,
  step,
  takeSnapshot,
  Visit,
} from '@kmsim/kms';
import { simulatedWorld } from '@kmsim/world';
import { CountingTrace } from './counting-trace.ts';

export const accounts: readonly [string, string] = ['111122223333', '444455556666'];
/** A role without identity policies: it may what grants and key policies let it. */
export const appArn: string = `arn:aws:iam::${accounts[0]}:role/app`;

export function administratorOf(account: string): string {
  return `arn:aws:iam::${account}:user/administrator`;
}

/** Asks on behalf of the invariants. No planned fault strikes it. */
function observerOf(account: string): string {
  return `arn:aws:iam::${account}:user/observer`;
}

/** Whom planned faults of the service strike. */
export const struck: readonly string[] = [...accounts.map(administratorOf), appArn];

const everything = JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Resource: '*' } });

export interface MachineOptions {
  readonly seed: string;
  readonly keepLines: boolean;
  /** Breaks every engine that is made: for tests of the simulation itself. */
  readonly plant?: ((kms: Kms) => void) | undefined;
}

export class Machine {
  kms: Kms;
  readonly trace: CountingTrace;
  readonly began: number;
  readonly #principals = new Map<string, Caller['principal']>();
  readonly #backend: Backend;
  readonly #plant: MachineOptions['plant'];

  constructor({ keepLines, plant, seed }: MachineOptions) {
    // Both backends give the same bytes.
    this.#backend = chooseBackend() as Backend;
    this.#plant = plant;
    this.trace = new CountingTrace({ keepLines });
    this.kms = createKms({ world: simulatedWorld({ seed }), backend: this.#backend, trace: this.trace });
    plant?.(this.kms);
    for (const account of accounts)
      for (const arn of [administratorOf(account), observerOf(account)])
        this.kms.identities.put({ arn, policies: [{ name: 'everything', text: everything }] });
    this.began = this.now;
  }

  get now(): number {
    return this.kms.world.clock.now();
  }

  /** The next thing that is due happens; false when nothing is. */
  step(): boolean {
    return step(this.kms, this.now);
  }

  wait(milliseconds: number): void {
    this.kms.world.clock.moveTo(this.now + milliseconds);
  }

  async ask<Name extends OperationName>(
    operation: Name,
    input: OperationInputs[Name],
    caller: Caller,
  ): Promise<OperationOutputs[Name]> {
    return (await this.kms.dispatch(new Visit(operation, input, 'direct', caller))) as OperationOutputs[Name];
  }

  caller(arn: string, region: string): Caller {
    const principal = this.#principals.get(arn) ?? parsePrincipal(arn);
    if (principal === undefined) throw new Error(`${arn} is no principal`);
    this.#principals.set(arn, principal);
    return { principal, region };
  }

  observer(account: string, region: string): Caller {
    return this.caller(observerOf(account), region);
  }

  /**
   * The engine is gone, and another goes on from a snapshot that went through JSON. Returns what is wrong with that.
   * `forgetful`: what was under way between Regions is lost.
   */
  crash(forgetful: boolean): string | undefined {
    const before = JSON.stringify(takeSnapshot(this.kms));
    const snapshot = JSON.parse(before) as ReturnType<typeof takeSnapshot>;
    const world = simulatedWorld({ seed: '', position: snapshot.world });
    const faultLog = new FaultLog(this.kms.faultLog);
    const kms = createKms({ world, backend: this.#backend, trace: this.trace, faultLog });
    const fault = restoreSnapshot(kms, snapshot);
    if (fault !== undefined) return fault;
    if (JSON.stringify(takeSnapshot(kms)) !== before) return 'the snapshot of what was restored is another one';
    this.kms = kms;
    this.#plant?.(kms);
    if (forgetful) for (const [key] of kms.state.records().deliveries) kms.state.set('deliveries', key, undefined);
    return undefined;
  }
}
