// The command as people run it, on what is compiled: measured briefly, saved, compared, profiled.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import { type Ended, published, start } from '../../packages/kmsim/test/child.ts';
import { root } from '../../scripts/run.mjs';
import { readRun, runText } from '../src/saved-run.ts';
import { countedRun } from './runs.ts';

let folder: string;

beforeAll(async () => {
  await built();
  await built('bench');
  folder = mkdtempSync(join(tmpdir(), 'kmsim-bench-'));
}, buildTimeout);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bench(...args: readonly string[]): Promise<Ended> {
  // What is published starts in half the time; a profile shows the files of the workspace.
  const env = args.includes('--profile') ? {} : published;
  const options = { cwd: folder, timeout: 60_000, env };
  return start(process.execPath, [join(root, 'bench', 'dist', 'main.js'), ...args], options).ended;
}

test('a suite is measured, told, saved and profiled', { timeout: 60_000 }, async () => {
  const file = join(folder, 'corridor.json');
  const { code, stderr, stdout } = await bench('corridor', '--smoke', '--save', file, '--profile');
  expect(code).toBe(0);
  expect(stderr).toMatch(/^\[1\/1\] corridor {2}0:\d\d\nSaved: /);
  expect(stdout).toContain('== corridor: ');
  expect(stdout).toMatch(/\d % {2}kms\n/);
  // The engine's steps have names; so short a run is not sure to meet the small ones.
  expect(stdout).toContain('dispatch  kms dispatch.js');
  const run = readRun(file);
  expect(run).toMatchObject({ smoke: true, seed: 'bench', version: expect.stringMatching(/^\d/) });
  expect(run.suites.map(({ name, yardstick }) => [name, yardstick?.unit])).toEqual([['corridor', 'ns']]);
  const encrypt = run.suites[0]?.tables[0]?.rows.find(({ name }) => name === 'Encrypt')?.figures['CPU a call'];
  expect(encrypt?.rounds?.length).toBeGreaterThan(2);
  const profile = JSON.parse(readFileSync(join(root, 'bench', 'profiles', 'corridor.cpuprofile'), 'utf8'));
  expect(profile).toMatchObject({
    nodes: expect.any(Array),
    samples: expect.any(Array),
    timeDeltas: expect.any(Array),
  });
});

test('--json is JSON, whatever else is asked for', { timeout: 60_000 }, async () => {
  const { code, stdout } = await bench('throttle', '--smoke', '--json', '--save', join(folder, 'json.json'));
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(readRun(join(folder, 'json.json')));
});

test('a function that was slowed down is flagged, and ends with 1 when that is asked for', async () => {
  const [before, after] = [join(folder, 'before.json'), join(folder, 'after.json')];
  writeFileSync(before, runText(await countedRun({ floor: 100, work: 200 })));
  writeFileSync(after, runText(await countedRun({ floor: 100, work: 300 })));
  const told = await bench('--from', after, '--compare', before);
  expect(told).toMatchObject({ code: 0, stderr: '' });
  expect(told.stdout).toContain('SLOWER 1.50x  suite / Work / work');
  expect(await bench('--from', after, '--compare', before, '--fail-on-slower')).toMatchObject({ code: 1 });
  expect(await bench('--from', before, '--compare', after, '--fail-on-slower')).toMatchObject({ code: 0 });
});

test('a report is one page', async () => {
  const [from, to] = [join(folder, 'drawn.json'), join(folder, 'drawn.html')];
  writeFileSync(from, runText(await countedRun({ floor: 100, work: 200 })));
  expect(await bench('--from', from, '--report', to)).toMatchObject({ code: 0, stdout: '' });
  expect(existsSync(to)).toBe(true);
});

test('the names in a report are text, wherever they stand', async () => {
  const [from, to] = [join(folder, 'named.json'), join(folder, 'named.html')];
  const [suite] = (await countedRun({ floor: 100, work: 200 })).suites;
  const name = 'x" onmouseover="alert(1)"><script>alert(2)</script>';
  writeFileSync(from, runText({ ...(await countedRun({ floor: 1 })), suites: [{ ...suite!, name }] }));
  expect(await bench('--from', from, '--report', to)).toMatchObject({ code: 0 });
  const page = readFileSync(to, 'utf8');
  const text = 'x&quot; onmouseover=&quot;alert(1)&quot;&gt;&lt;script&gt;alert(2)&lt;/script&gt;';
  expect(page).not.toContain('" onmouseover');
  expect(page).toContain(`<a href="#${text}">${text}</a>`);
  expect(page).toContain(`<section id="${text}">`);
});

test('of a saved run those suites are shown that are named; a suite that says nothing of itself has its name', async () => {
  const from = join(folder, 'two.json');
  const run = await countedRun({ floor: 100, work: 200 });
  const [suite] = run.suites;
  const { about: _, ...silent } = suite!;
  writeFileSync(
    from,
    runText({
      ...run,
      suites: [
        { ...suite!, name: 'corridor' },
        { ...silent, name: 'vault' },
      ],
    }),
  );
  const all = await bench('--from', from);
  expect(all).toMatchObject({ code: 0, stderr: '' });
  expect(all.stdout.match(/^== .*/gm)).toEqual(['== corridor: What it is.', '== vault']);
  const one = await bench('vault', '--from', from, '--json');
  expect(JSON.parse(one.stdout).suites.map((each: { name: string }) => each.name)).toEqual(['vault']);
  const none = await bench('vault', 'memory', '--from', from);
  expect(none).toMatchObject({ code: 1, stdout: '' });
  expect(none.stderr).toContain("The run has no suite 'memory'. It has: corridor, vault.");
});

test('a comparison of nothing says so, and fails where slower would', async () => {
  const [before, after] = [join(folder, 'here.json'), join(folder, 'there.json')];
  const run = await countedRun({ floor: 100, work: 200 });
  writeFileSync(before, runText(run));
  writeFileSync(after, runText({ ...run, suites: run.suites.map((suite) => ({ ...suite, name: 'other' })) }));
  const told = await bench('--from', after, '--compare', before);
  expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing was compared') });
  expect(await bench('--from', after, '--compare', before, '--fail-on-slower')).toMatchObject({ code: 1 });
});

test.each([
  [['--compare', 'never-saved'], /There is no saved run 'never-saved'/],
  [['--compare', 'node-2'], /Did you mean 'node-2\d'\?/],
  [['--save', 'a/b'], /'a\/b' is no name for a run/],
  [['--against', 'https://kms.eu-central-1.amazonaws.com'], /--i-accept-costs/],
  [['corridor', '--fail-on-slower'], /--fail-on-slower needs --compare/],
  [
    ['--from', 'node-20', '--against', 'http://127.0.0.1:1'],
    /--from measures nothing: --against says nothing beside it/,
  ],
  [['--from', 'node-20', '--profile'], /--from measures nothing: --profile says nothing beside it/],
  [['--from', 'node-20', '--smoke'], /--from measures nothing: --smoke says nothing beside it/],
  [['nothing'], /There is no such suite|Did you mean/],
])('%j is told before anything is measured', async (args, message) => {
  const { code, stderr, stdout } = await bench(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr).not.toContain('    at ');
});
