import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim } from 'kmsim';

const folder = mkdtempSync(join(tmpdir(), 'your-own-key-'));
const openssl = (command) => execFileSync('openssl', command.split(' '), { cwd: folder });
const oaep = '-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256';

const sim = createKmsim({ seed: 'your-own-key' });
const kms = sim.as();

// Step 1: a key without key material.
const { KeyMetadata: key } = await kms.createKey({ Origin: 'EXTERNAL' });
const KeyId = key.KeyId;
assert.equal(key.KeyState, 'PendingImport');

// Step 2: the wrapping public key and the import token. They belong together and are good for 24 hours.
// Step 3: the key material, encrypted under the wrapping public key.
async function wrapped() {
  const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' };
  const { ImportToken, PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
  writeFileSync(join(folder, 'WrappingPublicKey.bin'), PublicKey);
  const files = '-in PlaintextKeyMaterial.bin -out EncryptedKeyMaterial.bin';
  openssl(`pkeyutl -encrypt ${files} -inkey WrappingPublicKey.bin -keyform DER -pubin ${oaep}`);
  return { KeyId, ImportToken, EncryptedKeyMaterial: readFileSync(join(folder, 'EncryptedKeyMaterial.bin')) };
}

openssl('rand -out PlaintextKeyMaterial.bin 32');

// Step 4: the import, of key material that expires in a week. The key can be used.
const ValidTo = new Date(sim.clock.now().getTime() + 7 * 24 * 60 * 60 * 1000);
await kms.importKeyMaterial({ ...(await wrapped()), ExpirationModel: 'KEY_MATERIAL_EXPIRES', ValidTo });
const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('attack at dawn') });

// A week later the key material is gone, and nothing can be decrypted.
sim.clock.advance('7 days');
await assert.rejects(kms.decrypt({ CiphertextBlob }), { name: 'KMSInvalidStateException' });

// The same key material brings everything back.
await kms.importKeyMaterial({ ...(await wrapped()), ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
const { Plaintext } = await kms.decrypt({ CiphertextBlob });
assert.equal(Buffer.from(Plaintext).toString(), 'attack at dawn');

// It can be deleted at once, too. The key stays and waits for it.
await kms.deleteImportedKeyMaterial({ KeyId });
await assert.rejects(kms.decrypt({ CiphertextBlob }), { name: 'KMSInvalidStateException' });

// Other key material is refused.
openssl('rand -out PlaintextKeyMaterial.bin 32');
const other = kms.importKeyMaterial({ ...(await wrapped()), ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
await assert.rejects(other, { name: 'IncorrectKeyMaterialException' });

rmSync(folder, { recursive: true });
