// Any KMS endpoint beside kmsim's own server: the same requests over HTTP, in turns.

import { credentialsFrom } from '@kmsim/conformance/endpoint';
import { Endpoint, type SignedRequest } from './against/endpoint.ts';
import { ownServer } from './against/own-server.ts';
import { abandon, type Prepared, poolSize, prepare, type Work, works } from './against/works.ts';
import { type Alternative, interleave, ratio, type Timing } from './interleave.ts';
import { nth } from './keys.ts';
import { figure, single } from './statistics.ts';
import type { Row, Suite, Table } from './suite.ts';

const own = 'kmsim serve';

// A signature is good for five minutes at the strictest.
const youngMs = 60_000;

/** `env`: where the credentials for the peer are looked for. */
export function against(url: URL, env: Readonly<Record<string, string | undefined>>): Suite {
  return {
    name: 'against',
    about: `The same requests over HTTP to ${url.host} and to kmsim serve, in turns, in wall-clock time: both are other processes.`,
    nodeFlags: [],
    run: async (effort) => {
      const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
      const server = await ownServer(region);
      const ours = new Endpoint(server.url, { accessKeyId: 'test', secretAccessKey: 'test' }, region);
      const peer = new Endpoint(url, credentialsFrom(env), region);
      let [ourKeys, peerKeys]: (Prepared | undefined)[] = [];
      try {
        [ourKeys, peerKeys] = [await prepare(ours), await prepare(peer)];
        const tables: Table[] = [];
        for (const work of works) {
          const reason = await refusal(peer, peerKeys, work);
          if (reason !== undefined) {
            console.error(`${work.title} is left out: ${reason}`);
            continue;
          }
          const alternatives = [asking(own, ours, ourKeys, work), asking(url.host, peer, peerKeys, work)];
          // A round trip takes as long as dozens of calls of other suites.
          const longer = { ...effort, warmUpMs: 2 * effort.warmUpMs, batchMs: 4 * effort.batchMs };
          const timings = await interleave(alternatives, longer, wallMilliseconds);
          tables.push({ title: `${work.title}, wall-clock time`, rows: rowsOf(timings) });
        }
        return tables;
      } finally {
        if (peerKeys !== undefined) await abandon(peer, peerKeys);
        ours.close();
        peer.close();
        await server.close();
      }
    },
  };
}

/** Why the peer cannot do it; undefined when it can. */
async function refusal(peer: Endpoint, keys: Prepared, { input, operation }: Work): Promise<string | undefined> {
  const request = input(keys, 0);
  if (request === undefined) return 'the endpoint did not make a key of that kind.';
  return peer.call(operation, request).then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

function asking(
  name: string,
  endpoint: Endpoint,
  keys: Prepared,
  { concurrency, input, operation }: Work,
): Alternative {
  let pool: readonly SignedRequest[] = [];
  let signedAt = Number.NEGATIVE_INFINITY;
  return {
    name,
    run: async (times) => {
      if (performance.now() - signedAt > youngMs) {
        const inputs = Array.from({ length: poolSize }, (_, n) => input(keys, n) ?? {});
        pool = await Promise.all(inputs.map((one) => endpoint.sign(operation, one)));
        signedAt = performance.now();
      }
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next < times) await endpoint.send(nth(pool, next++));
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, times) }, lane));
    },
  };
}

async function wallMilliseconds(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function rowsOf(timings: readonly Timing[]): readonly Row[] {
  const floor = timings.find(({ name }) => name === own)?.rounds ?? [];
  return timings.map(({ name, rounds }) => {
    const time = figure('ns', rounds);
    return {
      name,
      figures: {
        'time a call': time,
        'calls a second': single('per second', 1e9 / time.median),
        'times kmsim': ratio(rounds, floor),
      },
    };
  });
}
