// RSA keys out of a seed, against OpenSSL's own generation.

import { generateKeyPairSync } from 'node:crypto';
import { chooseBackend, Vault } from '@kmsim/hsm-core';
import { cpuMilliseconds } from './cpu-time.ts';
import { loaded, required } from './key-specs/case.ts';
import { figure, single } from './statistics.ts';
import type { Row, Suite, Table } from './suite.ts';

const specs = ['RSA_2048', 'RSA_3072', 'RSA_4096'] as const;
type RsaSpec = (typeof specs)[number];

export function keyGeneration(backend: 'native' | 'portable'): Suite {
  return {
    name: backend === 'native' ? 'key-generation' : `key-generation-${backend}`,
    about: `RSA keys grown from a seed on the ${backend} backend, until the public key is there, against OpenSSL's.`,
    nodeFlags: [],
    run: async ({ generations }) => {
      const vault = new Vault(required(chooseBackend(backend)));
      const tables: Table[] = [];
      for (const [at, spec] of specs.entries()) tables.push(await tableOf(vault, spec, generations[at] ?? 1));
      return tables;
    },
  };
}

/** How long a key takes is luck, so medians are compared, and not rounds with rounds. */
async function tableOf(vault: Vault, spec: RsaSpec, count: number): Promise<Table> {
  const modulusLength = Number(spec.slice(4));
  const times: Record<'openssl' | 'seeded', number[]> = { openssl: [], seeded: [] };
  await loaded(() => vault.keyPair(seeded(vault, 'warm', 0), spec));
  for (let n = 1; n <= count; n++) {
    const id = seeded(vault, spec, n);
    const openssl = (): unknown => generateKeyPairSync('rsa', { modulusLength });
    const grown = (): unknown => {
      const pair = vault.keyPair(id, spec);
      if (pair === undefined || pair instanceof Promise) throw new Error('The library is not there.');
      return pair.publicKey();
    };
    times.openssl.push((await cpuMilliseconds(openssl)) * 1e6);
    times.seeded.push((await cpuMilliseconds(grown)) * 1e6);
    vault.destroy(id);
  }
  const [openssl, grown] = [figure('ns', times.openssl), figure('ns', times.seeded)];
  const rows: Row[] = [
    { name: "OpenSSL's own", figures: { 'CPU a key': openssl } },
    {
      name: 'from a seed',
      figures: { 'CPU a key': grown, 'times the median': single('ratio', grown.median / openssl.median) },
    },
  ];
  return { title: `${spec}, ${count} keys each`, rows };
}

function seeded(vault: Vault, keyId: string, n: number): string {
  const seed = new Uint8Array(32);
  new DataView(seed.buffer).setUint32(0, n);
  return vault.create(keyId, seed);
}
