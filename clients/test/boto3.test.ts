// boto3, the AWS SDK for Python, over HTTP and over HTTPS.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKmsim, type KmsimServer, type ServeOptions, serve } from 'kmsim';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, start } from '../../packages/kmsim/test/child.ts';
import { awsEnv, named, pythonWithBoto3 } from './programs.ts';

const python = pythonWithBoto3();
const script = fileURLToPath(new URL('boto3_client.py', import.meta.url));

function run({ env, url }: KmsimServer, without: readonly string[] = []): Promise<Ended> {
  const known = Object.entries({ ...env, ...awsEnv }).filter(([name]) => !without.includes(name));
  return start(python ?? '', [script, url], { env: Object.fromEntries(known), timeout: 60_000 }).ended;
}

describe.skipIf(python === undefined)(
  named('boto3', python === undefined ? 'no boto3 here' : undefined),
  {
    timeout: 90_000,
  },
  () => {
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kmsim-boto3-'));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    test.each(['http', 'https'])(
      'works over %s: pages, contexts, data keys, dates and the codes of errors',
      async (scheme) => {
        using sim = createKmsim({ seed: 1, start: '2026-03-01T12:00:00Z' });
        const options: ServeOptions = scheme === 'https' ? { tls: { directory: folder } } : {};
        await using server = await serve(sim, options);
        expect(server.url.split(':')[0]).toBe(scheme);
        const { code, stderr, stdout } = await run(server);
        expect({ code, stderr }).toMatchObject({ code: 0 });
        expect(JSON.parse(stdout)).toEqual({
          'all keys are listed': true,
          'pages have them once': 5,
          aliases: ['alias/boto3'],
          waiters: [],
          plaintext: 'grüße',
          algorithm: 'SYMMETRIC_DEFAULT',
          'data key': [true, 32],
          tags: [{ TagKey: 'course', TagValue: 'kms' }],
          deletion: ['PendingDeletion', 'datetime'],
          created: expect.any(String),
          caller: expect.stringMatching(/^arn:aws:iam::000000000000:/),
          codes: {
            'another context': 'InvalidCiphertextException',
            'no such key': 'NotFoundException',
            disabled: 'DisabledException',
            'pending deletion': 'KMSInvalidStateException',
            taken: 'AlreadyExistsException',
            'too short a window': 'ValidationException',
            'wrong secret': 'InvalidSignatureException',
          },
        });
        expect(Date.parse(JSON.parse(stdout).created)).toBe(Date.parse('2026-03-01T12:00:00Z'));
        expect(sim.trail.last()?.['userAgent']).toMatch(/Boto3|Botocore/i);
      },
    );

    test('does not take a certificate that it was not told to trust', async () => {
      using sim = createKmsim({ seed: 1 });
      await using server = await serve(sim, { tls: { directory: folder } });
      const { code, stderr } = await run(server, ['AWS_CA_BUNDLE']);
      expect(code).not.toBe(0);
      expect(stderr).toContain('CERTIFICATE_VERIFY_FAILED');
      expect(sim.trail.events).toEqual([]);
    });
  },
);
