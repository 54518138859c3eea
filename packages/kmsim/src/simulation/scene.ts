// What a command of a schedule finds: the things that were made, and a way to ask that is watched.

import type { OperationInputs, OperationName, OperationOutputs } from '@kmsim/kms';
import type { Command, Thing } from './command.ts';
import type { Ledger, MadeKey } from './ledger.ts';
import { accounts, administratorOf, appArn, type Machine } from './machine.ts';

export interface Address {
  readonly region: string;
  /** ARN of the caller. */
  readonly by: string;
  readonly key?: MadeKey;
}

export interface Scene {
  readonly machine: Machine;
  readonly ledger: Ledger;
  readonly regions: readonly string[];
  /** The answer; undefined where there was none, or a refusal. */
  ask<Name extends OperationName>(
    operation: Name,
    input: OperationInputs[Name],
    to: Address,
  ): Promise<OperationOutputs[Name] | undefined>;
}

/** Which command does what, how often, and what it needs and makes. */
export interface Kind {
  /** Of how many commands, roughly, one is of this kind. */
  readonly weight: number;
  readonly needs?: Thing;
  readonly makes?: readonly Thing[];
  /** Only the primary does it: it is asked more often. */
  readonly ofPrimary?: true;
  act(scene: Scene, command: Command): Promise<void>;
}

/** Where a command about a key goes; undefined when the key was not made. */
export function addressOf(
  scene: Scene,
  command: Command,
  key: MadeKey | undefined = scene.ledger.keys.get(command.of ?? -1),
): (Address & { readonly key: MadeKey }) | undefined {
  if (key === undefined) return undefined;
  return { key, region: regionOf(scene, command, key), by: callerArn(command, key.account) };
}

export function callerArn({ by }: Command, account: string): string {
  if (by === 'app') return appArn;
  return administratorOf(by === 'stranger' ? otherThan(account) : account);
}

function otherThan(account: string): string {
  return account === accounts[0] ? accounts[1] : accounts[0];
}

export function arnOf({ account, id }: MadeKey, region: string): string {
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}

// A key is seldom asked for where it is not.
function regionOf({ machine }: Scene, { choice = 0, where }: Command, { id, region }: MadeKey): string {
  const family = machine.kms.state.keysOf(id);
  const primary = family.find((key) => key.replicas?.primary === key.region)?.region ?? region;
  if (where === undefined || where === 'primary') return primary;
  return choice % 16 === 0 || family.some((key) => key.region === where) ? where : primary;
}
