// A program that knows nothing of kmsim, started with the environment that `kmsim serve --tls` prints: fetch, and a client of the AWS SDK.

import { KMS } from '@aws-sdk/client-kms';

const url = process.env['AWS_ENDPOINT_URL_KMS'] ?? '';
const health = await fetch(`${url}/health`);
// The client finds the address in the environment, too.
const kms = new KMS({ maxAttempts: 1 });
const { KeyMetadata } = await kms.createKey({});
const { CiphertextBlob } = await kms.encrypt({
  KeyId: KeyMetadata?.KeyId,
  Plaintext: new TextEncoder().encode('hello'),
});
const { Plaintext } = await kms.decrypt({ CiphertextBlob });
const byName = await fetch(`${url.replace('127.0.0.1', 'localhost')}/health`);
console.log(JSON.stringify({ statuses: [health.status, byName.status], text: new TextDecoder().decode(Plaintext) }));
