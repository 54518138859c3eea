// The AWS CLI over HTTPS, with the variables that `kmsim serve --tls` prints.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab, whyNoAwsCli } from '../../packages/kmsim/test/aws-cli.ts';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import type { Ended } from '../../packages/kmsim/test/child.ts';
import { named } from './programs.ts';

const reason = whyNoAwsCli();

describe.skipIf(reason !== undefined)(named('the AWS CLI over HTTPS', reason), { timeout: 90_000 }, () => {
  let folder = '';
  let lab: Lab;
  beforeAll(async () => {
    await built();
    folder = await mkdtemp(join(tmpdir(), 'kmsim-aws-https-'));
    lab = await openLab(['--tls', folder]);
  }, buildTimeout);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const aws = (
    command: string,
    variables = `export AWS_CA_BUNDLE=${lab.served.env['AWS_CA_BUNDLE']}`,
  ): Promise<Ended> => lab.bash(`${variables}\naws --endpoint-url "$URL" ${command}`);

  test('creates a key, encrypts and decrypts, and sees the codes of errors', async () => {
    expect(lab.served.url).toMatch(/^https:/);
    const { code, stderr, stdout } = await aws(`kms create-key --query KeyMetadata.KeyId --output text > key
      aws --endpoint-url "$URL" kms encrypt --key-id "$(cat key)" --plaintext fileb://<(printf 'over TLS') \\
        --query CiphertextBlob --output text | base64 -d > blob
      aws --endpoint-url "$URL" kms decrypt --ciphertext-blob fileb://blob --query Plaintext --output text | base64 -d
      if aws --endpoint-url "$URL" kms describe-key --key-id alias/none 2> none; then exit 1; fi
      grep -q NotFoundException none`);
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: 'over TLS' });
    expect(lab.escapes()).toBe(0);
  });

  test('not without AWS_CA_BUNDLE', async () => {
    const { code, stderr } = await aws('kms list-keys', '');
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/SSL validation failed|CERTIFICATE_VERIFY_FAILED/);
  });
});
