// The documents that `kmsim explain` is given: what is refused in them, and how they are shown.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addExplain } from '../../src/cli/explain-command.ts';
import { type Ran, ran } from './conformance-commands.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const other = key.replace('1234abcd', '0987dcba');
const folder = mkdtempSync(join(tmpdir(), 'kmsim-explain-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
function file(content: unknown): string {
  const path = join(folder, `${++count}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const ask = (...args: readonly string[]): Promise<Ran> =>
  ran(addExplain, ['explain', '--as', app, '--operation', 'Decrypt', ...args]);

test('a document that says a thing twice is refused', async () => {
  const { code, stderr } = await ask('--policy', file('{"Statement":[{"Effect":"Deny","Effect":"Allow"}]}'));
  expect(code).toBe(2);
  expect(stderr).toMatch(/json has the member "Effect" twice\.\n$/);
});

describe('a grant that says its key', () => {
  const grants = { Grants: [{ GrantId: 'abc', KeyId: key, GranteePrincipal: app, Operations: ['Decrypt'] }] };

  test('lets its grantee use that key', async () => {
    expect((await ask('--key', key, '--grant', file(grants))).code).toBe(0);
  });

  test.each([
    ['another key', ['--key', other]],
    ['any key', []],
  ])('is refused for %s', async (_what, args) => {
    const { code, stderr, stdout } = await ask(...args, '--grant', file(grants));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`the grant abc is on the key ${key}, not on arn:aws:kms:`);
  });
});

test('a Sid moves no cursor, in JSON neither', async () => {
  const Sid = 'a\u009b2Jb\u202ec\u{e0001}';
  const Statement = { Sid, Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' };
  const { code, stdout } = await ask('--identity', file({ Statement }), '--key', key, '--json');
  expect(code).toBe(0);
  expect(stdout).toContain('"a\\u009b2Jb\\u202ec\\udb40\\udc01"');
  expect(JSON.parse(stdout).decisions[0].decidedBy.sid).toBe(Sid);
});
