// What key stores cost: Encrypt through the proxy of an external one, against the round trips that it is made of, and in a CloudHSM cluster.

import { fork } from 'node:child_process';
import { Agent } from 'node:http';
import { createXksProxy, serveXksProxy, type XksProxyLike } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { seed } from './keys.ts';
import type { Effort, Suite, Table } from './suite.ts';
import { wallMilliseconds } from './wall-time.ts';
import { encryption, inCluster, inVault } from './xks/key-stores.ts';
import type { Announced } from './xks/proxy-process.ts';
import { constantServer, type Message, roundTrip } from './xks/round-trip.ts';

const apart = 'a signed request to the same proxy, node:http';
const constant = 'node:http, a constant answer';

export const xks: Suite = {
  name: 'xks',
  about:
    'Encrypt under a key of an external key store over HTTP on loopback, against round trips: by the clock, with the proxy in a process of its own; and CPU time, with the proxy in this one. In a CloudHSM cluster, against the own vault.',
  nodeFlags: [],
  run: async (effort) => [await twoProcesses(effort), ...(await oneProcess(effort)), await cluster(effort)],
};

/** As people run it, and as they wait for it. */
async function twoProcesses(effort: Effort): Promise<Table> {
  const child = fork(new URL('./xks/proxy-process.js', import.meta.url));
  const agent = new Agent({ keepAlive: true });
  try {
    const proxy = await new Promise<Announced>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Announced));
      child.once('exit', () => reject(new Error('the process of the proxy ended')));
    });
    const timings = await interleave(
      [
        repeated(apart, roundTrip(agent, proxy.port, await recordedRequest())),
        repeated('Encrypt', await encryption(proxy, proxy.url)),
      ],
      longer(effort),
      wallMilliseconds,
    );
    return {
      title: 'Encrypt, 32 B, through a proxy in another process, in round trips of its server',
      rows: rowsOf(timings, apart, 'time a call'),
    };
  } finally {
    agent.destroy();
    child.disconnect();
  }
}

async function oneProcess(effort: Effort): Promise<readonly Table[]> {
  const proxy = await createXksProxy({ seed, keys: ['bench'] });
  const server = await serveXksProxy(proxy);
  const fixed = await constantServer();
  const agent = new Agent({ keepAlive: true });
  try {
    const message = await recordedRequest();
    const timings = await interleave(
      [
        repeated(constant, roundTrip(agent, fixed.port, message)),
        repeated(apart, roundTrip(agent, server.port, message)),
        repeated('Encrypt, the proxy over HTTP', await encryption(proxy, server.url)),
        repeated('Encrypt, the proxy in the same process', await encryption(proxy, proxy)),
      ],
      longer(effort),
    );
    return [
      {
        title: 'Encrypt, 32 B, through a proxy in the same process, in round trips of its server',
        rows: rowsOf(timings, apart),
      },
      { title: 'The same, in round trips of a server that does nothing', rows: rowsOf(timings, constant) },
    ];
  } finally {
    agent.destroy();
    await server.close();
    await fixed.close();
  }
}

async function cluster(effort: Effort): Promise<Table> {
  const vault = 'Encrypt under a key of the own vault';
  const timings = await interleave(
    [repeated(vault, await inVault()), repeated('Encrypt under a key in a CloudHSM cluster', await inCluster())],
    effort,
  );
  return { title: 'Encrypt, 32 B, in a CloudHSM cluster, against the own vault', rows: rowsOf(timings, vault) };
}

/** What an Encrypt sends to its proxy. The seed gives every proxy of it the same credential. */
async function recordedRequest(): Promise<Message> {
  const proxy = await createXksProxy({ seed, keys: ['bench'] });
  let message: Message | undefined;
  const recorder: XksProxyLike = {
    handle: (sent) => {
      message = sent;
      return proxy.handle(sent);
    },
  };
  const recorded = await encryption(proxy, recorder);
  await recorded();
  if (message === undefined) throw new Error('the proxy was not asked');
  return message;
}

// A round trip takes as long as thirty calls of other suites: the compiler is done with it that much later.
function longer(effort: Effort): Effort {
  return { ...effort, warmUpMs: 8 * effort.warmUpMs, batchMs: 4 * effort.batchMs };
}

function repeated(name: string, work: () => unknown): Alternative {
  return {
    name,
    run: async (times) => {
      for (let n = 0; n < times; n++) await work();
    },
  };
}
