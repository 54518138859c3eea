import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKmsim } from 'kmsim';

const folder = mkdtempSync(join(tmpdir(), 'private-key-'));
const openssl = (command) => execFileSync('openssl', command.split(' '), { cwd: folder, stdio: 'pipe' });
const read = (file) => readFileSync(join(folder, file));

const kms = createKmsim({ seed: 'private-key' }).as();
const usage = { KeySpec: 'RSA_3072', KeyUsage: 'SIGN_VERIFY' };
const { KeyMetadata: key } = await kms.createKey({ Origin: 'EXTERNAL', ...usage });
const KeyId = key.KeyId;

const wrapping = { WrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256', WrappingKeySpec: 'RSA_2048' };
const { ImportToken, PublicKey } = await kms.getParametersForImport({ KeyId, ...wrapping });
writeFileSync(join(folder, 'WrappingPublicKey.bin'), PublicKey);

// The private key, as PKCS#8 in DER.
openssl('genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:3072 -out PrivateKey.pem');
openssl('pkcs8 -topk8 -nocrypt -in PrivateKey.pem -outform der -out PrivateKey.der');

// It is too long for RSA: it goes under an AES key, and that one under the wrapping key.
openssl('rand -out aes-key.bin 32');
const aes = `-id-aes256-wrap-pad -iv A65959A6 -K ${read('aes-key.bin').toString('hex')}`;
openssl(`enc ${aes} -in PrivateKey.der -out key-material-wrapped.bin`);
const oaep = '-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256';
const files = '-in aes-key.bin -out aes-key-wrapped.bin -inkey WrappingPublicKey.bin -keyform DER -pubin';
openssl(`pkeyutl -encrypt ${files} ${oaep}`);

await kms.importKeyMaterial({
  KeyId,
  ImportToken,
  EncryptedKeyMaterial: Buffer.concat([read('aes-key-wrapped.bin'), read('key-material-wrapped.bin')]),
  ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
});

// What the key signs now, OpenSSL verifies with the key that it made.
const Message = Buffer.from('attack at dawn');
const { Signature } = await kms.sign({ KeyId, Message, SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256' });
writeFileSync(join(folder, 'message'), Message);
writeFileSync(join(folder, 'signature'), Signature);
const verdict = openssl('dgst -sha256 -prverify PrivateKey.pem -signature signature message');
assert.match(String(verdict), /Verified OK/);

rmSync(folder, { recursive: true });
