// `kmsim review` as a program: what it prints and what it ends with.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKmsim } from '../../src/index.ts';
import { reviewRules } from '../../src/review/rules/all.ts';
import { buildTimeout, built } from '../build.ts';
import { kmsim } from '../child.ts';
import { event } from '../trail-records.ts';

const secret = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N';
let folder = '';
const path = (name: string): string => join(folder, name);

beforeAll(async () => {
  await built();
  folder = mkdtempSync(join(tmpdir(), 'kmsim-review-'));
  const late = event('Decrypt', '2026-01-02T00:00:00Z');
  const early = event('Encrypt', '2026-01-01T00:00:00Z', {
    requestParameters: { encryptionContext: { auth: secret, 'line\u001b[2J': 'a@example.com' } },
  });
  writeFileSync(path('log.json.gz'), gzipSync(JSON.stringify({ Records: [late, early] })));
  mkdirSync(path('logs/empty'), { recursive: true });
  mkdirSync(path('logs/2026/01'), { recursive: true });
  writeFileSync(path('logs/2026/01/a.json.gz'), gzipSync(JSON.stringify({ Records: [early] })));
  writeFileSync(path('logs/2026/b.json'), JSON.stringify({ Records: [late] }));
  writeFileSync(path('quiet.json'), JSON.stringify({ Records: [late] }));
  const sim = createKmsim({ seed: 'review-command' });
  await sim.as().createKey();
  writeFileSync(path('snapshot.json'), JSON.stringify(sim.snapshot()));
}, buildTimeout);
afterAll(() => rmSync(folder, { recursive: true }));

describe.concurrent('kmsim review', () => {
  test('prints findings and ends with 1 for a grave one', async () => {
    const { code, stderr, stdout } = await kmsim(['review', path('log.json.gz')]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(
      /^high {3}An encryption context holds what looks like a secret \[secret-in-encryption-context\]\n/,
    );
    expect(stdout).toContain('[decrypt-without-key-id]');
    expect(stdout).not.toContain(secret);
    // Nothing of a log moves the cursor.
    expect(stdout).not.toContain('\u001b');
  });

  test('a folder is all log files in it', async () => {
    const [folder, file] = await Promise.all(['logs', 'log.json.gz'].map((name) => kmsim(['review', path(name)])));
    expect(folder).toMatchObject({ code: 1, stderr: '', stdout: file?.stdout });
    const { code, stderr } = await kmsim(['review', path('logs/empty')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/empty: there is no log file in it\./);
  });

  test('--json, --severity', async () => {
    const { code, stdout } = await kmsim(['review', path('log.json.gz'), '--json', '--severity', 'high']);
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: readonly { rule: string }[] };
    expect(findings.map(({ rule }) => rule)).toEqual(['secret-in-encryption-context']);
    expect(stdout).not.toContain(secret);
  });

  test('--except and --fail-on say when it fails', async () => {
    expect((await kmsim(['review', path('quiet.json')])).code).toBe(0);
    expect((await kmsim(['review', path('quiet.json'), '--fail-on', 'medium'])).code).toBe(1);
    expect((await kmsim(['review', path('log.json.gz'), '--fail-on', 'never'])).code).toBe(0);
    const except = ['--except', 'secret-in-encryption-context', '--except', 'personal-data-in-encryption-context'];
    expect((await kmsim(['review', path('log.json.gz'), ...except])).code).toBe(0);
  });

  test('--snapshot: keys and policies, without the administrator that kmsim made', async () => {
    const { code, stdout } = await kmsim(['review', '--snapshot', path('snapshot.json')]);
    expect(code).toBe(0);
    expect(stdout).toContain('[rotation-off]');
    expect(stdout).not.toContain('identity-all-actions');
  });

  test('--help shows what there is', async () => {
    const { code, stdout } = await kmsim(['review', '--help']);
    expect(code).toBe(0);
    for (const flag of ['--snapshot', '--severity', '--fail-on', '--except', '--json'])
      expect(stdout).toContain(`  ${flag}`);
    for (const { id, severity, title } of reviewRules)
      expect(stdout).toMatch(new RegExp(`^ +${id} +${severity} +${title}$`, 'm'));
  });

  test('a rule that is none: the hint is about this command', async () => {
    const { code, stderr } = await kmsim(['review', '--except', 'rotation-of', path('quiet.json')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Did you mean rotation-off\? kmsim review --help shows what there is\. \[InvalidOption\]/);
  });

  test.each([
    [[], /Name a log file, or a snapshot/],
    [['nothing.json'], /nothing\.json cannot be read/],
    [['--snapshot', 'package.json'], /no snapshot of kmsim/],
    [['-', '-'], /can be read only once/],
    [['--except', 'x', '--snapshot', 'nothing'], /no such file/],
    [['--severity', 'grave', 'x'], /Allowed choices are high, medium, low/],
  ])('mistake: %j ends with 2', async (args, message) => {
    const { code, stderr, stdout } = await kmsim(['review', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});
