// What happens to the HSMs of a cluster: created, deleted, lost, back again. Transitions end at their instants.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/add-remove-hsm.html

import type { ClusterCore } from './core.ts';
import { Hsm, type HsmInfo } from './hsm.ts';
import { maxHsms } from './limits.ts';

/** Why something was not done to an HSM. */
export type HsmFault = 'HSM_NOT_FOUND' | 'NO_SUBNET' | 'NO_FREE_ADDRESS' | 'LIMIT_EXCEEDED' | 'INVALID_STATE';

export interface HsmTimes {
  readonly now: number;
  /** How long the transition takes, in milliseconds. */
  readonly takes: number;
}

/** What an HSM gets that joins when no other is active: the content of the latest backup, if there is one. */
export type Restore = () => void;

export function createHsm(
  core: ClusterCore,
  availabilityZone: string,
  { now, takes }: HsmTimes,
  restore: Restore,
): HsmInfo | HsmFault {
  const { fleet } = core;
  const subnet = core.network.subnets.find((one) => one.availabilityZone === availabilityZone);
  if (subnet === undefined) return 'NO_SUBNET';
  if (subnet.freeAddresses < 1) return 'NO_FREE_ADDRESS';
  if (fleet.hsms.length >= maxHsms) return 'LIMIT_EXCEEDED';
  const hsm = new Hsm({
    id: core.newId('hsm'),
    availabilityZone,
    subnet: subnet.id,
    state: 'CREATE_IN_PROGRESS',
    keys: [],
    isCutOff: false,
    dueAt: now + takes,
  });
  fleet.hsms.push(hsm);
  settle(core, now, restore);
  return hsm.info();
}

export function deleteHsm(core: ClusterCore, hsm: Hsm, { now, takes }: HsmTimes, restore: Restore): void {
  hsm.state = 'DELETE_IN_PROGRESS';
  hsm.dueAt = now + takes;
  core.fleet.stateChanged();
  settle(core, now, restore);
}

/** An HSM that failed is back, with what it still has, and gets the rest from the others. */
export function joinHsm(core: ClusterCore, hsm: Hsm, restore: Restore): void {
  const isFirst = core.fleet.active.length === 0;
  hsm.state = 'ACTIVE';
  hsm.dueAt = undefined;
  core.fleet.stateChanged();
  if (isFirst && hsm.keys.size === 0) restore();
  core.fleet.synchronize();
}

/** Ends the transitions that are due, the earliest first. */
export function settle(core: ClusterCore, now: number, restore: Restore): void {
  const due = core.fleet.hsms.filter(({ dueAt }) => dueAt !== undefined && dueAt <= now);
  due.sort((one, other) => (one.dueAt ?? 0) - (other.dueAt ?? 0));
  for (const hsm of due) {
    if (hsm.state === 'CREATE_IN_PROGRESS') joinHsm(core, hsm, restore);
    else if (hsm.state === 'DELETE_IN_PROGRESS') removeHsm(core, hsm);
  }
}

function removeHsm({ fleet }: ClusterCore, hsm: Hsm): void {
  fleet.empty(hsm);
  hsm.state = 'DELETED';
  hsm.dueAt = undefined;
  fleet.hsms.splice(fleet.hsms.indexOf(hsm), 1);
  fleet.stateChanged();
}
