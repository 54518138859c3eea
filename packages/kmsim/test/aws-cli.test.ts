// The lab that every course on KMS has, with the real AWS CLI against `kmsim serve`, as shell commands.

import { KMS } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab, whyNoAwsCli } from './aws-cli.ts';
import { buildTimeout, built } from './build.ts';

const reason = whyNoAwsCli();

// `! command` does not stop a script when the command succeeds.
const refused = 'refused() { if "$@"; then echo "should have failed: $*" >&2; exit 1; fi; }';

describe.skipIf(reason !== undefined)(
  `the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  { timeout: 120_000 },
  () => {
    let lab: Lab;

    beforeAll(async () => {
      await built();
      lab = await openLab();
    }, buildTimeout);
    afterAll(() => lab?.[Symbol.asyncDispose]());

    /** What a script prints. It must succeed, and every call in it must say where it goes. */
    async function sh(script: string): Promise<string> {
      const astray = script
        .replaceAll('\\\n', ' ')
        .split('\n')
        .filter((line) => line.includes('aws kms') && !line.includes('--endpoint-url "$URL"'));
      expect(astray).toEqual([]);
      const { code, stderr, stdout } = await lab.bash(`${refused}\n${script}`);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(lab.escapes()).toBe(0);
      return stdout.trim();
    }

    /** Sets a rotation period: with the CLI where its model has it (2.16 and later, 1.33 and later), else with the SDK. */
    async function enableRotation(
      KeyId: string,
      days: number,
    ): Promise<{ enabled: boolean; days: number | undefined }> {
      const { code, stderr } = await lab.bash(
        `aws kms enable-key-rotation --endpoint-url "$URL" --key-id ${KeyId} --rotation-period-in-days ${days}`,
      );
      const tooOld = /Unknown options: --rotation-period-in-days/.test(stderr);
      expect(code === 0 || tooOld, stderr).toBe(true);
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const kms = new KMS({ endpoint: lab.served.url, region: 'us-east-1', credentials });
      if (tooOld) await kms.enableKeyRotation({ KeyId, RotationPeriodInDays: days });
      const enabled = await sh(
        `aws kms get-key-rotation-status --endpoint-url "$URL" --key-id ${KeyId} --query KeyRotationEnabled --output text`,
      );
      const { RotationPeriodInDays } = await kms.getKeyRotationStatus({ KeyId });
      kms.destroy();
      if (!tooOld) {
        const shown = await sh(
          `aws kms get-key-rotation-status --endpoint-url "$URL" --key-id ${KeyId} --query RotationPeriodInDays --output text`,
        );
        expect(shown).toBe(`${days}`);
      }
      return { enabled: enabled === 'True', days: RotationPeriodInDays };
    }

    describe('the lab', () => {
      let key = '';

      test('creates a key and an alias', async () => {
        key = await sh(`
        KEY=$(aws kms create-key --endpoint-url "$URL" --description "lab key" \\
          --tags TagKey=course,TagValue=kms --query KeyMetadata.KeyId --output text)
        aws kms create-alias --endpoint-url "$URL" --alias-name alias/lab --target-key-id "$KEY"
        echo "$KEY"`);
        expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      });

      test('encrypts and decrypts a small secret by alias', async () => {
        const recovered = await sh(`
        aws kms encrypt --endpoint-url "$URL" --key-id alias/lab --plaintext fileb://<(printf 'hunter2 ü') \\
          --query CiphertextBlob --output text | base64 -d > secret.bin
        refused grep -q hunter2 secret.bin
        aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://secret.bin \\
          --query Plaintext --output text | base64 -d`);
        expect(recovered).toBe('hunter2 ü');
      });

      test('describes the key and lists its alias', async () => {
        const described = JSON.parse(
          await sh('aws kms describe-key --endpoint-url "$URL" --key-id alias/lab --output json'),
        );
        expect(described).toMatchObject({
          KeyMetadata: { KeyId: key, Description: 'lab key', KeyState: 'Enabled', KeyManager: 'CUSTOMER' },
        });
        expect(String(described.KeyMetadata.CreationDate)).toMatch(/^(\d{4}-|\d{10})/);
        const listed = JSON.parse(await sh(`aws kms list-aliases --endpoint-url "$URL" --key-id ${key} --output json`));
        expect(listed.Aliases).toMatchObject([{ AliasName: 'alias/lab', TargetKeyId: key }]);
      });

      test('encrypts a file of 1 MiB with a data key, and recovers it with the encrypted data key alone', async () => {
        const left = await sh(`
        hex() { base64 -d | od -An -v -tx1 | tr -d ' \\n'; }
        head -c 1048576 /dev/urandom > file.bin
        aws kms generate-data-key --endpoint-url "$URL" --key-id alias/lab --key-spec AES_256 \\
          --encryption-context purpose=file --query '[Plaintext,CiphertextBlob]' --output text > data-key
        IV=$(openssl rand -hex 16)
        openssl enc -aes-256-ctr -in file.bin -out file.enc -K "$(cut -f1 data-key | hex)" -iv "$IV"
        cut -f2 data-key | base64 -d > data-key.enc
        rm data-key
        refused cmp -s file.bin file.enc
        PLAIN=$(aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://data-key.enc \\
          --encryption-context purpose=file --query Plaintext --output text | hex)
        openssl enc -d -aes-256-ctr -in file.enc -out file.out -K "$PLAIN" -iv "$IV"
        cmp file.bin file.out && wc -c < file.out`);
        expect(left).toBe('1048576');
      });

      test('an encryption context must be the same again', async () => {
        const words = await sh(`
        aws kms encrypt --endpoint-url "$URL" --key-id alias/lab --plaintext fileb://<(printf 'bound') \\
          --encryption-context tenant=a,stage=test --query CiphertextBlob --output text | base64 -d > bound.bin
        refused aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://bound.bin --encryption-context tenant=b,stage=test 2> wrong.txt
        refused aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://bound.bin 2> none.txt
        grep -q InvalidCiphertextException wrong.txt
        grep -q InvalidCiphertextException none.txt
        aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://bound.bin --encryption-context stage=test,tenant=a \\
          --query Plaintext --output text | base64 -d`);
        expect(words).toBe('bound');
      });

      test('rotates every 90 days', async () => {
        expect(await enableRotation(key, 90)).toEqual({ enabled: true, days: 90 });
      });

      test('deletes the alias, then the key after 7 days', async () => {
        const [state, days] = (
          await sh(`
        aws kms delete-alias --endpoint-url "$URL" --alias-name alias/lab
        refused aws kms describe-key --endpoint-url "$URL" --key-id alias/lab 2> gone.txt
        grep -q NotFoundException gone.txt
        aws kms schedule-key-deletion --endpoint-url "$URL" --key-id ${key} --pending-window-in-days 7 \\
          --query '[KeyState,PendingWindowInDays]' --output text
        refused aws kms encrypt --endpoint-url "$URL" --key-id ${key} --plaintext fileb://<(printf x) 2> pending.txt
        grep -q KMSInvalidStateException pending.txt`)
        ).split('\t');
        expect([state, days]).toEqual(['PendingDeletion', '7']);
      });
    });

    describe('the exercise', () => {
      let key = '';

      test('a key that rotates every 180 days', async () => {
        key = await sh('aws kms create-key --endpoint-url "$URL" --query KeyMetadata.KeyId --output text');
        expect(await enableRotation(key, 180)).toEqual({ enabled: true, days: 180 });
      });

      test('a string under project=kv-exercise is refused under another context', async () => {
        const words = await sh(`
        aws kms encrypt --endpoint-url "$URL" --key-id ${key} --plaintext fileb://<(printf 'a string') \\
          --encryption-context project=kv-exercise --query CiphertextBlob --output text | base64 -d > string.bin
        refused aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://string.bin --encryption-context project=other 2> other.txt
        grep -q InvalidCiphertextException other.txt
        aws kms decrypt --endpoint-url "$URL" --ciphertext-blob fileb://string.bin --encryption-context project=kv-exercise \\
          --query Plaintext --output text | base64 -d`);
        expect(words).toBe('a string');
      });

      test('a disabled key does not encrypt; an enabled one does', async () => {
        const arn = await sh(`
        aws kms disable-key --endpoint-url "$URL" --key-id ${key}
        refused aws kms encrypt --endpoint-url "$URL" --key-id ${key} --plaintext fileb://<(printf x) 2> disabled.txt
        grep -q DisabledException disabled.txt
        aws kms enable-key --endpoint-url "$URL" --key-id ${key}
        aws kms encrypt --endpoint-url "$URL" --key-id ${key} --plaintext fileb://<(printf x) --query KeyId --output text`);
        expect(arn).toBe(`arn:aws:kms:us-east-1:000000000000:key/${key}`);
      });

      test('its deletion takes the shortest window, and no shorter one', async () => {
        const days = await sh(`
        refused aws kms schedule-key-deletion --endpoint-url "$URL" --key-id ${key} --pending-window-in-days 6 2> short.txt
        grep -q ValidationException short.txt
        aws kms schedule-key-deletion --endpoint-url "$URL" --key-id ${key} --pending-window-in-days 7 \\
          --query PendingWindowInDays --output text`);
        expect(days).toBe('7');
      });
    });

    test('no call left this machine, and one that had tried would have been seen', async () => {
      expect(lab.escapes()).toBe(0);
      const { code } = await lab.bash('aws kms list-keys');
      expect(code).not.toBe(0);
      expect(lab.escapes()).toBeGreaterThan(0);
    });
  },
);
