// What a page runs: the suite of the doors, the digest of one seed, and what a browser cannot have.

import { createKmsim, createXksProxy, KmsimError, serve, serveXksProxy } from 'kmsim';
import { loadWorld, readWorld } from 'kmsim/world';
import { oneDigest } from '../digest-of.mjs';
import { doorsInProcess } from '../doors/doors.ts';
import { suite } from '../doors/suite.ts';
import { outcomesOf } from './run-suite.ts';
import { shortRun } from './short-run.ts';

const sim = createKmsim({ seed: 'page' });
const proxy = {} as Parameters<typeof serveXksProxy>[0];

const nodeOnly: Readonly<Record<string, () => unknown>> = {
  serve: () => serve(sim),
  intercept: () => sim.intercept(),
  createXksProxy: () => createXksProxy(),
  serveXksProxy: () => serveXksProxy(proxy),
  xksEndpoints: () => createKmsim({ xksEndpoints: { 'https://xks.example.com': 'http://127.0.0.1:4600' } }),
  streamToFile: () => sim.trail.streamToFile('events.jsonl'),
  loadWorld: () => loadWorld('kms.yaml'),
  native: () => createKmsim({ backend: 'native' }),
};

async function codeOf(use: () => unknown): Promise<string> {
  try {
    await use();
    return 'works';
  } catch (error) {
    return error instanceof KmsimError ? error.code : `${error}`;
  }
}

async function roundTrip(): Promise<boolean> {
  const unpacked = new Blob([Uint8Array.from(await sim.trail.gzip())])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(unpacked).text()) === sim.trail.file();
}

Object.assign(globalThis, {
  doorsOutcomes: () => outcomesOf(() => suite(doorsInProcess)),
  oneDigest: () => oneDigest(createKmsim, { backend: 'portable', manner: 'at-once', before: 'cold' }),
  shortRun: () => shortRun(createKmsim),
  nodeOnly: async () =>
    Object.fromEntries(
      await Promise.all(Object.entries(nodeOnly).map(async ([name, use]) => [name, await codeOf(use)] as const)),
    ),
  roundTrip,
  worldFromText: () => createKmsim({ world: readWorld('account: "111122223333"\n') }).account,
});
