// The secret of each live world: derived from one of this process, so that a snapshot opens in the process that took it and nowhere else; or
// brought along by a snapshot that was meant to open elsewhere.

import { machineEntropy } from './machine-entropy.ts';
import { derive } from './random-streams.ts';
import { formatUuid } from './uuid.ts';

let secretOfProcess: Uint8Array | undefined;

// By instance. One for each world that came from another process.
const brought = new Map<string, Uint8Array>();

function processRoot(): Uint8Array {
  secretOfProcess ??= machineEntropy(32);
  return secretOfProcess;
}

// The first half, up to the third hyphen, is random; the second half follows from it and from the secret of this process. So it can be told
// that an instance is one of this process, and no list of them grows with every simulation.
const randomPart = 18;

function instanceFrom(random: string): string {
  const tag = derive(processRoot(), `live instance\0${random}`).subarray(0, 8);
  return random + formatUuid(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ...tag)).slice(randomPart);
}

/** Names a new live world. */
export function newInstance(): string {
  return instanceFrom(formatUuid(machineEntropy(16)).slice(0, randomPart));
}

/** A secret of its own for each instance: who is given that of one world can open no other. */
export function liveRoot(instance: string): Uint8Array {
  return brought.get(instance) ?? derive(processRoot(), `live world\0${instance}`);
}

/**
 * From now on this is the secret of an instance: forks and snapshots of it open here, too. False, and nothing is changed, where the instance has
 * another one already: a world that was made here, and one that was brought earlier, keep theirs.
 */
export function bringLiveRoot(instance: string, root: Uint8Array): boolean {
  if (brought.has(instance) || instance === instanceFrom(instance.slice(0, randomPart)))
    return equalBytes(liveRoot(instance), root);
  brought.set(instance, root.slice());
  return true;
}

// In a time that does not depend on where they differ.
function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one[at]! ^ (other[at] ?? 0);
  return difference === 0;
}
