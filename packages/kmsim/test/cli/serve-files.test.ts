// The files of `kmsim serve`: who there is over HTTP, and what limits them.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMS } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../build.ts';
import { kmsim, kmsimServe } from '../child.ts';
import { failureOf } from '../doors/doors.ts';
import { credentialsOf, sts } from '../sts-request.ts';

beforeAll(() => built(), buildTimeout);

interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const sdk = (endpoint: string, credentials: Signer): KMS =>
  new KMS({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });

describe('who there is', () => {
  const RoleArn = 'arn:aws:iam::000000000000:role/App';
  const Ann = 'arn:aws:iam::000000000000:user/Ann';
  const may = (Action: string) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });
  const folder = mkdtempSync(join(tmpdir(), 'kmsim-serve-files-'));
  afterAll(() => rm(folder, { recursive: true }));
  const file = (name: string, content: unknown): string => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };

  test('roles of --identities are assumed, users sign with --access-keys, and --organization limits them', async () => {
    const identities = [
      { arn: RoleArn, policies: { list: may('kms:ListKeys') } },
      { arn: Ann, policies: { all: may('*') } },
    ];
    const deny = { Statement: { Effect: 'Deny', Action: 'kms:CreateKey', Resource: '*' } };
    const organization = { id: 'o-1', accounts: ['000000000000'], scps: { NoKeys: deny } };
    const accessKeys = [{ accessKeyId: 'ann', secretAccessKey: 'secret', as: Ann }];
    await using child = await kmsimServe([
      ...['--identities', file('identities.json', identities)],
      ...['--organization', file('organization.json', organization)],
      ...['--access-keys', file('access-keys.json', accessKeys)],
    ]);
    expect(child.served.env).toMatchObject({ AWS_ACCESS_KEY_ID: 'ann', AWS_SECRET_ACCESS_KEY: 'secret' });
    const ann = { accessKeyId: 'ann', secretAccessKey: 'secret' };
    const refused = await failureOf(sdk(child.served.url, ann).createKey({}));
    expect(refused.message).toMatch(/user\/Ann is not authorized .* explicit deny in a service control policy/);
    const reply = await sts(child.served.url, ann, 'AssumeRole', { RoleArn, RoleSessionName: 'run-1' });
    const app = sdk(child.served.url, credentialsOf(reply));
    expect((await app.listKeys({})).Keys).toEqual([]);
    expect((await failureOf(app.listAliases({}))).message).toContain('no identity-based policy allows');
  });

  test.each([
    [
      '--identities',
      { arn: RoleArn },
      /identities.*\.json: an object is not a list of users and roles, each with its arn\./,
    ],
    ['--identities', [{ arn: RoleArn, policy: {} }], /\.json: An identity has no option "policy".*\[InvalidOption\]/],
    ['--identities', [{ arn: Ann, policies: { p: '{' } }], /\.json: .*user\/Ann: .* \[InvalidPolicy\]/],
    ['--organization', { accounts: [] }, /\.json: An organization has an id\. \[InvalidOrganization\]/],
    ['--access-keys', [{ accessKeyId: 'a' }], /\.json: what is written is not a list of access keys/],
  ])('%s with %j is refused in one line that names the file', async (flag, content, message) => {
    const { code, stderr, stdout } = await kmsim(['serve', '--port', '0', flag, file(`wrong${flag}.json`, content)]);
    expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 1, stdout: '', lines: 2 });
    expect(stderr).toMatch(message);
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await kmsim(['serve', '--port', '0', '--identities', join(folder, 'none.json')]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no such file') });
  });
});
