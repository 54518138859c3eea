// The vault by itself: ciphertext blobs, data keys, MACs and signatures without a request around them, against the raw sequence.

import { createHmac, createSecretKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { type KeyPairSpec, type SigningAlgorithm, sealRandomLength, Vault } from '@kmsim/hsm-core';
import { type RandomStream, simulatedWorld } from '@kmsim/world';
import { byBackend } from './backends.ts';
import { besideRaw, mapped, type Step, type Work } from './beside.ts';
import { additionalData, dataKeyRaw, openRaw, sealRaw } from './floor.ts';
import { draw, loaded, message, required } from './key-specs/case.ts';
import { context, seed } from './keys.ts';
import type { Suite, Table } from './suite.ts';

const aad = additionalData(context);
const pairs = new Map(Object.entries(context));
const secret = new Uint8Array(32).fill(7);

/** A vault with one material in it. */
interface Stocked {
  readonly vault: Vault;
  readonly material: string;
  /** The random bytes of one request, seeded. */
  readonly take: () => RandomStream;
}

export const vault: Suite = {
  name: 'vault',
  about:
    'What the vault does with a key it holds, on each backend, against node:crypto raw with a key object of its own.',
  nodeFlags: [],
  run: async (effort) => {
    const stocked = await byBackend(stock);
    const works = [
      ...encryptions(stocked, 32, '32 B'),
      ...encryptions(stocked, 4096, '4 KiB'),
      dataKey(stocked),
      intake(stocked),
      await authentication(stocked),
      ...(await signatures(stocked, 'ECC_NIST_P256', 'ECDSA_SHA_256', {
        ...generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
        hash: 'sha256',
      })),
      ...(await signatures(stocked, 'ECC_NIST_EDWARDS25519', 'ED25519_SHA_512', {
        ...generateKeyPairSync('ed25519'),
        hash: null,
      })),
      ...(await signatures(stocked, 'RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', {
        ...generateKeyPairSync('rsa', { modulusLength: 2048 }),
        hash: 'sha256',
      })),
    ];
    const tables: Table[] = [];
    for (const work of works) tables.push(await besideRaw(work, effort));
    return tables;
  },
};

function stock(backend: Vault['backend']): Stocked {
  const stream = simulatedWorld({ seed }).cursor('bench');
  const own = new Vault(backend);
  return { vault: own, material: own.create('bench', secret), take: () => stream.take() };
}

type Everywhere = Readonly<Record<string, Stocked>>;

function encryptions(stocked: Everywhere, length: number, shown: string): readonly Work[] {
  const plaintext = new Uint8Array(length).fill(1);
  const sealed = sealRaw(plaintext, aad);
  const seal = ({ material, take, vault }: Stocked): Uint8Array => {
    const blob = vault.seal(material, 'encrypt', pairs, plaintext, take().draw(sealRandomLength));
    return required(blob instanceof Uint8Array ? blob : undefined);
  };
  return [
    {
      title: `Encrypt, ${shown}`,
      raw: () => sealRaw(plaintext, aad),
      ways: mapped(
        stocked,
        (one): Step =>
          () =>
            seal(one),
      ),
    },
    {
      title: `Decrypt, ${shown}`,
      raw: () => openRaw(sealed, aad),
      ways: mapped(stocked, (one): Step => {
        const blob = seal(one);
        return () => {
          const found = one.vault.find(blob);
          return required(typeof found === 'string' ? undefined : one.vault.open(found, pairs, blob));
        };
      }),
    },
  ];
}

function dataKey(stocked: Everywhere): Work {
  return {
    title: 'Data key, 32 B',
    raw: () => dataKeyRaw(32, aad),
    ways: mapped(stocked, ({ material, take, vault }): Step => {
      return () => {
        const random = take();
        return vault.seal(material, 'data key by spec', pairs, random.draw(32), random.draw(sealRandomLength));
      };
    }),
  };
}

/** Nothing in node:crypto gives a secret two names; what it makes of one is a key object. */
function intake(stocked: Everywhere): Work {
  return {
    title: 'A key taken in and destroyed',
    raw: () => createSecretKey(secret),
    ways: mapped(
      stocked,
      ({ vault }): Step =>
        () =>
          vault.destroy(vault.create('another', secret)),
    ),
  };
}

async function authentication(stocked: Everywhere): Promise<Work> {
  const kept = createSecretKey(secret);
  const ways: Record<string, Step> = {};
  for (const [name, { material, vault }] of Object.entries(stocked)) {
    await loaded(() => vault.hmacKey(material, 'HMAC_256'));
    ways[name] = () => {
      const mac = vault.hmacKey(material, 'HMAC_256');
      return typeof mac === 'function' ? mac(message) : required(undefined);
    };
  }
  return { title: 'GenerateMac HMAC_SHA_256', raw: () => createHmac('sha256', kept).update(message).digest(), ways };
}

async function signatures(
  stocked: Everywhere,
  spec: KeyPairSpec,
  algorithm: SigningAlgorithm,
  raw: { readonly privateKey: KeyObject; readonly publicKey: KeyObject; readonly hash: string | null },
): Promise<readonly Work[]> {
  const { hash, privateKey, publicKey } = raw;
  const rawSignature = sign(hash, message, privateKey);
  const signing: Record<string, Step> = {};
  const verifying: Record<string, Step> = {};
  for (const [name, { vault }] of Object.entries(stocked)) {
    const material = vault.create(spec, secret);
    const first = await loaded(() => vault.keyPair(material, spec));
    const signature = required(asBytes(first.sign(algorithm, 'RAW', message, draw)));
    const pair = (): typeof first => {
      const there = vault.keyPair(material, spec);
      return required(there instanceof Promise ? undefined : there);
    };
    signing[name] = () => pair().sign(algorithm, 'RAW', message, draw);
    verifying[name] = () => pair().verify(algorithm, 'RAW', message, signature);
  }
  return [
    { title: `Sign ${algorithm}, ${spec}`, raw: () => sign(hash, message, privateKey), ways: signing },
    {
      title: `Verify ${algorithm}, ${spec}`,
      raw: () => verify(hash, message, publicKey, rawSignature),
      ways: verifying,
    },
  ];
}

function asBytes(signature: Uint8Array | string): Uint8Array | undefined {
  return typeof signature === 'string' ? undefined : signature;
}
