// Recipients in a program of its own: one seed, one digest. Prints what it has found as JSON.
//
//   node one-recipient.mjs <address of kmsim> native|portable present|absent
//
// absent: @kmsim/attestation is not installed.

import { createHash } from 'node:crypto';
import { register } from 'node:module';

const [face, backend, presence] = process.argv.slice(2);

// Writes down who asks for the library, and hides it where it is to be absent.
const hooks = `
  import { writeFileSync } from 'node:fs';
  export function resolve(specifier, context, next) {
    if (specifier !== '@kmsim/attestation') return next(specifier, context);
    writeFileSync(2, 'asked;');
    if ('${presence}' === 'present') return next(specifier, context);
    throw Object.assign(new Error("Cannot find package '@kmsim/attestation' imported from x"), { code: 'ERR_MODULE_NOT_FOUND' });
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const { createKmsim } = await import(face);
const sim = createKmsim({ seed: 'recipients', backend });
const kms = sim.as();
const { KeyMetadata } = await kms.createKey();
const { KeyId } = KeyMetadata;
const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: new Uint8Array(9) });
await kms.decrypt({ CiphertextBlob });
process.stderr.write('before;');

// The modulus of a published test key: the recipient's private key is not needed here.
const spki = Buffer.from(process.env.RECIPIENT_KEY, 'base64');
const told = [];
const tell = (call) =>
  call.then(
    (answer) => told.push(Buffer.from(answer.CiphertextForRecipient ?? answer).toString('hex')),
    ({ code, message }) => told.push({ code, message }),
  );
let AttestationDocument = new Uint8Array(9);
await tell(
  sim.attestation.document({ publicKey: spki, pcrs: { 0: 'ab'.repeat(48) } }).then((document) => {
    AttestationDocument = document;
    return document;
  }),
);
const Recipient = { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256', AttestationDocument };
await tell(kms.decrypt({ CiphertextBlob, Recipient }));
await tell(kms.generateDataKey({ KeyId, KeySpec: 'AES_256', Recipient }));
await tell(kms.generateDataKeyPair({ KeyId, KeyPairSpec: 'ECC_NIST_P256', Recipient }));
await tell(kms.generateRandom({ NumberOfBytes: 1024, Recipient }));
const digest = createHash('sha256').update(JSON.stringify(told)).digest('hex');
console.log(JSON.stringify({ digest, told: told.filter((one) => typeof one !== 'string') }));
