// Another endpoint beside kmsim's own server: here it is another kmsim.

import { createKmsim, type Kmsim, type KmsimServer, serve } from 'kmsim';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import { works } from '../src/against/works.ts';
import { against } from '../src/against.ts';
import { CommandError } from '../src/command-error.ts';
import { smokeEffort } from '../src/suite.ts';

const effort = { ...smokeEffort, rounds: 2 };
let sim: Kmsim;
let server: KmsimServer;

beforeAll(async () => {
  // The own server is the compiled one.
  await built();
  sim = createKmsim({
    seed: 'peer',
    clock: 'running',
    start: Date.now(),
    accessKeys: [{ accessKeyId: 'AKIDPEER', secretAccessKey: 'secret' }],
  });
  server = await serve(sim);
}, buildTimeout);

afterAll(async () => {
  await server.close();
  sim.close();
});

test('every request is sent to both, and no key is left behind', { timeout: 60_000 }, async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIDPEER', AWS_SECRET_ACCESS_KEY: 'secret' };
  const tables = await against(new URL(server.url), env).run(effort);
  expect(tables.map(({ title }) => title)).toEqual(works.map(({ title }) => `${title}, wall-clock time`));
  for (const { rows } of tables) {
    expect(rows.map(({ name }) => name)).toEqual(['kmsim serve', new URL(server.url).host]);
    expect(rows[1]?.figures['times kmsim']?.median).toBeGreaterThan(0);
  }
  const { Keys = [] } = await sim.as().listKeys();
  expect(Keys).toHaveLength(3);
  for (const { KeyId = '' } of Keys)
    expect((await sim.as().describeKey({ KeyId })).KeyMetadata?.KeyState).toBe('PendingDeletion');
});

test('a peer that does not know the credentials is told by what it says', { timeout: 60_000 }, async () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIDPEER', AWS_SECRET_ACCESS_KEY: 'wrong' };
  const run = against(new URL(server.url), env).run(effort);
  await expect(run).rejects.toThrow(/answers 400: .*InvalidSignatureException/s);
  await expect(run).rejects.toBeInstanceOf(CommandError);
});
