// Keys of every spec out of a seed, against node:crypto's own generation.

import * as crypto from 'node:crypto';
import { chooseBackend, isHmacKeySpec, isKeyPairSpec, type KeySpec, keySpecs, Vault } from '@kmsim/hsm-core';
import { cpuMilliseconds } from './cpu-time.ts';
import { briefer, interleave } from './interleave.ts';
import { loaded, required } from './key-specs/case.ts';
import { rawPostQuantumKeys } from './key-specs/post-quantum.ts';
import { figure, single } from './statistics.ts';
import type { Effort, Figure, Suite, Table } from './suite.ts';

type RsaSpec = Extract<KeySpec, `RSA_${number}`>;
type Generate = () => unknown;

const rsaSpecs: readonly RsaSpec[] = ['RSA_2048', 'RSA_3072', 'RSA_4096'];
const [floor, grown] = ["OpenSSL's own", 'from a seed'];

const onCurve = (namedCurve: string): Generate => {
  return () => crypto.generateKeyPairSync('ec', { namedCurve });
};
const hmac = (length: number): Generate => {
  return () => crypto.generateKeySync('hmac', { length });
};

/** Undefined where this version of Node has none. */
const floors: Readonly<Record<Exclude<KeySpec, RsaSpec>, Generate | undefined>> = {
  SYMMETRIC_DEFAULT: () => crypto.generateKeySync('aes', { length: 256 }),
  HMAC_224: hmac(224),
  HMAC_256: hmac(256),
  HMAC_384: hmac(384),
  HMAC_512: hmac(512),
  ECC_NIST_P256: onCurve('prime256v1'),
  ECC_NIST_P384: onCurve('secp384r1'),
  ECC_NIST_P521: onCurve('secp521r1'),
  ECC_SECG_P256K1: onCurve('secp256k1'),
  ECC_NIST_EDWARDS25519: () => crypto.generateKeyPairSync('ed25519'),
  ML_DSA_44: rawPostQuantumKeys('ML_DSA_44'),
  ML_DSA_65: rawPostQuantumKeys('ML_DSA_65'),
  ML_DSA_87: rawPostQuantumKeys('ML_DSA_87'),
  ML_KEM_512: rawPostQuantumKeys('ML_KEM_512'),
  ML_KEM_768: rawPostQuantumKeys('ML_KEM_768'),
  ML_KEM_1024: rawPostQuantumKeys('ML_KEM_1024'),
  SM2: onCurve('SM2'),
};

export function keygen(backend: 'native' | 'portable'): Suite {
  return {
    name: backend === 'native' ? 'keygen' : `keygen-${backend}`,
    about: `Keys of every spec from a seed on the ${backend} backend, until the public key is there, against OpenSSL's own.`,
    nodeFlags: [],
    run: async (effort) => {
      const vault = new Vault(required(chooseBackend(backend)));
      const tables: Table[] = [];
      for (const spec of Object.keys(keySpecs) as KeySpec[]) {
        if (isRsa(spec)) tables.push(await byLuck(vault, spec, effort.generations[rsaSpecs.indexOf(spec)] ?? 1));
        else tables.push(await steady(vault, spec, briefer(effort)));
      }
      return tables;
    },
  };
}

function isRsa(spec: KeySpec): spec is RsaSpec {
  return spec.startsWith('RSA');
}

/** How long an RSA key takes is luck, so many are made of each, and medians are compared, not rounds with rounds. */
async function byLuck(vault: Vault, spec: RsaSpec, count: number): Promise<Table> {
  const modulusLength = Number(spec.slice(4));
  const grow = await grower(vault, spec);
  const times: Record<'openssl' | 'seeded', number[]> = { openssl: [], seeded: [] };
  for (let n = 0; n < count; n++) {
    times.openssl.push((await cpuMilliseconds(() => crypto.generateKeyPairSync('rsa', { modulusLength }))) * 1e6);
    times.seeded.push((await cpuMilliseconds(grow)) * 1e6);
  }
  return tableOf(`${spec}, ${count} keys each`, figure('ns', times.openssl), figure('ns', times.seeded));
}

async function steady(vault: Vault, spec: Exclude<KeySpec, RsaSpec>, effort: Effort): Promise<Table> {
  const generators = { [grown]: await grower(vault, spec), [floor]: floors[spec] };
  const alternatives = Object.entries(generators).flatMap(([name, generate]) => {
    if (generate === undefined) return [];
    const run = (times: number): void => {
      for (let n = 0; n < times; n++) generate();
    };
    return [{ name, run }];
  });
  const [seeded, openssl] = (await interleave(alternatives, effort)).map(({ rounds }) => figure('ns', rounds));
  return tableOf(spec, openssl, required(seeded));
}

function tableOf(title: string, openssl: Figure | undefined, seeded: Figure): Table {
  if (openssl === undefined) {
    return {
      title,
      rows: [
        { name: `${floor}: not in this Node`, figures: {} },
        { name: grown, figures: { 'CPU a key': seeded } },
      ],
    };
  }
  const ratio = single('ratio', seeded.median / openssl.median);
  return {
    title,
    rows: [
      { name: floor, figures: { 'CPU a key': openssl } },
      { name: grown, figures: { 'CPU a key': seeded, 'times the median': ratio } },
    ],
  };
}

/** Takes in a seed, grows the key of it until it could be used and its public half shown, and erases it: another each time. */
async function grower(vault: Vault, spec: KeySpec): Promise<Generate> {
  const secret = new Uint8Array(keySpecs[spec].materialBytes);
  const view = new DataView(secret.buffer);
  let count = 0;
  const grow = (): unknown => {
    view.setUint32(0, ++count);
    const id = vault.create(spec, secret);
    const key = usable(vault, id, spec);
    vault.destroy(id);
    return key;
  };
  // Until its library is there.
  await loaded(() => grow() as Promise<unknown> | object);
  count = 0;
  return grow;
}

function usable(vault: Vault, id: string, spec: KeySpec): unknown {
  if (isHmacKeySpec(spec)) return vault.hmacKey(id, spec);
  if (!isKeyPairSpec(spec)) return id;
  const pair = vault.keyPair(id, spec);
  return pair === undefined || pair instanceof Promise ? pair : pair.publicKey();
}
