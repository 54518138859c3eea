// The engine's thread: a long computation leaves the page alive, and can be stopped.

import { runScript } from './engine.ts';
import type { Run } from './run.ts';
import type { Script } from './script.ts';

export interface Order {
  readonly number: number;
  readonly script: Script;
}

export type Delivery = { readonly number: number } & ({ readonly run: Run } | { readonly defect: string });

const scope = globalThis as unknown as {
  onmessage: (event: { readonly data: Order }) => void;
  postMessage(delivery: Delivery): void;
};

scope.onmessage = ({ data: { number, script } }) => {
  runScript(script).then(
    (run) => scope.postMessage({ number, run }),
    (error: unknown) => scope.postMessage({ number, defect: error instanceof Error ? error.message : `${error}` }),
  );
};
