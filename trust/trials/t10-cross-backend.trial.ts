// T10: both backends give the same bytes for the same input, and each takes what the other made.

import fc from 'fast-check';
import { loadTranscripts } from '../../conformance/src/load.ts';
import { playAll } from '../../conformance/src/play-all.ts';
import { describeResult, explainResult } from '../../conformance/src/result.ts';
import { inProcess, inProcessPortable } from '../../conformance/src/targets/doors.ts';
import type { HashName } from '../../packages/hsm-core/src/backend/hashes.ts';
import { curves, type EccKeySpec, ecdsaSignings, grow, keyAgreements, spki } from '../../packages/hsm-core/src/ecc.ts';
import { ed25519Signings, grow as growEd25519 } from '../../packages/hsm-core/src/ed25519.ts';
import { generateMac, HmacKey, type HmacKeySpec, hmacHashes, verifyMac } from '../../packages/hsm-core/src/hmac.ts';
import {
  growMlDsa,
  growMlKem,
  mlDsaParameters,
  mlDsaSignings,
  mlKemEncapsulations,
  mlKemParameters,
} from '../../packages/hsm-core/src/post-quantum.ts';
import { type RsaKeySpec, rsaEncryptions, rsaSignings } from '../../packages/hsm-core/src/rsa.ts';
import type { Signing } from '../../packages/hsm-core/src/signing.ts';
import { sm2Encryptions, sm2Signings } from '../../packages/hsm-core/src/sm2.ts';
import { Vault } from '../../packages/hsm-core/src/vault.ts';
import { backends } from '../../packages/hsm-core/test/backend/backends.ts';
import { families, nativePostQuantumAbsent } from '../../packages/hsm-core/test/family-backends.ts';
import { wrapBackends } from '../../packages/hsm-core/test/key-wrap-backends.ts';
import { keyOf, rsaBackends } from '../../packages/hsm-core/test/rsa/backends.ts';
import { assertProperty } from '../src/properties.ts';
import { trial } from '../src/trial.ts';

interface Draw {
  readonly secret: Uint8Array;
  readonly random: Uint8Array;
  readonly message: Uint8Array;
  readonly aad: Uint8Array;
  readonly pick: number;
}

/** One kind of work. `parts`: of a hundred cases, how many are of it. */
interface Work {
  readonly name: string;
  readonly parts: number;
  run(draw: Draw): void;
}

const draws: fc.Arbitrary<Draw> = fc.record({
  secret: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  random: fc.uint8Array({ minLength: 64, maxLength: 64 }),
  message: fc.oneof(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 2_000, size: 'max' })),
  aad: fc.uint8Array({ maxLength: 100 }),
  pick: fc.nat(1_000),
});

const hex = (bytes: Uint8Array | string | undefined): string =>
  bytes instanceof Uint8Array ? Buffer.from(bytes).toString('hex') : `${bytes}`;

function alike(values: readonly (Uint8Array | string | undefined)[], what: string): void {
  const [first, ...others] = values.map(hex);
  for (const other of others) if (other !== first) throw new Error(`${what}: ${first} and ${other}`);
}

function sure(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

const pickOf = <T>(list: readonly T[], { pick }: Draw): T => list[pick % list.length] as T;

/** The same key on both backends signs alike, and each verifies; a message of a form with a length is cut or filled. */
function signings<Key>(keys: readonly Key[], of: Readonly<Record<string, Signing<Key>>>, draw: Draw): void {
  const [name, { forms, randomLength }] = pickOf(Object.entries(of), draw);
  for (const [form, { length, sign, verify }] of Object.entries(forms)) {
    const message = length === undefined ? draw.message : new Uint8Array(length).fill(draw.pick);
    const signatures = keys.map((key) => sign(key, message, draw.random.subarray(0, randomLength)));
    alike(signatures, `${name} ${form}`);
    for (const key of keys)
      for (const signature of signatures) sure(verify(key, message, signature), `${name} ${form} is not verified`);
  }
}

const hashNames = Object.keys(families[0]?.hashes ?? {}) as HashName[];
const ecdsaOf: Readonly<Partial<Record<EccKeySpec, keyof typeof ecdsaSignings>>> = {
  ECC_NIST_P256: 'ECDSA_SHA_256',
  ECC_NIST_P384: 'ECDSA_SHA_384',
  ECC_NIST_P521: 'ECDSA_SHA_512',
  ECC_SECG_P256K1: 'ECDSA_SHA_256',
};

const works: readonly Work[] = [
  {
    name: 'AES-256-GCM',
    parts: 30,
    run: ({ aad, message, random, secret }) => {
      const iv = random.subarray(0, 12);
      const sealed = backends.map((backend) => {
        const out = new Uint8Array(message.length + 16);
        backend.gcmSeal(secret, iv, aad, message, out, 0);
        return out;
      });
      alike(sealed, 'sealed');
      const opened = backends.flatMap((backend) => sealed.map((one) => backend.gcmOpen(secret, iv, aad, one)));
      alike([message, ...opened], 'opened');
    },
  },
  {
    name: 'blobs of the vault',
    parts: 15,
    run: ({ aad, message, random, secret }) => {
      const vaults = backends.map((backend) => new Vault(backend));
      const context = new Map([['a', hex(aad)]]);
      const ids = vaults.map((vault) => vault.create('key-1', secret));
      const blobs = vaults.map((vault, at) =>
        vault.seal(ids[at] ?? '', 'encrypt', context, message, random.subarray(0, 28)),
      );
      alike([...ids.slice(0, 1), ids[1]], 'ids of material');
      alike(blobs, 'blobs');
      for (const vault of vaults)
        for (const blob of blobs) {
          const found = blob instanceof Uint8Array ? vault.find(blob) : blob;
          if (typeof found === 'string' || !(blob instanceof Uint8Array)) throw new Error(`not found: ${found}`);
          alike([message, vault.open(found, context, blob)], 'opened');
        }
    },
  },
  {
    name: 'hashes',
    parts: 15,
    run: ({ message }) => {
      for (const name of hashNames)
        alike(
          families.map(({ hashes }) => hashes[name].digest(message)),
          name,
        );
    },
  },
  {
    name: 'HMAC',
    parts: 10,
    run: ({ message, random }) => {
      for (const [spec, hash] of Object.entries(hmacHashes) as [HmacKeySpec, (typeof hmacHashes)[HmacKeySpec]][]) {
        const keys = families.map(({ hmac }) => new HmacKey(random, hash, hmac));
        const macs = keys.map((key) => generateMac(key, message));
        alike(macs, spec);
        for (const key of keys) for (const mac of macs) sure(verifyMac(key, message, mac), `${spec} is not verified`);
      }
    },
  },
  {
    name: 'AES key wrap',
    parts: 15,
    run: ({ message, secret }) => {
      const content = message.length === 0 ? new Uint8Array(1) : message.subarray(0, 500);
      const wrapped = wrapBackends.map((backend) => backend.wrap(secret, content));
      alike(wrapped, 'wrapped');
      alike(
        [content, ...wrapBackends.flatMap((one) => wrapped.map((bytes) => one.unwrap(secret, bytes)))],
        'unwrapped',
      );
    },
  },
  {
    name: 'ECDSA and ECDH',
    parts: 6,
    run: (draw) => {
      const [spec, algorithm] = pickOf(Object.entries(ecdsaOf) as [EccKeySpec, keyof typeof ecdsaSignings][], draw);
      const keys = families.map(({ ec }) => grow(Uint8Array.from(draw.secret), curves[spec], ec));
      alike(keys.map(spki), spec);
      signings(keys, { [algorithm]: ecdsaSignings[algorithm] }, draw);
      const peers = families.map(({ ec }) => spki(grow(draw.random.slice(0, 32), curves[spec], ec)));
      alike(
        keys.flatMap((key) => peers.map((peer) => keyAgreements.ECDH.derive(key, peer))),
        `${spec} agrees`,
      );
    },
  },
  {
    name: 'SM2',
    parts: 2,
    run: (draw) => {
      const keys = families.map(({ sm2 }) => grow(Uint8Array.from(draw.secret), curves.SM2, sm2));
      signings(keys, sm2Signings, draw);
      const message = draw.message.length === 0 ? new Uint8Array(1) : draw.message;
      const { decrypt, encrypt } = sm2Encryptions.SM2PKE;
      const texts = keys.map((key) => encrypt(key, message, draw.random.subarray(0, 32)));
      alike(texts, 'SM2PKE');
      for (const key of keys)
        for (const text of texts) alike([message, decrypt(key, text as Uint8Array)], 'SM2PKE opens');
    },
  },
  {
    name: 'Ed25519',
    parts: 5,
    run: (draw) => {
      const keys = families.map(({ ed25519 }) => growEd25519(Uint8Array.from(draw.secret), ed25519));
      signings(keys, ed25519Signings, draw);
    },
  },
  {
    name: 'RSA',
    parts: 1,
    run: (draw) => {
      const spec = pickOf<RsaKeySpec>(['RSA_2048', 'RSA_2048', 'RSA_3072', 'RSA_4096'], draw);
      const keys = rsaBackends.map((backend) => keyOf(spec, backend));
      signings(keys, rsaSignings, draw);
      const [name, { decrypt, encrypt, randomLength }] = pickOf(Object.entries(rsaEncryptions), draw);
      const message = draw.message.subarray(0, 100);
      const texts = keys.map((key) => encrypt(key, message, draw.random.subarray(0, randomLength)));
      alike(texts, name);
      for (const key of keys)
        for (const text of texts) alike([message, decrypt(key, text as Uint8Array)], `${name} opens`);
    },
  },
  {
    name: 'ML-DSA and ML-KEM',
    parts: nativePostQuantumAbsent ? 0 : 1,
    run: (draw) => {
      const dsa = pickOf(Object.values(mlDsaParameters), draw);
      signings(
        families.map(({ postQuantum }) => growMlDsa(Uint8Array.from(draw.secret), dsa, postQuantum)),
        mlDsaSignings,
        draw,
      );
      const kem = pickOf(Object.values(mlKemParameters), draw);
      const keys = families.map(({ postQuantum }) => growMlKem(Uint8Array.from(draw.secret), kem, postQuantum));
      const made = keys.map((key) => mlKemEncapsulations.ML_KEM.encapsulate(key, draw.random.subarray(0, 32)));
      alike(
        made.map(({ ciphertext }) => ciphertext),
        'ML-KEM',
      );
      const secrets = keys.flatMap((key) =>
        made.map(({ ciphertext }) => mlKemEncapsulations.ML_KEM.decapsulate(key, ciphertext)),
      );
      alike([...made.map(({ sharedSecret }) => sharedSecret), ...secrets], 'ML-KEM secrets');
    },
  },
];

trial('T10', 'the backends against each other', async (context) => {
  const all = context.size(3_000, 300_000);
  const tried = works.filter(({ parts }) => parts > 0);
  let count = 0;
  for (const { name, parts, run } of tried) {
    const label = name.replaceAll(' ', '-');
    count += await assertProperty(context, fc.property(draws, run), {
      runs: Math.ceil((all * parts) / 100),
      name: label,
    });
  }
  const absent = nativePostQuantumAbsent ? '; this Node has no post-quantum algorithms of its own' : '';
  const ends = await scenarios();
  return [
    { count, of: 'cases differ', failures: 0, note: `${tried.length} kinds of work, 2 backends${absent}` },
    { count: ends.length, of: 'recorded scenarios end differently', failures: ends.filter((same) => !same).length },
  ];
});

/** Of each transcript, whether it ends alike. Those that need RSA keys take their time without node:crypto, so `npm test` leaves them to this trial. */
async function scenarios(): Promise<readonly boolean[]> {
  const filed = loadTranscripts();
  const [native = [], portable = []] = await Promise.all(
    [inProcess, inProcessPortable].map(async (target) =>
      (await playAll(filed, target)).map(({ result }) => `${describeResult(result)} ${explainResult(result)}`),
    ),
  );
  return native.map((end, at) => end === portable[at]);
}
