// A program of its own: one seed, everything that happens hashed. Prints one line for each seed it is given.
//
//   node one-run.mjs <address of packages/kmsim/dist/> <seed> ...

import { createHash } from 'node:crypto';

const [dist, ...seeds] = process.argv.slice(2);
const { createKmsim } = await import(new URL('index.js', dist));
const { simulateSeed } = await import(new URL('simulation/simulate.js', dist));

const regions = ['us-east-1', 'us-west-2', 'eu-west-1'];
// What is made on threads of the pool is asked for at once, and comes back in any order.
const uses = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', 'generateDataKey', { KeySpec: 'AES_256' }],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', 'generateMac', { MacAlgorithm: 'HMAC_SHA_256', Message: Buffer.from('straße') }],
  ['ECC_NIST_P256', 'SIGN_VERIFY', 'sign', { SigningAlgorithm: 'ECDSA_SHA_256', Message: Buffer.from('I İ ı i') }],
  ['ECC_NIST_EDWARDS25519', 'SIGN_VERIFY', 'sign', { SigningAlgorithm: 'ED25519_SHA_512', Message: Buffer.from('ß') }],
  ['RSA_2048', 'SIGN_VERIFY', 'sign', { SigningAlgorithm: 'RSASSA_PSS_SHA_256', Message: Buffer.from('ü') }],
  ['ML_DSA_44', 'SIGN_VERIFY', 'sign', { SigningAlgorithm: 'ML_DSA_SHAKE_256', Message: Buffer.from('z å ä') }],
];

for (const seed of seeds) {
  const hash = createHash('sha256');
  const { sha256, violation } = await simulateSeed(seed, { regions, operations: 120 });
  hash.update(`${sha256} ${violation?.message ?? ''}`);
  const sim = createKmsim({ seed });
  const kms = sim.as();
  const made = await Promise.all(uses.map(([KeySpec, KeyUsage]) => kms.createKey({ KeySpec, KeyUsage })));
  await Promise.all(
    ['alias/zebra', 'alias/äpfel', 'alias/Ångström', 'alias/I', 'alias/i'].map((AliasName) =>
      name(kms, AliasName, made[0]),
    ),
  );
  const answers = await Promise.all(
    uses.map(([, , method, input], at) => kms[method]({ ...input, KeyId: made[at].KeyMetadata.KeyId })),
  );
  sim.clock.advance('400 days');
  const listed = await kms.listAliases();
  const said = [...made, ...answers, listed, await refusal(kms.describeKey({ KeyId: 'alias/ß' })), sim.snapshot()];
  for (const one of said) hash.update(JSON.stringify(one, plain));
  process.stdout.write(`${seed} ${hash.digest('hex')}\n`);
}

// Letters that no alias may have are refused, in words that are the same everywhere.
async function name(kms, AliasName, { KeyMetadata }) {
  return kms.createAlias({ AliasName, TargetKeyId: KeyMetadata.KeyId }).catch(({ message }) => message);
}

function refusal(call) {
  return call.then(
    () => 'answered',
    ({ code, message }) => `${code} ${message}`,
  );
}

function plain(_key, value) {
  return value instanceof Uint8Array ? [...value] : value;
}
