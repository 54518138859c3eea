// The secret of each live world: derived from one of this process, so that a snapshot opens in the process that took it and nowhere else; or
// brought along by a snapshot that was meant to open elsewhere.

import { machineEntropy } from './machine-entropy.ts';
import { derive } from './random-streams.ts';

let processRoot: Uint8Array | undefined;

// By instance. One for each world that came from another process.
const brought = new Map<string, Uint8Array>();

/** A secret of its own for each instance: who is given that of one world can open no other. */
export function liveRoot(instance: string): Uint8Array {
  processRoot ??= machineEntropy(32);
  return brought.get(instance) ?? derive(processRoot, `live world\0${instance}`);
}

/** From now on this is the secret of an instance: forks and snapshots of it open here, too. */
export function bringLiveRoot(instance: string, root: Uint8Array): void {
  brought.set(instance, root.slice());
}
