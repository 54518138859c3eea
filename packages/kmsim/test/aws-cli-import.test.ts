// The import of key material as the developer guide writes it for a shell: the real AWS CLI and OpenSSL against `kmsim serve`.
// https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-conceptual.html

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lab, openLab, whyNoAwsCli } from './aws-cli.ts';
import { buildTimeout, built } from './build.ts';

const reason = whyNoAwsCli();

// What the steps of both kinds of key share. `! command` does not stop a script when the command succeeds.
const steps = `
kms() { aws kms "$1" --endpoint-url "$URL" --key-id "$KEY" "\${@:2}"; }
refused() { if "\${@:2}" 2> refusal.txt; then echo "should have failed: \${*:2}" >&2; exit 1; fi; grep -q "$1" refusal.txt; }
oaep() {
  openssl pkeyutl -encrypt -in "$1" -out "$2" -inkey WrappingPublicKey.bin -keyform DER -pubin \\
    -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256
}
parameters() {
  kms get-parameters-for-import --wrapping-algorithm "$1" --wrapping-key-spec "$2" \\
    --query '[ImportToken,PublicKey]' --output text > parameters
  cut -f1 parameters | base64 -d > ImportToken.bin
  cut -f2 parameters | base64 -d > WrappingPublicKey.bin
}
import() {
  kms import-key-material --encrypted-key-material fileb://EncryptedKeyMaterial.bin --import-token fileb://ImportToken.bin "$@"
}
state() { kms describe-key --query KeyMetadata.KeyState --output text; }
`;

describe.skipIf(reason !== undefined)(
  `key material by the AWS CLI${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  { timeout: 120_000 },
  () => {
    let lab: Lab;

    beforeAll(async () => {
      await built();
      lab = await openLab(['--seed', 'import']);
    }, buildTimeout);
    afterAll(() => lab?.[Symbol.asyncDispose]());

    /** What a script prints for a new key without material. It must succeed, and no call may leave this machine. */
    async function forKey(options: string, script: string): Promise<string[]> {
      const create = `KEY=$(aws kms create-key --endpoint-url "$URL" --origin EXTERNAL ${options} --query KeyMetadata.KeyId --output text)`;
      const { code, stderr, stdout } = await lab.bash(`${steps}\n${create}\n${script}`);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(lab.escapes()).toBe(0);
      return stdout.trim().split(/\s+/);
    }

    test('a symmetric key: import, use, delete, import again', async () => {
      // Under a seed the clock of the server stands at the first of January 2026.
      const seen = await forKey(
        '',
        `
        state
        openssl rand -out PlaintextKeyMaterial.bin 32
        parameters RSAES_OAEP_SHA_256 RSA_2048
        oaep PlaintextKeyMaterial.bin EncryptedKeyMaterial.bin
        refused ValidationException import --expiration-model KEY_MATERIAL_EXPIRES
        import --expiration-model KEY_MATERIAL_EXPIRES --valid-to 2026-02-01T00:00:00Z > imported.txt
        state
        kms describe-key --query KeyMetadata.ExpirationModel --output text
        kms encrypt --plaintext fileb://<(printf 'attack-at-dawn') --query CiphertextBlob --output text | base64 -d > blob
        kms delete-imported-key-material > deleted.txt
        state
        refused KMSInvalidStateException kms decrypt --ciphertext-blob fileb://blob
        import --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE > imported.txt
        kms decrypt --ciphertext-blob fileb://blob --query Plaintext --output text | base64 -d
        openssl rand -out PlaintextKeyMaterial.bin 32
        oaep PlaintextKeyMaterial.bin EncryptedKeyMaterial.bin
        refused IncorrectKeyMaterialException import --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
        cp ImportToken.bin EncryptedKeyMaterial.bin
        refused InvalidCiphertextException import --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE
        printf x >> ImportToken.bin
        refused InvalidImportTokenException import --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE`,
      );
      expect(seen).toEqual(['PendingImport', 'Enabled', 'KEY_MATERIAL_EXPIRES', 'PendingImport', 'attack-at-dawn']);
    });

    test('an RSA private key, through an AES key', async () => {
      const seen = await forKey(
        '--key-spec RSA_2048 --key-usage SIGN_VERIFY',
        `
        parameters RSA_AES_KEY_WRAP_SHA_256 RSA_2048
        openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048 -out PrivateKey.pem 2> progress.txt
        openssl pkcs8 -topk8 -nocrypt -in PrivateKey.pem -outform der -out PrivateKey.der
        openssl rand -out aes-key.bin 32
        openssl enc -id-aes256-wrap-pad -K "$(od -An -v -tx1 aes-key.bin | tr -d ' \\n')" -iv A65959A6 \\
          -in PrivateKey.der -out key-material-wrapped.bin
        oaep aes-key.bin aes-key-wrapped.bin
        cat aes-key-wrapped.bin key-material-wrapped.bin > EncryptedKeyMaterial.bin
        import --expiration-model KEY_MATERIAL_DOES_NOT_EXPIRE > imported.txt
        state
        printf 'attack at dawn' > message
        kms sign --message fileb://message --message-type RAW --signing-algorithm RSASSA_PKCS1_V1_5_SHA_256 \\
          --query Signature --output text | base64 -d > signature
        openssl dgst -sha256 -prverify PrivateKey.pem -signature signature message
        kms get-public-key --query PublicKey --output text | base64 -d > PublicKey.der
        openssl pkey -in PrivateKey.pem -pubout -outform der | cmp - PublicKey.der && echo same`,
      );
      expect(seen).toEqual(['Enabled', 'Verified', 'OK', 'same']);
    });
  },
);
