// The doors: what a call costs by each way into the engine, against what stands at the same place and does nothing.

import { httpWays, openHttp } from './doors/http.ts';
import { sdkAlternatives, sdkWays } from './doors/sdk.ts';
import { interleave, rowsOf } from './interleave.ts';
import { context, nth, prepare, seed } from './keys.ts';
import type { Effort, Suite, Table } from './suite.ts';

const Plaintext = new Uint8Array(32).fill(1);

export const doors: Suite = {
  name: 'doors',
  about: 'Encrypt, 32 B with context, real and authorized, by each door, against a constant answer at the same place.',
  nodeFlags: [],
  run: async (effort) => {
    const { keys, sim } = await prepare({ seed }, 100);
    const input = (n: number): { KeyId: string; Plaintext: Uint8Array; EncryptionContext: Record<string, string> } => ({
      KeyId: nth(keys, n).id,
      Plaintext,
      EncryptionContext: { ...context },
    });
    const sdk = await interleave(await sdkAlternatives(sim, input), longer(effort));
    const tables: Table[] = [
      { title: 'Encrypt with an SDK client, against a mock', rows: rowsOf(sdk, sdkWays.mock) },
      { title: 'The same, against the SDK with a constant handler', rows: rowsOf(sdk, sdkWays.constant) },
    ];
    const http = await openHttp(
      sim,
      keys.map((_, n) => input(n)),
    );
    try {
      for (const concurrency of [1, 16]) {
        const apart = await interleave(await http.apart(concurrency), longer(effort));
        tables.push({
          title: `Encrypt over HTTP, ${concurrency} at a time: the process of the server alone`,
          rows: rowsOf(apart, httpWays.constant),
        });
        const together = await interleave(await http.together(concurrency), longer(effort));
        tables.push({
          title: `Encrypt over HTTP, ${concurrency} at a time: with a client of bare sockets in the same process`,
          rows: rowsOf(together, httpWays.constant),
        });
      }
      return tables;
    } finally {
      await http.close();
    }
  },
};

// A round trip and a call through the SDK take as long as many calls of other suites: the compiler is done with them that much later.
function longer(effort: Effort): Effort {
  return { ...effort, warmUpMs: 5 * effort.warmUpMs, batchMs: 2 * effort.batchMs };
}
