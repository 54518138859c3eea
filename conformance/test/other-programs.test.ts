// Another program that speaks KMS: scored without crashing on its answers. Where none is installed, the tests say so in their name.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scoreCommand } from '../src/cli/score.ts';
import { ioDouble } from './cli/io-double.ts';

const program = 'moto_server';
// A shim on the PATH may stand before a program that is not there, so it is asked for its help.
const hasMoto = spawnSync(program, ['--help'], { timeout: 30_000 }).status === 0;

interface Score {
  readonly totals: Readonly<Record<string, number>>;
  readonly results: readonly { readonly path: string; readonly outcome: string; readonly text: string }[];
}

describe.skipIf(!hasMoto)(`moto's server${hasMoto ? '' : ` (not installed: ${program})`}`, () => {
  let moto: ChildProcess;
  let url: string;
  let score: Score;

  beforeAll(async () => {
    moto = spawn(program, ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
    url = await listening(moto);
    const io = ioDouble();
    // Those without RSA keys and without waiting, to be quick.
    const themes = ['aliases', 'data-keys', 'deletion', 'grants', 'keys', 'mac', 'policies', 'random', 'tags'];
    await scoreCommand({ target: url, themes, json: true, timeLimit: 10 }, io);
    score = JSON.parse(io.said()) as Score;
  }, 90_000);

  afterAll(() => {
    moto?.kill('SIGKILL');
  });

  test('passes some scenarios and fails others', () => {
    expect(score.totals['passed']).toBeGreaterThan(5);
    expect(score.totals['failed']).toBeGreaterThan(5);
  });

  test('is told in one line for each, whatever it answers', () => {
    for (const { text } of score.results) {
      expect(text).toMatch(/^(passed$|failed at |no answer|skipped: |unsupported: )/);
      expect(text).not.toContain('\n');
    }
  });

  test('is seen to differ where the recordings say so: bare ids, and quotes that are missing', () => {
    const text = (path: string): string => score.results.find((one) => one.path === path)?.text ?? '';
    expect(text('keys/describe-malformed-key-id')).toContain('expected "Invalid keyId \'fake-key-id\'"');
    expect(text('mac/generate-and-verify-mac-hmac-256')).toContain('KeyId: expected "arn:aws:kms:');
  });
});

function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once('exit', (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
    server.once('error', reject);
  });
}
