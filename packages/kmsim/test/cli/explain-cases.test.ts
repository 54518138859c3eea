// `kmsim explain --cases`: policy tests in files.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { addExplain } from '../../src/cli/explain-command.ts';
import { ran } from './conformance-commands.ts';

const folder = mkdtempSync(join(tmpdir(), 'kmsim-cases-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = (...args: readonly string[]) => ran(addExplain, ['explain', '--cases', ...args]);

const key = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const allow = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::111122223333:role/App' },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const request = { principal: 'arn:aws:iam::111122223333:role/App', checks: [['kms:Decrypt', key]] };
const good = { id: 'A', title: 'App decrypts', env: { keyPolicy: [allow] }, request, expect: 'allow' };
const bad = { id: 'B', title: 'App does not', env: { keyPolicy: [allow] }, request, expect: 'ExplicitDeny' };
const impossible = { id: 'C', env: { keyPolicy: [{ ...allow, Principal: undefined }] }, request, expect: 'allow' };

function file(content: unknown, name = 'cases.json'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('a file of cases', () => {
  test('that all pass ends with 0', async () => {
    const { code, stderr, stdout } = await run(file({ cases: [good] }));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      'ok      A: App decrypts\n        Allow by key policy "default" [0]\n\n1 of 1 cases are as expected.\n',
    );
  });

  test('in which one fails ends with 1, with the reasons', async () => {
    const { code, stdout } = await run(file({ cases: [good, bad, impossible] }));
    expect(code).toBe(1);
    expect(stdout).toContain(
      'FAILED  B: App does not\n        Allow by key policy "default" [0], not as expected: ExplicitDeny\n',
    );
    expect(stdout).toContain('\nB: App does not\n  Allow: allowed\n    caller    arn:aws:iam::111122223333:role/App\n');
    expect(stdout).toContain(
      'FAILED  C\n        cannot be asked: key policy: Policy contains a statement with no principal. Expected: allow\n',
    );
    expect(stdout).toContain('\n1 of 3 cases are as expected.\n');
  });

  test('--json is exactly the results', async () => {
    const { code, stderr, stdout } = await run(file({ cases: [good, bad, impossible] }), '--json');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'C: key policy: Policy contains a statement with no principal.\n',
    });
    expect(JSON.parse(stdout)).toEqual({
      cases: [
        { id: 'A', outcome: 'Allow', decidedBy: 'key policy "default" [0]', expected: 'allow', passed: true },
        { id: 'B', outcome: 'Allow', decidedBy: 'key policy "default" [0]', expected: 'ExplicitDeny', passed: false },
        { id: 'C', outcome: 'ImplicitDeny', decidedBy: null, expected: 'allow', passed: false },
      ],
    });
  });

  test.each([
    ['missing', join(folder, 'nowhere.json'), /nowhere\.json cannot be read: there is no such file\./],
    [
      'no JSON',
      file('{"cases": [\n  {"id" "A"}\n]}', 'broken.json'),
      /broken\.json is not JSON: line 2, column 9: a colon is missing\./,
    ],
    ['without cases', file({ cases: [] }, 'none.json'), /none\.json: cases has none\./],
    ['no object', file('null', 'null.json'), /null\.json: the file is not an object\./],
    [
      'malformed',
      file({ cases: [good, { ...bad, env: { keyPolicy: allow } }] }, 'bad.json'),
      /bad\.json: cases\[1\]\.env\.keyPolicy is not a list\./,
    ],
  ])('that is %s ends with 2 and says so', async (_what, path, words) => {
    const { code, stderr, stdout } = await run(path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  test('may come through the standard input', async () => {
    const given = Readable.from([Buffer.from(JSON.stringify({ cases: [good] }))]);
    using _stdin = vi.spyOn(process, 'stdin', 'get').mockReturnValue(given as never);
    expect((await run('-')).code).toBe(0);
  });

  test('lets nothing of a file move the cursor of a terminal', async () => {
    const { stdout } = await run(file({ cases: [{ ...good, title: 'a\u001b[2J\u202eb' }] }));
    expect(stdout).toContain('ok      A: a\\u{1b}[2J\\u{202e}b\n');
    const json = await run(file({ cases: [{ ...good, id: 'a\u009b2J' }] }), '--json');
    expect(json.stdout).toContain('"id": "a\\u009b2J"');
  });

  test('leaves no room for the flags of a question', async () => {
    const { code, stderr } = await run(file({ cases: [] }), '--as', 'arn:aws:iam::111122223333:role/App');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'kmsim: --cases goes with --json and nothing else: a case says the rest.\n',
    });
  });
});

describe('the cases of the documentation', () => {
  const ours = new URL('../../../authz/test/cases/', import.meta.url);
  test.each(readdirSync(ours).filter((name) => name.endsWith('.json')))('%s is as expected', async (name) => {
    const path = fileURLToPath(new URL(name, ours));
    const { code, stdout } = await run(path, '--json');
    const { cases } = JSON.parse(stdout) as { cases: { passed: boolean }[] };
    expect(cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(cases.length).toBe(JSON.parse(readFileSync(path, 'utf8')).cases.length);
    expect(code).toBe(0);
  });

  const facts = new URL('../../../../../shared/facts/authz-cases.json', import.meta.url);
  test.skipIf(!existsSync(facts))('the collection beside the project, where it is, is as expected', async () => {
    const { code, stdout } = await run(fileURLToPath(facts), '--json');
    const { cases } = JSON.parse(stdout) as { cases: { id: string; passed: boolean }[] };
    expect(cases.length).toBeGreaterThan(100);
    expect(cases.filter(({ passed }) => !passed)).toEqual([]);
    expect(code).toBe(0);
  });
});
