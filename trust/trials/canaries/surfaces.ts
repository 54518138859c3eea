// Every way to look at a simulation or at an error that anybody would try.

import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import type { Kmsim } from 'kmsim';

export interface Surface {
  readonly where: string;
  readonly text: string;
}

const everything = {
  depth: Number.POSITIVE_INFINITY,
  getters: true,
  maxArrayLength: null,
  maxStringLength: null,
  showHidden: true,
} as const;

export function surfacesOfError(where: string, error: unknown): readonly Surface[] {
  const { cause, message, stack } = error instanceof Error ? error : { cause: undefined, message: '', stack: '' };
  return [
    { where: `${where}: message`, text: `${message}` },
    { where: `${where}: stack`, text: `${stack}` },
    { where: `${where}: cause`, text: inspect(cause, everything) },
    { where: `${where}: inspected`, text: inspect(error, everything) },
    { where: `${where}: JSON`, text: tried(() => JSON.stringify(error)) },
    {
      where: `${where}: members`,
      text: tried(() => JSON.stringify(Object.getOwnPropertyDescriptors(error as object))),
    },
    { where: `${where}: clone`, text: tried(() => serialize(error).toString('latin1')) },
  ];
}

/** `key`: seals the snapshot. */
export function surfacesOf(where: string, sim: Kmsim, key: Uint8Array): readonly Surface[] {
  const looked: Readonly<Record<string, () => unknown>> = {
    inspect: () => inspect(sim, everything),
    'inspect of the engine': () => inspect(sim.kms, everything),
    'inspect of the methods': () => inspect(sim.as(), everything),
    'inspect of access keys': () => inspect(sim.accessKeys, everything),
    String: () => `${String(sim)} ${String(sim.kms)} ${String(sim.accessKeys)}`,
    JSON: () => JSON.stringify(sim),
    'JSON of the engine': () => JSON.stringify(sim.kms.state.records()),
    'JSON of the vault': () => JSON.stringify(sim.kms.vault),
    clone: () => inspect(structuredClone(sim), everything),
    'clone of the vault': () => inspect(structuredClone(sim.kms.vault), everything),
    'clone of access keys': () => serialize(sim.accessKeys).toString('latin1'),
    'serialized methods': () => serialize(sim.as()).toString('latin1'),
    snapshot: () => JSON.stringify(sim.snapshot()),
    'sealed snapshot': () => JSON.stringify(sim.snapshot({ key })),
    trail: () => sim.trail.file(),
    'trail events': () => inspect(sim.trail.events, everything),
    trace: () => sim.trace.text(),
    faults: () => inspect([sim.faults.happened, sim.faults.plan], everything),
    'process report': () => JSON.stringify(process.report?.getReport()),
  };
  return Object.entries(looked).map(([what, look]) => ({ where: `${where}: ${what}`, text: tried(look) }));
}

// What cannot be looked at so says why, and that is looked at.
function tried(look: () => unknown): string {
  try {
    return String(look());
  } catch (error) {
    return inspect(error, everything);
  }
}
