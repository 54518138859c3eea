// `kmsim explain`: questions on the command line.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { addExplain } from '../../src/cli/explain-command.ts';
import { type Ran, ran } from './conformance-commands.ts';

const app = 'arn:aws:iam::111122223333:role/App';
const root = 'arn:aws:iam::111122223333:root';
const key = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const folder = mkdtempSync(join(tmpdir(), 'kmsim-explain-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A file with that content; statements become a policy. */
function file(content: unknown): string {
  const path = join(folder, `${++count}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const policy = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | readonly string[], extra: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...extra,
});
const toApp = (Action: string, extra: object = {}) => allow(Action, { Principal: { AWS: app }, ...extra });
const explain = (...args: readonly string[]): Promise<Ran> => ran(addExplain, ['explain', ...args]);
const ask = (...args: readonly string[]): Promise<Ran> => explain('--as', app, '--operation', 'Decrypt', ...args);

describe('an answer', () => {
  test('that is yes shows who decided and ends with 0', async () => {
    const { code, stderr, stdout } = await ask('--policy', file(policy(toApp('kms:Decrypt'))), '--key', key);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(`Allow: allowed
  caller    ${app}
  action    kms:Decrypt
  resource  ${key}
key policy "default"
  [0] Allow: matches  <- decides
no identity policies
`);
  });

  test('that is no shows what was compared and what is missing, and ends with 1', async () => {
    const written = file(
      policy(toApp('kms:Decrypt', { Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } })),
    );
    const { code, stdout } = await ask('--policy', written, '--key', key);
    expect(code).toBe(1);
    expect(stdout).toContain(`  [0] Allow: Condition does not match
      StringEquals of kms:ViaService
      asked    (not in the request)
      written  s3.eu-west-1.amazonaws.com`);
    expect(stdout).toContain(
      '   or add to the key policy: {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/App"}',
    );
    expect(
      (await ask('--policy', written, '--key', key, '--set', 'kms:ViaService=s3.eu-west-1.amazonaws.com')).code,
    ).toBe(0);
    expect(
      (await ask('--policy', written, '--key', key, '--set', 'KMS:viaservice=ec2.eu-west-1.amazonaws.com')).code,
    ).toBe(1);
  });

  test('says what was taken for granted', async () => {
    const { code, stdout } = await explain('--as', root, '--operation', 'Decrypt');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^no --policy: the key has the default key policy.*\nno --key: it is any key of the caller's account\n\nAllow/,
    );
  });

  test('has a part for each permission that the operation needs', async () => {
    const identity = file(policy(allow('kms:ReEncryptFrom')));
    const { code, stdout } = await explain('--as', app, '--operation', 'ReEncrypt', '--identity', identity);
    expect(code).toBe(1);
    expect(stdout.match(/^(Allow|ImplicitDeny)/gm)).toEqual(['Allow', 'ImplicitDeny']);
    expect((await explain('--as', app, '--operation', 'kms:ReEncryptFrom', '--identity', identity)).code).toBe(0);
  });

  test('is JSON with --json', async () => {
    const { code, stdout } = await ask('--json', '--key', key);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      allowed: false,
      decisions: [
        {
          principal: app,
          action: 'kms:Decrypt',
          resource: key,
          outcome: 'ImplicitDeny',
          considered: [{ policyType: 'key policy', matched: true, holds: 'account' }],
          changes: [
            { change: 'add', policyType: 'identity policy', statement: { Action: 'kms:Decrypt', Resource: key } },
          ],
          remedies: [{ oneOf: [expect.stringContaining('add to an identity policy')] }],
        },
      ],
    });
  });
});

describe('what decides', () => {
  const all = file(policy(allow('*')));
  const nothing = file(policy(allow('s3:*')));
  const deny = file(policy({ ...allow('kms:Decrypt'), Effect: 'Deny' }));
  const denyAll = file(policy({ ...allow('*'), Effect: 'Deny', Principal: '*' }));
  const openDoor = file(policy(allow('*', { Principal: '*' })));
  const grant = file({ Grants: [{ GrantId: 'g1', GranteePrincipal: app, Operations: ['Decrypt'], CreationDate: 0 }] });
  const Constraints = { EncryptionContextEquals: { tenant: 'acme' } };
  const tenantGrant = file({ GranteePrincipal: app, Operations: ['Decrypt'], Constraints });
  const tenantKey = 'kms:EncryptionContext:tenant';

  test.each([
    [0, 'an identity policy', ['--identity', all]],
    [1, 'a Deny in another identity policy', ['--identity', all, '--identity', deny]],
    [1, 'a boundary that is silent', ['--identity', all, '--boundary', nothing]],
    [0, 'a boundary that allows', ['--identity', all, '--boundary', all]],
    [1, 'a session policy that is silent', ['--identity', all, '--session', nothing]],
    [0, 'a level of SCPs that is silent, beside FullAWSAccess', ['--identity', all, '--scp', all, '--scp', nothing]],
    [1, 'a level of SCPs that is silent', ['--identity', all, '--scp', all, '--scp', nothing, '--no-full-aws-access']],
    [
      0,
      'levels of SCPs that allow',
      [
        ...['--identity', all, '--scp', all, '--scp', file([policy(allow('s3:*')), policy(allow('*'))])],
        '--no-full-aws-access',
      ],
    ],
    [1, 'an RCP that denies', ['--identity', all, '--rcp', denyAll]],
    [
      1,
      'an endpoint policy that is silent',
      ['--identity', all, '--endpoint-policy', file(policy(allow('s3:*', { Principal: '*' })))],
    ],
    [0, 'an endpoint policy that allows', ['--identity', all, '--endpoint-policy', openDoor]],
    [0, 'a grant', ['--grant', grant]],
    [0, 'a grant whose context the request has', ['--grant', tenantGrant, '--set', `${tenantKey}=acme`]],
    [1, 'a grant with another context', ['--grant', tenantGrant, '--set', `${tenantKey}=umbrella`]],
    [
      1,
      'a grant with more context than it wants',
      ['--grant', tenantGrant, '--context', 'user=bob', '--set', `${tenantKey}=acme`],
    ],
    [1, 'a Deny beside a grant', ['--grant', grant, '--identity', deny]],
    [
      1,
      'another account without a word of its own',
      ['--account', '444455556666', '--policy', file(policy(toApp('*')))],
    ],
    [
      0,
      'another account with a word of its own',
      ['--account', '444455556666', '--policy', file(policy(toApp('*'))), '--identity', all],
    ],
  ])('%i: %s', async (code, _what, args) => {
    expect((await ask(...args)).code).toBe(code);
  });

  test.each([
    ['get-key-policy', 'policy', { PolicyName: 'default', Policy: JSON.stringify(policy(toApp('kms:*'))) }],
    ['get-role-policy', 'identity', { RoleName: 'App', PolicyDocument: policy(allow('kms:*')) }],
    ['get-policy-version', 'identity', { PolicyVersion: { Document: policy(allow('kms:*')), VersionId: 'v1' } }],
    ['describe-policy', 'scp', { Policy: { PolicySummary: {}, Content: JSON.stringify(policy(allow('*'))) } }],
  ])('a policy as aws %s prints it', async (_command, flag, printed) => {
    expect((await ask('--identity', all, `--${flag}`, file(printed))).code).toBe(0);
  });

  test('an encryption context', async () => {
    const tenant = file(
      policy(toApp('kms:Decrypt', { Condition: { StringEquals: { 'kms:EncryptionContext:tenant': 'a=b' } } })),
    );
    expect((await ask('--policy', tenant, '--context', 'tenant=a=b')).code).toBe(0);
    expect((await ask('--policy', tenant, '--context', 'tenant=c')).code).toBe(1);
    const only = file(
      policy(
        toApp('kms:Decrypt', {
          Condition: { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['tenant', 'user'] } },
        }),
      ),
    );
    expect((await ask('--policy', only, '--context', 'tenant=a', '--context', 'user=b')).code).toBe(0);
    expect((await ask('--policy', only, '--context', 'tenant=a', '--context', 'other=b')).code).toBe(1);
  });

  test('a key of another kind, where the command line says so', async () => {
    const signing = file(policy(toApp('kms:Sign', { Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } } })));
    const sign = ['--as', app, '--operation', 'Sign', '--policy', signing];
    expect((await explain(...sign)).code).toBe(1);
    expect((await explain(...sign, '--set', 'kms:KeySpec=RSA_2048')).code).toBe(0);
  });

  test('an alias beside its key', async () => {
    const create = ['--as', app, '--operation', 'CreateAlias', '--key', key, '--alias', 'alias/orders', '--identity'];
    const alias = 'arn:aws:kms:eu-west-1:111122223333:alias/orders';
    expect((await explain(...create, file(policy(allow('kms:CreateAlias', { Resource: alias }))))).code).toBe(1);
    expect((await explain(...create, file(policy(allow('kms:CreateAlias', { Resource: [alias, key] }))))).code).toBe(0);
  });

  test('who may retire a grant', async () => {
    const retire = ['--as', app, '--operation', 'RetireGrant', '--grant'];
    const written = { GranteePrincipal: root, Operations: ['Decrypt'] };
    expect((await explain(...retire, file({ ...written, RetiringPrincipal: app }))).code).toBe(0);
    expect((await explain(...retire, file([written, { ...written, RetiringPrincipal: app }]))).code).toBe(0);
    expect((await explain(...retire, file(written))).code).toBe(1);
    expect((await explain('--as', app, '--operation', 'RetireGrant')).code).toBe(2);
  });
});

describe('the standard input', () => {
  const given = (text: string) =>
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(Readable.from([Buffer.from(text)]) as never);

  test('may stand for one file', async () => {
    using _stdin = given(JSON.stringify(policy(toApp('kms:Decrypt'))));
    expect((await ask('--policy', '-')).code).toBe(0);
  });

  test('and not for two', async () => {
    using _stdin = given(JSON.stringify(policy(toApp('kms:Decrypt'))));
    const { code, stderr } = await ask('--policy', '-', '--identity', '-');
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'kmsim: The standard input (-) can be read only once.\n' });
  });
});

describe('what cannot be asked ends with 2 and one line', () => {
  test.each([
    [['--operation', 'Decrypt'], /^kmsim: Who calls\? Say --as/],
    [['--as', app], /^kmsim: What do they call\? Say --operation Decrypt\./],
    [['--as', 'App', '--operation', 'Decrypt'], /App is no principal/],
    [['--as', app, '--operation', 'decrypt'], /KMS has no operation decrypt/],
    [['--as', app, '--operation', '__proto__'], /KMS has no operation __proto__/],
    [['--as', app, '--operation', 'Decrypt', '--key', 'alias/a'], /alias\/a is no key ARN/],
    [['--as', app, '--operation', 'Decrypt', '--account', '1'], /--account takes an account id of 12 digits/],
    [['--as', app, '--operation', 'Decrypt', '--account', '444455556666', '--key', key], /does not own the key/],
    [['--as', 'logs.amazonaws.com', '--operation', 'Decrypt'], /say whose key it is with --account or --key/],
    [['--as', app, '--operation', 'CreateAlias'], /say --alias alias\/orders/],
    [
      ['--as', app, '--operation', 'Decrypt', '--set', 'aws:SourceIP2=x'],
      /aws:SourceIP2 is no condition key .* Did you mean aws:SourceIp\?/,
    ],
    [
      ['--as', app, '--operation', 'Decrypt', '--policy', '/nowhere.json'],
      /^kmsim: \/nowhere\.json cannot be read: there is no such file\.\n$/,
    ],
    [['--as', app, '--operation', 'Decrypt', '--policy', folder], /cannot be read: it is a folder/],
    [
      ['--as', app, '--operation', 'Decrypt', '--policy', file('{"Statement": [}')],
      /\.json is not JSON: line 1, column 16: a value is missing\./,
    ],
    [['--as', app, '--operation', 'Decrypt', '--policy', file('{}')], /is no key policy: Policy has no Statement\./],
    [
      ['--as', app, '--operation', 'Decrypt', '--policy', file(policy(allow('*')))],
      /is no key policy: Policy contains a statement with no principal\./,
    ],
    [
      ['--as', app, '--operation', 'Decrypt', '--identity', file(policy(toApp('*')))],
      /is no identity policy: Policy document should not specify a principal\./,
    ],
    [
      ['--as', app, '--operation', 'Decrypt', '--grant', file({ GranteePrincipal: app })],
      /grants\[0\]\.Operations is missing/,
    ],
    [
      ['--as', app, '--operation', 'Decrypt', '--grant', file({ GranteePrincipal: 'App', Operations: [] })],
      /has no grantee that can call KMS/,
    ],
    [
      ['--as', app, '--operation', 'Decrypt', '--grant', file({ GranteePrincipal: app, Operations: ['decrypt'] })],
      /lists decrypt, which no grant can have/,
    ],
  ])('%j', async (args, words) => {
    const { code, stderr, stdout } = await explain(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd()).not.toContain('\n');
  });
});
