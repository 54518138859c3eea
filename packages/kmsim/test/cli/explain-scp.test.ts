// `kmsim explain`: what stands beside the service control policies that it is given.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { addExplain } from '../../src/cli/explain-command.ts';
import { type Ran, ran } from './conformance-commands.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const folder = mkdtempSync(join(tmpdir(), 'kmsim-scp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const statement = (Effect: string, Action: string) => ({ Effect, Action, Resource: '*' });
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const all = file('all.json', policy(statement('Allow', '*')));
const listed = file('listed.json', [policy(statement('Allow', '*'))]);
const denyDecrypt = file('deny.json', policy(statement('Deny', 'kms:Decrypt')));
const denySign = file('deny-sign.json', policy(statement('Deny', 'kms:Sign')));
const ask = (...args: readonly string[]): Promise<Ran> =>
  ran(addExplain, ['explain', '--as', app, '--operation', 'Decrypt', '--identity', all, ...args]);

describe('an SCP that only denies', () => {
  test('denies that, and nothing else', async () => {
    expect((await ask('--scp', denyDecrypt)).code).toBe(1);
    expect((await ask('--scp', denySign)).code).toBe(0);
    expect((await ask('--scp', denySign, '--no-full-aws-access')).code).toBe(1);
  });

  test('stands beside FullAWSAccess, which is said and shown, once for a level', async () => {
    const asked = ['--scp', listed, '--scp', denySign];
    const { code, stdout } = await ask(...asked);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'FullAWSAccess stands beside the policies of --scp deny-sign.json, as AWS leaves it there: --no-full-aws-access takes it away\n',
    );
    expect(stdout.match(/^service control policy .*/gm)).toEqual([
      'service control policy "listed.json" of level 1',
      'service control policy "FullAWSAccess" of level 2',
      'service control policy "deny-sign.json" of level 2',
    ]);
    const without = await ask(...asked, '--no-full-aws-access');
    expect(without.code).toBe(1);
    expect(without.stdout).not.toContain('FullAWSAccess');
  });
});
