// `kmsim replay cloudtrail.json.gz`.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isCloudTrail } from '../../src/cli/replay-cloudtrail.ts';
import { addReplay } from '../../src/cli/replay-command.ts';
import { buildTimeout, built } from '../build.ts';
import { kmsim } from '../child.ts';
import { decrypt, keyArn, policyFor, record, role } from '../cloudtrail/log.ts';
import { ran } from './conformance-commands.ts';

let folder: string;
const file = (name: string): string => join(folder, name);
const put = (name: string, value: unknown): void =>
  writeFileSync(file(name), typeof value === 'string' ? value : JSON.stringify(value));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-cloudtrail-'));
  for (const name of ['policies/alias', 'logs', 'empty']) mkdirSync(file(name), { recursive: true });
  const requestParameters = { keyId: 'alias/orders', encryptionContext: { tenant: 'acme' } };
  const records = [decrypt('acme'), decrypt('umbrella'), record({ eventName: 'Decrypt', requestParameters })];
  writeFileSync(file('log.json.gz'), gzipSync(JSON.stringify({ Records: records })));
  writeFileSync(file('logs/one.json.gz'), gzipSync(JSON.stringify({ Records: records.slice(0, 2) })));
  writeFileSync(file('logs/two.json.gz'), gzipSync(JSON.stringify({ Records: records.slice(2) })));
  put('lookup.json', { Events: records.map((one) => ({ CloudTrailEvent: JSON.stringify(one) })).reverse() });
  put('lines.jsonl', records.map((one) => JSON.stringify(one)).join('\n'));
  put('strict.json', { [keyArn]: policyFor('acme') });
  put('lax.json', { [keyArn]: JSON.stringify(policyFor('*')).replace('StringEquals', 'StringLike') });
  put('printed.json', { [keyArn]: { Policy: JSON.stringify(policyFor('acme')), PolicyName: 'default' } });
  put('disabled.json', { 'alias/orders': { state: 'Disabled' } });
  put('policies/alias/orders.json', policyFor('acme'));
  put('other-key.json', { 'alias/order': policyFor('acme') });
  put('one-policy.json', policyFor('acme'));
  put('grants.json', {
    Grants: [{ KeyId: keyArn, GrantId: '1'.repeat(64), GranteePrincipal: role, Operations: ['Decrypt'] }],
  });
  put('identities.json', [{ arn: role, policies: {} }]);
  put('bad-identities.json', { arn: role });
  put('no-kms.json', { Records: [{ ...records[0], eventSource: 's3.amazonaws.com' }] });
  put('cut.json', '{"Records":[{"eventVersion":"1.11"');
  put('trace.json', '{"steps": []}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function replay(...args: readonly string[]) {
  return ran(addReplay, ['replay', ...args]);
}

test.each(['log.json.gz', 'logs', 'lookup.json', 'lines.jsonl', 'no-kms.json', 'cut.json'])(
  '%s is told by its content',
  async (name) => expect(await isCloudTrail(file(name))).toBe(true),
);

test.each(['trace.json', 'strict.json', 'empty', 'none.json'])('%s is none', async (name) =>
  expect(await isCloudTrail(file(name))).toBe(false),
);

test('a difference: exit code 1, who, what and why', async () => {
  const { code, stderr, stdout } = await replay(file('log.json.gz'), '--policies', file('strict.json'));
  expect([code, stderr]).toEqual([1, '']);
  expect(stdout).toContain('3 events of KMS\n2 as then, 1 different, 0 uncertain, 0 not judged, 0 of KMS itself\n');
  expect(stdout).toContain(`\n1 x Decrypt by ${role} on ${keyArn}\n  then allowed, now AccessDenied\n  first 2026-`);
  expect(stdout).toContain('          asked    umbrella\n          written  acme\n');
  expect(stdout).toContain(`every permission that key policies leave to their account.\n  ${role} (3)\n`);
});

test('none: exit code 0', async () => {
  const { code, stdout } = await replay(file('log.json.gz'), '--policies', file('lax.json'));
  expect(code).toBe(0);
  expect(stdout).toContain('3 as then, 0 different');
});

describe('the same, whatever the log and the policies are in', () => {
  test.each([
    [['logs'], 'strict.json'],
    [['logs/two.json.gz', 'logs/one.json.gz'], 'strict.json'],
    [['lookup.json'], 'policies'],
    [['lines.jsonl'], 'printed.json'],
  ])('%j with %s', async (logs, policies) => {
    const { code, stdout } = await replay(...logs.map(file), '--policies', file(policies), '--json');
    expect(code).toBe(1);
    const { differences, events } = JSON.parse(stdout) as { events: object; differences: object[] };
    expect(events).toMatchObject({ kms: 3, same: 2, different: 1 });
    expect(differences).toMatchObject([
      { count: 1, operation: 'Decrypt', recorded: 'allowed', replayed: 'AccessDenied' },
    ]);
  });
});

test('a grant from before the log allows what the policy does not', async () => {
  const { code } = await replay(
    file('log.json.gz'),
    '--policies',
    file('strict.json'),
    '--grants',
    file('grants.json'),
  );
  expect(code).toBe(0);
});

test('what if the key were disabled?', async () => {
  const { code, stdout } = await replay(file('log.json.gz'), '--policies', file('disabled.json'));
  expect(code).toBe(1);
  expect(stdout).toContain('3 x Decrypt by');
  expect(stdout).toContain(`then allowed, now DisabledException`);
  expect(stdout).toContain(`    ${keyArn} is disabled.\n`);
});

test('what rests on a policy that is not given counts with --strict only', async () => {
  const args = [file('log.json.gz'), '--identities', file('identities.json')];
  const { code, stdout } = await replay(...args);
  expect(code).toBe(0);
  expect(stdout).toContain('Uncertain, for what they rest on is not given:');
  expect(stdout).toContain(`  rests on the policy of ${keyArn}\n`);
  expect((await replay(...args, '--strict')).code).toBe(1);
});

test('a key that no event is of is told first, and counts with --strict', async () => {
  const args = [file('log.json.gz'), '--policies', file('other-key.json')];
  const { code, stdout } = await replay(...args);
  expect(code).toBe(0);
  expect(stdout.split('\n')[0]).toBe('alias/order is given and no event is of it; did you mean alias/orders?');
  expect((await replay(...args, '--strict')).code).toBe(1);
});

describe('exit code 2: nothing can be said', () => {
  test.each([
    [['log.json.gz', '--policies', 'one-policy.json'], 'is one policy, and does not say whose: write {'],
    [['log.json.gz', '--policies', 'empty'], 'has no .json file: each is named after its key.'],
    [['log.json.gz', '--policies', 'strict.json', '--policies', 'printed.json'], 'has a policy already.'],
    [['log.json.gz', '--identities', 'bad-identities.json'], 'an object is not a list of users and roles'],
    [['log.json.gz', '--grants', 'strict.json'], 'a grant does not say which key it is on (KeyId).'],
    [['log.json.gz', '--policies', 'none.json'], 'none.json cannot be read: there is no such file.'],
    [['log.json.gz', 'none.json'], 'none.json: There is no such file.'],
    [['no-kms.json'], 'no event of KMS is in it.'],
    [['cut.json'], 'the log is cut short.'],
    [['--policies', 'strict.json'], 'Policies go with a CloudTrail log: name one.'],
  ])('%j', async (args, words) => {
    const { code, stderr, stdout } = await replay(...args.map((arg) => (arg.startsWith('--') ? arg : file(arg))));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(stderr.endsWith('\n') && stderr.indexOf('\n') === stderr.length - 1).toBe(true);
  });

  test('a target has no place here', async () => {
    const { code, stderr } = await replay(file('log.json.gz'), '--target', 'aws');
    expect([code, stderr]).toEqual([2, expect.stringContaining('leave --target out')]);
  });

  test(
    'the program, too',
    async () => {
      await built();
      expect((await kmsim(['replay', file('log.json.gz'), '--polices', 'x'])).code).toBe(2);
      expect((await kmsim(['replay', file('log.json.gz'), '--policies', file('strict.json')])).code).toBe(1);
    },
    buildTimeout + 30_000,
  );
});
