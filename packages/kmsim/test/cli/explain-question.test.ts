// What `kmsim explain` makes of the way a call comes, and of condition keys that do not exist.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addExplain } from '../../src/cli/explain-command.ts';
import { type Ran, ran } from './conformance-commands.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const folder = mkdtempSync(join(tmpdir(), 'kmsim-question-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ask = (...args: readonly string[]): Promise<Ran> =>
  ran(addExplain, ['explain', '--as', app, '--operation', 'Decrypt', ...args]);

test('--via is the service that calls for the caller', async () => {
  const Condition = {
    StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
    'ForAnyValue:StringEquals': { 'aws:CalledVia': 's3.amazonaws.com' },
    Bool: { 'aws:ViaAWSService': 'true' },
  };
  const Statement = { Effect: 'Allow', Principal: { AWS: app }, Action: 'kms:Decrypt', Resource: '*', Condition };
  const path = join(folder, 'key.json');
  writeFileSync(path, JSON.stringify({ Version: '2012-10-17', Statement }));
  const written = ['--policy', path, '--key', key];
  expect((await ask(...written)).code).toBe(1);
  expect((await ask(...written, '--via', 's3')).code).toBe(0);
  expect((await ask(...written, '--via', 's3.eu-west-1.amazonaws.com')).code).toBe(0);
  expect((await ask(...written, '--via', 's3.us-east-1.amazonaws.com')).code).toBe(1);
  expect((await ask(...written, '--via', 'ec2')).code).toBe(1);
});

test.each([
  [['--set', 'ViaService=x'], /Did you mean kms:ViaService\?/],
  [['--set', 'kms:Quux=x'], /kms:Quux is no condition key .* can have\.\n/],
  [['--via', 's3', '--set', 'KMS:ViaService=x'], /leave one of them out/],
])('%j is refused', async (args, words) => {
  const { code, stderr, stdout } = await ask(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(words);
});
