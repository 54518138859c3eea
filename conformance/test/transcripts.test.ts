// Every transcript, replayed against kmsim in this process. The list below is the whole difference to perfection: a
// transcript that is not in it must pass, one that is in it must stop for exactly the reason given.

import { describe, expect, test } from 'vitest';
import { inProcess } from '../src/in-process.ts';
import { loadTranscripts } from '../src/load.ts';
import { describeResult, replay } from '../src/replay.ts';

const notReplayed: Readonly<Record<string, readonly string[]>> = {
  'not built yet: CreateGrant': [
    'grants/retire-grant-by-token',
    'grants/revoke-grant',
    'grants/same-grant-name-on-two-keys',
  ],
  'not built yet: Encrypt': ['encryption/encrypt-decrypt-rsa-2048'],
  'not built yet: GenerateDataKeyPair': [
    'data-keys/generate-data-key-pair',
    'data-keys/generate-data-key-pair-dry-run',
  ],
  'not built yet: GenerateDataKeyPairWithoutPlaintext': ['data-keys/generate-data-key-pair-without-plaintext-dry-run'],
  'not built yet: GenerateMac': [
    'key-usage/error-messages-for-wrong-key-usage',
    'mac/generate-and-verify-mac-hmac-224',
    'mac/generate-and-verify-mac-hmac-256',
    'mac/generate-and-verify-mac-hmac-384',
    'mac/generate-mac-algorithm-mismatch',
    'mac/verify-mac-algorithm-mismatch',
    'mac/verify-mac-unknown-algorithm',
    'mac/verify-mac-wrong-message',
  ],
  'not built yet: GetParametersForImport': ['import/get-parameters-for-import'],
  'not built yet: GetPublicKey': ['key-agreement/derive-shared-secret', 'keys/get-public-key'],
  'not built yet: ListGrants': ['grants/create-grant', 'grants/list-grants-malformed-key-id'],
  'not built yet: ReplicateKey': ['multi-region/replicate-key'],
  'not built yet: Sign': [
    'key-usage/wrong-key-usage-rsa',
    'signatures/sign-verify-ecc-nist-p256-ecdsa-sha-256',
    'signatures/sign-verify-rsa-2048-rsassa-pss-sha-256',
    'signatures/sign-verify-rsa-2048-rsassa-pss-sha-384',
  ],
  'not built yet: making a key pair outside KMS': [
    'import/import-key-asymmetric',
    'import/import-key-ecc-nist-p256',
    'import/import-key-ecc-nist-p521',
    'import/import-key-ecc-secg-p256k1',
    'import/import-key-rsa-aes-wrap-sha256',
  ],
  'not built yet: verifying a signature outside KMS': [
    'signatures/signature-verifies-locally-rsa-2048-rsassa-pss-sha-384',
    'signatures/signature-verifies-locally-rsa-2048-rsassa-pss-sha-512',
  ],
  'not built yet: wrapping key material with RSA-OAEP outside KMS': [
    'import/import-key-hmac-256',
    'import/import-key-hmac-384',
    'import/import-key-symmetric',
    'import/import-while-material-pending',
    'rotation/rotate-imported-key-nothing-pending',
    'rotation/rotate-imported-key-to-new-material',
    'rotation/rotated-imported-key-decrypts-old-ciphertext',
  ],
  'skipped: needs a service other than KMS': ['cloudformation/cfn-key-and-alias', 'cloudformation/cfn-key-disabled'],
  'skipped: never shown to have run against the real service': [
    'encryption/offline-encrypt-kms-decrypt-rsa-2048-oaep-sha-1',
    'encryption/offline-encrypt-kms-decrypt-rsa-2048-oaep-sha-256',
    'encryption/offline-encrypt-kms-decrypt-rsa-3072-oaep-sha-1',
    'encryption/offline-encrypt-kms-decrypt-rsa-4096-oaep-sha-1',
    'grants/retire-grant-by-id-and-key',
  ],
  'skipped: no longer true as recorded; an adjusted transcript stands beside it': ['rotation/rotate-on-demand-limit'],
  'skipped: the service has changed since': ['rotation/rotate-external-key-before-2025-06'],
};

const expected = new Map(Object.entries(notReplayed).flatMap(([reason, paths]) => paths.map((path) => [path, reason])));
const filed = loadTranscripts();

describe.each(filed)('$path', ({ path, transcript }) => {
  const reason = expected.get(path) ?? 'passed';

  test(reason, async () => {
    expect(describeResult(await replay(transcript, inProcess(path)))).toBe(reason);
  });
});

test('the list names transcripts that exist, each once', () => {
  const named = Object.values(notReplayed).flat();
  expect(named.filter((path) => !filed.some((one) => one.path === path))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});
