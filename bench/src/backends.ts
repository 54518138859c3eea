// The backends of hsm-core that there are here.

import { type Backend, type BackendName, chooseBackend } from '@kmsim/hsm-core';

// By the type: a backend that is new does not compile until it has its line.
const names: Readonly<Record<BackendName, true>> = { native: true, portable: true };

export function backendsHere(): readonly Backend[] {
  return (Object.keys(names) as BackendName[]).flatMap((name) => chooseBackend(name) ?? []);
}

/** Something of each of them, by its name. */
export async function byBackend<Made>(make: (backend: Backend) => Made | Promise<Made>): Promise<Record<string, Made>> {
  const made: Record<string, Made> = {};
  for (const backend of backendsHere()) made[backend.name] = await make(backend);
  return made;
}
