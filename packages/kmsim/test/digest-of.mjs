// One seed, one digest: every key spec in use. Runs in Node (one-digest.mjs) and in a page (browser/suite-entry.ts).

/** When it changes, so does every world that somebody has recorded by its seed. */
export const digest = '9ec70cfb2e7e989437407ba6dab85979603f78772b74511cd9bbfd77affb553c';

const message = Uint8Array.from({ length: 190 }, (_, at) => (at * 7 + 3) & 255);
const context = { tenant: '1', ü: 'ß' };

const rsaSignings = ['PKCS1_V1_5', 'PSS'].flatMap((scheme) =>
  [256, 384, 512].map((hash) => [`RSASSA_${scheme}_SHA_${hash}`, { RAW: 190, DIGEST: hash / 8 }]),
);
const ecdsa = (hash) => [[`ECDSA_SHA_${hash}`, { RAW: 190, DIGEST: hash / 8 }]];
const mlDsa = [['ML_DSA_SHAKE_256', { RAW: 190, EXTERNAL_MU: 64 }]];
const oaep = ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'];

// Spec, usage, and what is done with such a key. RSA keys stand where their primes come soon: a key's seed follows from its turn.
const keys = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { encrypt: ['SYMMETRIC_DEFAULT'] }],
  ['HMAC_224', 'GENERATE_VERIFY_MAC', { mac: 'HMAC_SHA_224' }],
  ['RSA_4096', 'SIGN_VERIFY', { sign: rsaSignings }],
  ['HMAC_256', 'GENERATE_VERIFY_MAC', { mac: 'HMAC_SHA_256' }],
  ['HMAC_384', 'GENERATE_VERIFY_MAC', { mac: 'HMAC_SHA_384' }],
  ['HMAC_512', 'GENERATE_VERIFY_MAC', { mac: 'HMAC_SHA_512' }],
  ['ECC_NIST_P256', 'SIGN_VERIFY', { sign: ecdsa(256) }],
  ['RSA_3072', 'ENCRYPT_DECRYPT', { encrypt: oaep }],
  ['ECC_NIST_P256', 'KEY_AGREEMENT', { agree: 'ECC_NIST_P256' }],
  ['RSA_2048', 'SIGN_VERIFY', { sign: rsaSignings }],
  ['ECC_NIST_P384', 'SIGN_VERIFY', { sign: ecdsa(384) }],
  ['ECC_NIST_P384', 'KEY_AGREEMENT', { agree: 'ECC_NIST_P384' }],
  ['ECC_NIST_P521', 'SIGN_VERIFY', { sign: ecdsa(512) }],
  ['ECC_NIST_P521', 'KEY_AGREEMENT', { agree: 'ECC_NIST_P521' }],
  ['ECC_SECG_P256K1', 'SIGN_VERIFY', { sign: ecdsa(256) }],
  ['RSA_4096', 'ENCRYPT_DECRYPT', { encrypt: oaep }],
  [
    'ECC_NIST_EDWARDS25519',
    'SIGN_VERIFY',
    {
      sign: [
        ['ED25519_SHA_512', { RAW: 190 }],
        ['ED25519_PH_SHA_512', { DIGEST: 64 }],
      ],
    },
  ],
  ['ML_DSA_44', 'SIGN_VERIFY', { sign: mlDsa }],
  ['ML_DSA_65', 'SIGN_VERIFY', { sign: mlDsa }],
  ['ML_DSA_87', 'SIGN_VERIFY', { sign: mlDsa }],
  ['ML_KEM_512', 'ENCAPSULATE_DECAPSULATE', { encapsulate: true }],
  ['ML_KEM_768', 'ENCAPSULATE_DECAPSULATE', { encapsulate: true }],
  ['ML_KEM_1024', 'ENCAPSULATE_DECAPSULATE', { encapsulate: true }],
  ['RSA_2048', 'ENCRYPT_DECRYPT', { encrypt: oaep }],
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', {}],
  ['RSA_3072', 'SIGN_VERIFY', { sign: rsaSignings }],
];
const keysInChina = [
  ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { encrypt: ['SYMMETRIC_DEFAULT'] }],
  ['SM2', 'SIGN_VERIFY', { sign: [['SM2DSA', { RAW: 190, DIGEST: 32 }]] }],
  ['SM2', 'ENCRYPT_DECRYPT', { encrypt: ['SM2PKE'] }],
  ['SM2', 'KEY_AGREEMENT', { agree: 'SM2' }],
];

// The RSA pairs stand where their primes come soon.
const pairs = [
  'ECC_NIST_P256',
  'RSA_3072',
  'ECC_NIST_P384',
  'ECC_NIST_P521',
  'ECC_SECG_P256K1',
  'RSA_4096',
  'ECC_NIST_EDWARDS25519',
  'RSA_2048',
  'ML_KEM_512',
  'ML_KEM_768',
  'ML_KEM_1024',
];

const chinese = 'arn:aws-cn:iam::000000000000:user/Administrator';

/**
 * `manner`: in-turn, or at-once: no call waits for the answer of another, and the clock moves on meanwhile.
 * `before`: warm where another simulation was there before.
 */
export async function oneDigest(createKmsim, { backend, manner, before }) {
  const sim = createKmsim({ seed: 'one digest', backend });
  sim.identities.put({
    arn: chinese,
    policies: { all: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
  });
  const home = sim.as();
  const china = sim.as(chinese, { region: 'cn-north-1' });

  if (before === 'warm') await warmUp(createKmsim, backend);

  /** Everything that is answered, in the order of the questions. */
  const answers = [];
  const waiting = [];

  async function ask(answering) {
    const at = answers.push(undefined) - 1;
    const noted = answering.then(
      (answer) => {
        answers[at] = answer;
        return answer;
      },
      ({ code, message }) => {
        answers[at] = { code, message };
      },
    );
    waiting.push(noted);
    if (manner === 'in-turn') await noted;
    return at;
  }

  /** Until every answer is there. */
  async function settled() {
    await Promise.all(waiting.splice(0));
  }

  async function made(kms, rows) {
    const indices = [];
    for (const [KeySpec, KeyUsage] of rows) indices.push(await ask(kms.createKey({ KeySpec, KeyUsage })));
    await settled();
    return indices.map((at, row) => [answers[at].KeyMetadata.KeyId, ...rows[row]]);
  }

  // What needs no other answer, all of it before any answer is there.
  async function firstRound(kms, made) {
    for (const [KeyId, spec, , uses] of made) {
      if (!/^(SYMMETRIC|HMAC)/.test(spec)) await ask(kms.getPublicKey({ KeyId }));
      for (const [SigningAlgorithm, types] of uses.sign ?? []) {
        for (const [MessageType, length] of Object.entries(types))
          await ask(kms.sign({ KeyId, Message: message.slice(0, length), MessageType, SigningAlgorithm }));
      }
      for (const EncryptionAlgorithm of uses.encrypt ?? [])
        await ask(kms.encrypt({ KeyId, Plaintext: message, EncryptionAlgorithm }));
      if (uses.mac) await ask(kms.generateMac({ KeyId, Message: message, MacAlgorithm: uses.mac }));
      if (uses.encapsulate) await ask(kms.encapsulate({ KeyId, EncapsulationAlgorithm: 'ML_KEM' }));
      sim.clock.advance('1 hour');
    }
  }

  // What the answers of the first round are good for.
  async function secondRound(kms, made, firstAt) {
    let at = firstAt;
    for (const [KeyId, spec, , uses] of made) {
      const PublicKey = /^(SYMMETRIC|HMAC)/.test(spec) ? undefined : answers[at++].PublicKey;
      for (const [, types] of uses.sign ?? []) at += Object.keys(types).length;
      for (const EncryptionAlgorithm of uses.encrypt ?? []) {
        const { CiphertextBlob } = answers[at++];
        await ask(kms.decrypt({ KeyId, CiphertextBlob, EncryptionAlgorithm }));
      }
      if (uses.mac) at++;
      if (uses.encapsulate) {
        const SharedSecretCiphertextBlob = answers[at++].SharedSecretCiphertextBlob;
        const other = SharedSecretCiphertextBlob.map((octet, index) => (index === 9 ? octet ^ 1 : octet));
        for (const blob of [SharedSecretCiphertextBlob, other]) {
          const input = { KeyId, EncapsulationAlgorithm: 'ML_KEM', SharedSecretCiphertextBlob: blob };
          await ask(kms.decapsulate(input));
        }
      }
      if (uses.agree) await ask(kms.deriveSharedSecret({ KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey }));
    }
  }

  const keysHere = await made(home, keys);
  const keysThere = await made(china, keysInChina);
  const [[symmetric]] = keysHere;
  const [[chineseSymmetric]] = keysThere;
  const [doomed] = keysHere.at(-2);
  await ask(home.enableKeyRotation({ KeyId: symmetric }));
  // Due before the last call has been answered.
  await ask(home.scheduleKeyDeletion({ KeyId: doomed, PendingWindowInDays: 7 }));

  const firstHere = answers.length;
  await firstRound(home, keysHere);
  const firstThere = answers.length;
  await firstRound(china, keysThere);
  for (const KeyPairSpec of pairs) {
    sim.clock.advance('1 day');
    await ask(home.generateDataKeyPair({ KeyId: symmetric, KeyPairSpec, EncryptionContext: context }));
  }
  await ask(china.generateDataKeyPair({ KeyId: chineseSymmetric, KeyPairSpec: 'SM2' }));
  await ask(home.generateDataKeyPairWithoutPlaintext({ KeyId: symmetric, KeyPairSpec: 'ECC_NIST_P256' }));
  await ask(home.generateDataKey({ KeyId: symmetric, KeySpec: 'AES_256', EncryptionContext: context }));
  await ask(home.generateRandom({ NumberOfBytes: 32 }));
  // The rotation is due behind all that.
  sim.clock.advance('400 days');
  await settled();
  const snapshot = JSON.stringify(sim.snapshot());
  await secondRound(home, keysHere, firstHere);
  await secondRound(china, keysThere, firstThere);
  await settled();

  // The bytes that cryptography has made, and nothing else: the digest stays when an answer gets another member.
  const bytes = [];
  const trace = [text(snapshot)];
  for (const answer of answers) {
    for (const [, value] of Object.entries(answer).sort(([a], [b]) => (a < b ? -1 : 1)))
      if (value instanceof Uint8Array) bytes.push(value);
    trace.push(text(JSON.stringify(answer, (_, value) => (value instanceof Uint8Array ? [...value] : value))));
  }
  const used = new Set([...keys, ...keysInChina].map(([spec]) => spec));
  return {
    digest: await sha256(bytes),
    trace: await sha256(trace),
    answers: answers.length,
    faults: answers.filter(({ code }) => code !== undefined),
    specs: used.size,
  };
}

const text = (string) => new TextEncoder().encode(string);

async function sha256(parts) {
  const whole = new Uint8Array(await new Blob(parts).arrayBuffer());
  const hash = await globalThis.crypto.subtle.digest('SHA-256', whole);
  return [...new Uint8Array(hash)].map((octet) => octet.toString(16).padStart(2, '0')).join('');
}

async function warmUp(createKmsim, backend) {
  const other = createKmsim({ seed: 'another', backend });
  other.identities.put({
    arn: chinese,
    policies: { all: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
  });
  for (const [kms, specs] of [
    [other.as(), ['ECC_NIST_P256', 'ECC_NIST_EDWARDS25519', 'ML_KEM_512']],
    [other.as(chinese, { region: 'cn-north-1' }), ['SM2']],
  ]) {
    const { KeyMetadata } = await kms.createKey();
    for (const KeyPairSpec of specs) await kms.generateDataKeyPair({ KeyId: KeyMetadata.KeyId, KeyPairSpec });
  }
}
