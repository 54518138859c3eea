// One run: the commands of a schedule against a machine. The invariants are looked at after everything that happens.

import {
  ConnectionLost,
  type KeyRecord,
  KmsError,
  type OperationInputs,
  type OperationName,
  type OperationOutputs,
  readClock,
} from '@kmsim/kms';
import type { FaultPlan } from '@kmsim/world';
import type { Command } from './command.ts';
import { convergenceMs, unsettled } from './convergence.ts';
import { healed } from './fault-plans.ts';
import { invariants } from './invariants/index.ts';
import { type Called, History, type Step } from './invariants/invariant.ts';
import { remember } from './invariants/keeping.ts';
import { questions } from './invariants/questions.ts';
import { kinds } from './kinds/index.ts';
import { Ledger } from './ledger.ts';
import { appArn, Machine, type MachineOptions } from './machine.ts';
import { changedTables, type Keys, keysOf, pictureOf, sameKeys } from './picture.ts';
import type { Address, Scene } from './scene.ts';
import { arnOf } from './scene.ts';
import type { Schedule } from './schedule.ts';

/** An invariant does not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly invariant: string;
  readonly says: string;
  /** The command after which it was seen; undefined when all of them were right and the end was not. */
  readonly command: Command | undefined;

  constructor({ invariant, problem, says }: { invariant: string; says: string; problem: string }, command?: Command) {
    super(`${invariant}: ${problem}`);
    this.invariant = invariant;
    this.says = says;
    this.command = command;
  }
}

export interface RunOptions extends MachineOptions {
  readonly regions: readonly string[];
}

/** Failures that a client repeats. */
const repeated = [
  'ThrottlingException',
  'KMSInternalException',
  'DependencyTimeoutException',
  'KeyUnavailableException',
];

export class Run implements Scene {
  readonly machine: Machine;
  readonly ledger: Ledger = new Ledger();
  readonly regions: readonly string[];
  calls = 0;
  /** Of them, how many were answered. */
  answered = 0;
  readonly #history: History = new History();
  #retries = 0;
  #command: Command | undefined;
  #keys: Keys;
  #turn = 0;

  constructor(options: RunOptions) {
    this.machine = new Machine(options);
    this.regions = options.regions;
    this.#keys = keysOf(this.machine.kms);
  }

  /** All commands, then the end. Throws a Violation. */
  async perform({ commands, operations, retries }: Schedule): Promise<void> {
    this.#retries = retries;
    for (const command of commands) {
      if (this.calls >= operations) break;
      this.#command = command;
      await this.do(command);
    }
    this.#command = undefined;
    await this.end();
  }

  async do(command: Command): Promise<void> {
    const { choice = 0, kind, milliseconds = 0, plan } = command;
    if (kind === 'wait') await this.#wait(milliseconds);
    else if (kind === 'crash') this.#crash(choice === 1);
    else if (plan !== undefined) this.machine.kms.setFaults(plan);
    else await kinds[kind]?.act(this, command);
  }

  async ask<Name extends OperationName>(
    operation: Name,
    input: OperationInputs[Name],
    to: Address,
  ): Promise<OperationOutputs[Name] | undefined> {
    for (let tries = 0; ; tries++) {
      const { called, output } = await this.#askOnce(operation, input, to);
      const comesAgain = called.outcome === 'lost' || repeated.includes(called.code ?? '');
      if (!comesAgain || tries >= this.#retries) return output;
    }
  }

  async #askOnce<Name extends OperationName>(operation: Name, input: OperationInputs[Name], to: Address) {
    // What is due happens before the call, and not by it.
    this.#happen();
    const { kms } = this.machine;
    const before = pictureOf(kms);
    const key = to.key && arnOf(to.key, to.region);
    const granted = this.#granted(key, to.by);
    const { output, ...outcome } = await this.#answer(operation, input, to);
    const changed = changedTables(before, pictureOf(kms));
    const called: Called = {
      operation,
      input: input as Called['input'],
      region: to.region,
      by: to.by,
      ...(key !== undefined && { key }),
      ...outcome,
      changed,
      granted,
    };
    this.#check(called);
    if (to.key !== undefined) await this.#question(to.key.id, false);
    return { called, output };
  }

  async #answer<Name extends OperationName>(operation: Name, input: OperationInputs[Name], { by, region }: Address) {
    this.calls += 1;
    try {
      const output = await this.machine.ask(operation, input, this.machine.caller(by, region));
      this.answered += 1;
      return { output, outcome: 'done' as const };
    } catch (error) {
      if (error instanceof KmsError) return { output: undefined, outcome: 'refused' as const, code: error.code };
      if (error instanceof ConnectionLost) return { output: undefined, outcome: 'lost' as const };
      throw error;
    }
  }

  #granted(key: string | undefined, by: string): readonly string[] {
    if (key === undefined || by !== appArn) return [];
    const found: string[] = [];
    for (const grant of this.machine.kms.state.rows('grants'))
      if (grant.key === key && grant.grantee === by) found.push(...grant.operations);
    return found;
  }

  /** Time passes, and each thing that is due is looked at when it has happened. */
  async #wait(milliseconds: number): Promise<void> {
    this.machine.wait(milliseconds);
    const before = this.#keys;
    this.#happen();
    const changed = [...this.#keys.values()].filter((key) => before.get(key.arn) !== key);
    for (const id of new Set(changed.map((key) => key.id))) await this.#question(id, false);
  }

  /** The next thing that is due by an instant happens, at its own; false when nothing is. */
  next(until: number): boolean {
    const { kms } = this.machine;
    const at = kms.agenda.next;
    if (at > until) return false;
    kms.world.clock.moveTo(Math.max(at, this.machine.now));
    this.machine.step();
    this.#check(undefined);
    return true;
  }

  #happen(): void {
    while (this.machine.step()) this.#check(undefined);
  }

  #crash(forgetful: boolean): void {
    this.#happen();
    this.machine.trace.count(forgetful ? 'CrashAndLoss' : 'Crash');
    const problem = this.machine.crash(forgetful);
    if (problem !== undefined) this.#fail('nothing is lost', 'what is restored is what was there', problem);
    // Other objects that say the same.
    this.#keys = keysOf(this.machine.kms);
  }

  #check(call: Called | undefined): void {
    const { kms } = this.machine;
    const after = keysOf(kms);
    if (call === undefined && sameKeys(this.#keys, after)) return;
    const step: Step = {
      before: this.#keys,
      after,
      clock: (region) => this.#clock(region),
      call,
      holds: (material) => kms.vault.has(material),
      defaultPolicy: (account) => kms.policies.default(account, 'aws'),
    };
    for (const { broken, name, says } of invariants) {
      const problem = broken(step, this.#history);
      if (problem !== undefined) this.#fail(name, says, problem);
    }
    remember(step, this.#history);
    this.#keys = after;
  }

  #clock(region: string): number {
    return readClock(this.machine.kms.world, region, this.machine.now);
  }

  // One question after a step, and all of them in the end.
  async #question(id: string, thoroughly: boolean): Promise<void> {
    this.#happen();
    const { kms } = this.machine;
    const turn = this.#turn++;
    // A Region that pauses answers nobody.
    const answers = ({ region }: KeyRecord): boolean =>
      kms.world.faults?.network?.pauseOf(region, kms.world.clock.now()) === undefined;
    const family = kms.state.keysOf(id).filter(answers);
    const asking = { machine: this.machine, ledger: this.ledger, family, turn, thoroughly };
    if (family.length === 0) return;
    const asked = thoroughly ? questions : questions.slice(turn % questions.length).slice(0, 1);
    for (const { broken, name, says } of asked) {
      const problem = await broken(asking);
      if (problem !== undefined) this.#fail(name, says, problem);
    }
  }

  /** The network works again: everything must come to its end within the bound, and stay so when what was late arrives. */
  async end(): Promise<void> {
    const { kms } = this.machine;
    this.#happen();
    const plan: FaultPlan = kms.world.faults?.plan ?? {};
    const better = healed(
      plan,
      this.regions.map((region) => ({ region, skewMs: this.#clock(region) - this.machine.now })),
    );
    kms.setFaults(better);
    kms.resend();
    await this.#wait(convergenceMs(better.network.meanDelayMs));
    await this.#settled();
    await this.#wait(lateMs);
    await this.#settled();
    for (const { id } of this.#keys.values()) await this.#question(id, true);
  }

  async #settled(): Promise<void> {
    const problem = unsettled(this.machine.kms);
    if (problem !== undefined)
      this.#fail('converges', 'when the network works again related keys agree within the bound', problem);
  }

  #fail(invariant: string, says: string, problem: string): never {
    throw new Violation({ invariant, says, problem }, this.#command);
  }
}

/** Whatever was under way has arrived by then. */
const lateMs = 3_600_000;
