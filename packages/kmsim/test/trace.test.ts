// The trace of a simulation: asked for, the same everywhere, and without secrets.

import { expect, test } from 'vitest';
import { createKmsim, type Kmsim, type KmsimOptions } from '../src/index.ts';
import { buildTimeout, built } from './build.ts';
import { start } from './child.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const options: KmsimOptions = {
  seed: 'identity',
  trace: true,
  accessKeys: [{ accessKeyId: 'AKIACANARY', secretAccessKey: 'canary of a secret access key' }],
  faults: { draw: { durationMs: 60_000 } },
};

// As text, because children run it too.
const workload = `async (sim) => {
  const quiet = (call) => call.catch((error) => error.name);
  for (let round = 0; round < 30; round++) {
    const created = await quiet(sim.as().createKey({ Description: 'canary of a description' }));
    const KeyId = created.KeyMetadata?.KeyId;
    if (KeyId === undefined) continue;
    await quiet(sim.as().encrypt({ KeyId, Plaintext: new TextEncoder().encode('canary of a plaintext') }));
    await quiet(sim.as().createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
    await quiet(sim.as().enableKeyRotation({ KeyId, RotationPeriodInDays: 90 }));
    await quiet(sim.as().listAliases({}));
    sim.clock.advance('1 second');
  }
  sim.clock.advance('100 days');
}`;
const work = new Function(`return ${workload}`)() as (sim: Kmsim) => Promise<void>;

async function hashOf(more: KmsimOptions = {}): Promise<string> {
  const sim = createKmsim({ ...options, ...more });
  await work(sim);
  return sim.trace.sha256();
}

test('a simulation that was not asked for a trace has none', () => {
  expect(kmsimErrorOf(() => createKmsim({ seed: 1 }).trace).code).toBe('NoTrace');
  expect(kmsimErrorOf(() => createKmsim({ seed: 1, trace: false }).trace).code).toBe('NoTrace');
  expect(kmsimErrorOf(() => createKmsim({ trace: 'yes' } as unknown as KmsimOptions)).code).toBe('InvalidOption');
});

test('the hash alone is the same hash', async () => {
  const sim = createKmsim({ ...options, trace: 'sha256' });
  await work(sim);
  expect([sim.trace.sha256(), sim.trace.lines()]).toEqual([await hashOf(), []]);
});

test('another seed is another run, and so is another plan', async () => {
  const first = await hashOf();
  expect(await hashOf({ seed: 'another' })).not.toBe(first);
  expect(await hashOf({ faults: { services: [{ raise: 'ThrottlingException' }] } })).not.toBe(first);
  // One in which nothing can happen is the same as none.
  const never = { services: [{ raise: 'KMSInternalException', probability: 0 }], network: {} };
  expect(await hashOf({ faults: never })).toBe(await hashOf({ faults: {} }));
});

test('it has faults and effects, and no canary', async () => {
  const sim = createKmsim(options);
  await work(sim);
  const text = sim.trace.text();
  expect(text).toContain('"kind":"fault"');
  expect(text).toContain('"kind":"effect"');
  expect(text).not.toContain('canary');
  expect(text).not.toContain(Buffer.from('canary of a plaintext').toString('base64'));
  expect(text).not.toContain('identity');
});

test(
  'the same seed is the same trace in every process, time zone and locale, with every pool and backend',
  async () => {
    await built();
    const here = await hashOf();
    const program = (backend: string): string => `
    const { createKmsim } = await import(${JSON.stringify(new URL('../dist/index.js', import.meta.url).href)});
    const sim = createKmsim({ ...${JSON.stringify(options)}, backend: ${JSON.stringify(backend)} });
    await (${workload})(sim);
    console.log(sim.trace.sha256());`;
    const surroundings = [
      { backend: 'native', env: { TZ: 'UTC', LC_ALL: 'C', UV_THREADPOOL_SIZE: '1' } },
      {
        backend: 'portable',
        env: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR', UV_THREADPOOL_SIZE: '8' },
      },
    ];
    for (const { backend, env } of surroundings) {
      const { stderr, stdout } = await start(process.execPath, ['--input-type=module', '-e', program(backend)], { env })
        .ended;
      expect([backend, stdout.trim(), stderr]).toEqual([backend, here, '']);
    }
  },
  buildTimeout + 60_000,
);
