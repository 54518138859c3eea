// `kmsim world` and `kmsim serve --world` as people run them.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMS } from '@aws-sdk/client-kms';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildTimeout, built } from '../build.ts';
import { kmsim, kmsimServe } from '../child.ts';

beforeAll(() => built(), buildTimeout);

function file(name: string, text: string): string {
  const path = mkdtempSync(join(tmpdir(), 'kmsim-world-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  writeFileSync(join(path, name), text);
  return join(path, name);
}

const hex = '5cdaead27fe7da2de47945d73cd6d79e36494e73802f3cd3869f1d2cb0b5d7a9';
const good = `
region: eu-west-1
account: 111122223333
accessKeys: [{ accessKeyId: ME, secretAccessKey: secret }]
keys:
  - id: 0f0f0f0f-1111-4222-8333-444444444444
    aliases: [alias/app]
    material: { hex: ${hex} }
`;

test('check: nothing is wrong', async () => {
  const path = file('kms.yaml', good);
  expect(await kmsim(['world', 'check', path])).toMatchObject({
    code: 0,
    stdout: `${path} is a world of kmsim.\n`,
    stderr: '',
  });
});

test('check: each mistake is a line with its place, or JSON', async () => {
  const path = file('kms.yaml', 'keys:\n  - spec: RSA_248\n  - enabled: 1\n');
  const text = await kmsim(['world', 'check', path]);
  expect(text).toMatchObject({ code: 1, stdout: '' });
  expect(text.stderr).toBe(
    `${path}:2:5: keys[0].spec cannot be "RSA_248". Did you mean RSA_2048?\n${path}:3:5: keys[1].enabled is true or false, not 1.\n`,
  );
  const json = await kmsim(['world', 'check', '--json', path]);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.stdout)).toEqual([
    { file: path, line: 2, column: 5, path: 'keys[0].spec', problem: 'cannot be "RSA_248". Did you mean RSA_2048?' },
    { file: path, line: 3, column: 5, path: 'keys[1].enabled', problem: 'is true or false, not 1.' },
  ]);
  expect(await kmsim(['world', 'check', `${path}.none`])).toMatchObject({ code: 1, stdout: '' });
});

test('serve --world begins with it, and world export writes it; flags go before it', async () => {
  const path = file('kms.yaml', good);
  await using served = await kmsimServe(['--world', path, '--admin', '--region', 'eu-west-2', '--localstack-tags']);
  const { admin, env } = served.served;
  expect(env).toMatchObject({ AWS_REGION: 'eu-west-2', AWS_ACCESS_KEY_ID: 'ME' });
  const credentials = { accessKeyId: 'ME', secretAccessKey: 'secret' };
  const sdk = new KMS({ endpoint: served.served.url, region: 'eu-west-2', credentials, maxAttempts: 1 });
  const { KeyMetadata } = await sdk.describeKey({ KeyId: 'alias/app' });
  expect(KeyMetadata?.Arn).toBe('arn:aws:kms:eu-west-2:111122223333:key/0f0f0f0f-1111-4222-8333-444444444444');
  const id = 'bffb20d8-35ca-4408-9d54-f775b929b38d';
  const tagged = await sdk.createKey({ Tags: [{ TagKey: '_custom_id_', TagValue: id }] });
  expect(tagged.KeyMetadata?.KeyId).toBe(id);

  const env2 = { KMSIM_ADMIN_TOKEN: admin?.token ?? '' };
  const plain = await kmsim(['world', 'export', '--admin', admin?.url ?? ''], { env: env2 });
  expect(plain).toMatchObject({ code: 0, stderr: '' });
  expect(plain.stdout).toContain('alias/app');
  expect(plain.stdout).not.toContain(hex);
  const secret = await kmsim(['world', 'export', '--admin', admin?.url ?? '', '--secrets'], { env: env2 });
  expect(secret.stdout).toContain(hex);
  expect((await kmsim(['world', 'check', file('again.yaml', secret.stdout)])).code).toBe(0);
});

test('export: who asks without a token, or somewhere else, is told what to do', async () => {
  const missing = await kmsim(['world', 'export', '--admin', 'http://127.0.0.1:1']);
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('set KMSIM_ADMIN_TOKEN') });
  const env = { KMSIM_ADMIN_TOKEN: 'x' };
  const elsewhere = await kmsim(['world', 'export', '--admin', 'http://example.com/'], { env });
  expect(elsewhere).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the address that kmsim serve --admin printed'),
  });
  const nobody = await kmsim(['world', 'export', '--admin', 'http://127.0.0.1:1'], { env });
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('start kmsim serve --admin') });
});

test('a world that is wrong is not served', async () => {
  const { code, stderr } = await kmsim(['serve', '--port', '0', '--world', file('kms.yaml', 'kees: []')]);
  expect(code).toBe(1);
  expect(stderr).toContain('kees is nothing that a world has. Did you mean keys?');
});
