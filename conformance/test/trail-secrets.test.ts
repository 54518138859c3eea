// No event of any transcript shows a blob or a token of it: nothing that was sent, nothing that was answered, in ten encodings. And each call has
// one event.

import { structures } from '@kmsim/kms';
import { createKmsim, type Kmsim } from 'kmsim';
import { expect, test } from 'vitest';
import { type Canary, hits } from '../../packages/kms/test/audit/canaries.ts';
import { loadTranscripts } from '../src/load.ts';
import { playAll } from '../src/play-all.ts';
import { engineOf } from '../src/targets/doors.ts';

const blobs = new Set(
  Object.values(structures)
    .flat()
    .filter(({ name, shape }) => shape.kind === 'blob' || /^GrantTokens?$/.test(name))
    .map(({ name }) => name),
);

/** Everything below a body that is named like a blob or a token. */
function secretsOf(body: unknown): readonly Canary[] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    if (!blobs.has(name)) return secretsOf(value);
    const texts = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
    return texts.flatMap((text) =>
      [Buffer.from(text, 'base64'), Buffer.from(text)]
        .filter(({ length }) => length >= 12)
        .map((bytes) => ({ name, secret: new Uint8Array(bytes) })),
    );
  });
}

interface Scenario {
  readonly sim: Kmsim;
  readonly canaries: Canary[];
}

test('no transcript leaves a secret in its trail, and each call leaves one event', async () => {
  const scenarios: Scenario[] = [];
  let calls = 0;
  await playAll(loadTranscripts(), (seed) => {
    const scenario: Scenario = { sim: createKmsim({ seed }), canaries: [] };
    scenarios.push(scenario);
    const target = engineOf(scenario.sim);
    return {
      ...target,
      call: async (request) => {
        calls += 1;
        const reply = await target.call(request);
        scenario.canaries.push(...secretsOf(request.body), ...secretsOf(reply.body));
        return reply;
      },
    };
  });
  const called = scenarios.flatMap(({ sim }) => [
    ...new Set(
      sim.trail
        .find(({ userIdentity }) => userIdentity.invokedBy !== 'AWS Internal')
        .map(({ requestID }) => `${sim.seed} ${requestID}`),
    ),
  ]);
  expect(called).toHaveLength(calls);
  expect(scenarios.reduce((sum, { canaries }) => sum + canaries.length, 0)).toBeGreaterThan(500);
  expect(scenarios.flatMap(({ canaries, sim }) => hits(canaries, sim.trail.file()))).toEqual([]);
}, 180_000);
