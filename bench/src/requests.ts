// Whole requests through sim.as(): validation, authorization, key state and audit included, against raw node:crypto.

import { everyOperation } from './every-operation.ts';
import { additionalData, dataKeyRaw, openRaw, sealRaw } from './floor.ts';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, nth, type Prepared, prepare, seed } from './keys.ts';
import { openPlain, sealPlain } from './plain-noble.ts';
import type { Effort, Suite, Table } from './suite.ts';

const floor = 'node:crypto raw';
const keyCount = 100;
const aad = additionalData(context);

/** One backend in one process: two would make the compiled code of both slower than either is alone. */
export function requests(backend: 'native' | 'portable'): Suite {
  const engine = `kmsim, ${backend}`;
  return {
    name: backend === 'native' ? 'requests' : `requests-${backend}`,
    about: `Whole requests on the ${backend} backend against the same primitives called raw in node:crypto.`,
    nodeFlags: [],
    run: async (effort) => {
      const prepared = await prepare({ seed, backend }, keyCount);
      const tables: Table[] = [];
      for (const { title, raw, call } of await cases(prepared)) {
        const alternatives = [
          { name: floor, run: raw },
          { name: engine, run: call },
        ];
        tables.push({ title, rows: rowsOf(await interleave(alternatives, effort), floor) });
      }
      return backend === 'native'
        ? [...tables, await otherWays(prepared, effort), await everyOperation(effort)]
        : [...tables, ...(await againstPlainNoble(prepared, effort))];
    },
  };
}

interface Case {
  readonly title: string;
  readonly raw: Alternative['run'];
  readonly call: Alternative['run'];
}

async function cases(prepared: Prepared): Promise<readonly Case[]> {
  return [
    encryption(prepared, 32, '32 B'),
    encryption(prepared, 4096, '4 KiB'),
    await decryption(prepared, 32, '32 B'),
    await decryption(prepared, 4096, '4 KiB'),
    dataKey(prepared, 32),
    dataKey(prepared, 1024),
  ];
}

function encryption({ kms, keys }: Prepared, length: number, size: string): Case {
  const Plaintext = new Uint8Array(length).fill(1);
  return {
    title: `Encrypt, ${size}`,
    raw: (times) => {
      for (let n = 0; n < times; n++) sealRaw(Plaintext, aad);
    },
    call: async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.encrypt({ KeyId: nth(keys, n).id, Plaintext, EncryptionContext: context });
      }
    },
  };
}

async function decryption({ kms, keys }: Prepared, length: number, size: string): Promise<Case> {
  const Plaintext = new Uint8Array(length).fill(1);
  const sealed = keys.map(() => sealRaw(Plaintext, aad));
  const blobs: Uint8Array[] = [];
  for (const { id } of keys) {
    const { CiphertextBlob } = await kms.encrypt({ KeyId: id, Plaintext, EncryptionContext: context });
    if (CiphertextBlob !== undefined) blobs.push(CiphertextBlob);
  }
  return {
    title: `Decrypt, ${size}`,
    raw: (times) => {
      for (let n = 0; n < times; n++) openRaw(nth(sealed, n), aad);
    },
    call: async (times) => {
      for (let n = 0; n < times; n++) await kms.decrypt({ CiphertextBlob: nth(blobs, n), EncryptionContext: context });
    },
  };
}

function dataKey({ kms, keys }: Prepared, NumberOfBytes: number): Case {
  return {
    title: `GenerateDataKey, ${NumberOfBytes} B`,
    raw: (times) => {
      for (let n = 0; n < times; n++) dataKeyRaw(NumberOfBytes, aad);
    },
    call: async (times) => {
      for (let n = 0; n < times; n++) {
        await kms.generateDataKey({ KeyId: nth(keys, n).id, NumberOfBytes, EncryptionContext: context });
      }
    },
  };
}

/** Encrypt called in other ways, against the usual one. */
async function otherWays({ kms, keys }: Prepared, effort: Effort): Promise<Table> {
  const Plaintext = new Uint8Array(32).fill(1);
  const live = await prepare({ backend: 'native' }, keyCount);
  const usual = 'by key id, two pairs of context, seeded';
  const names = keys.flatMap(({ id, arn, alias, aliasArn }) => [id, arn, alias, aliasArn]);
  const encrypting = (name: string, call: (n: number) => Promise<unknown>): Alternative => ({
    name,
    run: async (times) => {
      for (let n = 0; n < times; n++) await call(n);
    },
  });
  const alternatives = [
    encrypting(usual, (n) => kms.encrypt({ KeyId: nth(keys, n).id, Plaintext, EncryptionContext: context })),
    encrypting('key id, key ARN, alias, alias ARN in turn', (n) =>
      kms.encrypt({ KeyId: nth(names, n), Plaintext, EncryptionContext: context }),
    ),
    encrypting('without context', (n) => kms.encrypt({ KeyId: nth(keys, n).id, Plaintext })),
    encrypting("without a seed: the machine's entropy and clock", (n) =>
      live.kms.encrypt({ KeyId: nth(live.keys, n).id, Plaintext, EncryptionContext: context }),
    ),
  ];
  return { title: 'Encrypt, 32 B, called in other ways', rows: rowsOf(await interleave(alternatives, effort), usual) };
}

/** What a simulator would do that calls @noble for each message. */
async function againstPlainNoble(prepared: Prepared, effort: Effort): Promise<readonly Table[]> {
  const tables: Table[] = [];
  for (const [length, size] of [
    [32, '32 B'],
    [4096, '4 KiB'],
  ] as const) {
    const Plaintext = new Uint8Array(length).fill(1);
    const encrypting = encryption(prepared, length, size);
    const decrypting = await decryption(prepared, length, size);
    const sealed = sealPlain(Plaintext, aad);
    const steps = { Encrypt: () => sealPlain(Plaintext, aad), Decrypt: () => openPlain(sealed, aad) };
    for (const [name, step] of Object.entries(steps)) {
      const alternatives = [
        {
          name: 'a plain @noble engine',
          run: (times: number) => {
            for (let n = 0; n < times; n++) step();
          },
        },
        { name: 'kmsim, portable', run: name === 'Encrypt' ? encrypting.call : decrypting.call },
      ];
      const timings = await interleave(alternatives, effort);
      tables.push({
        title: `${name}, ${size}, against a plain @noble engine`,
        rows: rowsOf(timings, alternatives[0]?.name),
      });
    }
  }
  return tables;
}
