// Envelope encryption as users do it: objects under data keys, one for each or one for many, and what that asks of KMS.

import { createCipheriv, createSecretKey } from 'node:crypto';
import { createKmsim, type Kmsim } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { required } from './key-specs/case.ts';
import { context, seed } from './keys.ts';
import { single } from './statistics.ts';
import type { Effort, Figure, Row, Suite, Table } from './suite.ts';

const noKms = 'no KMS: a local key';
const perObject = 'a data key per object';
// As many messages as a cache of data keys often allows to one.
const objectsPerKey = 100;
const cached = `a data key for ${objectsPerKey} objects`;

const chunk = new Uint8Array(2 ** 20).fill(1);

export const envelope: Suite = {
  name: 'envelope',
  about:
    'Objects encrypted with AES-256-GCM under data keys, one for each or one for a hundred, against no KMS at all.',
  nodeFlags: [],
  run: async (effort) => {
    const tables: Table[] = [];
    for (const length of effort.payloads) tables.push(await objectsOf(length, effort));
    return [...tables, await bill()];
  },
};

/** How an object comes to the key it is encrypted under. */
type DataKeys = () => Promise<Uint8Array>;

async function objectsOf(length: number, effort: Effort): Promise<Table> {
  const ways = { [noKms]: localKey(), [perObject]: await asking(), [cached]: await asking(objectsPerKey) };
  const alternatives = Object.entries(ways).map(([name, dataKey]): Alternative => {
    return {
      name,
      run: async (times) => {
        for (let n = 0; n < times; n++) encryptObject(await dataKey(), length);
      },
    };
  });
  return { title: `An object of ${shown(length)}`, rows: rowsOf(await interleave(alternatives, effort), noKms) };
}

/** In chunks, so that an object never stands in memory whole. */
function encryptObject(key: Uint8Array, length: number): void {
  const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv());
  for (let at = 0; at < length; at += chunk.length)
    cipher.update(chunk.subarray(0, Math.min(chunk.length, length - at)));
  cipher.final();
  cipher.getAuthTag();
}

const counter = new DataView(new ArrayBuffer(12));

/** Counted: under one key none comes twice. */
function iv(): Uint8Array {
  counter.setUint32(8, counter.getUint32(8) + 1);
  return new Uint8Array(counter.buffer);
}

function localKey(): DataKeys {
  const key = new Uint8Array(32).fill(7);
  return () => Promise.resolve(key);
}

async function asking(objects = 1, sim: Kmsim = createKmsim({ seed })): Promise<DataKeys> {
  const kms = sim.as();
  const KeyId = (await kms.createKey({})).KeyMetadata?.KeyId ?? '';
  let left = 0;
  let key = new Uint8Array();
  return async () => {
    if (left === 0) {
      const { Plaintext } = await kms.generateDataKey({ KeyId, KeySpec: 'AES_256', EncryptionContext: context });
      key = Uint8Array.from(required(Plaintext));
      left = objects;
    }
    left -= 1;
    return key;
  };
}

const asked = 1_000;
const million = 1_000_000;

/** What a million objects ask of KMS, told from a thousand, by sim.cost(). The 20,000 requests a month that are free are not taken off. */
async function bill(): Promise<Table> {
  const [each, some] = [await requestsOf(1), await requestsOf(objectsPerKey)];
  // What the report of the one foretells is what the other has done.
  if (each.requests - each.saved !== some.requests) throw new Error(`${some.requests} requests, ${each.saved} saved.`);
  const row = (name: string, { price, requests }: { readonly price: number; readonly requests: number }): Row => {
    const calls = (requests * million) / asked;
    const saved = ((each.requests - requests) * million) / asked;
    return {
      name,
      figures: {
        'KMS calls': count(calls),
        'their price': single('USD', calls * price),
        'calls saved': count(saved),
        saved: single('USD', saved * price),
      },
    };
  };
  return {
    title: 'KMS calls for 1,000,000 objects, and their price',
    rows: [row(perObject, each), row(cached, some), row(noKms, { requests: 0, price: each.price })],
  };
}

function count(value: number): Figure {
  return single('count', value);
}

/** Requests for a thousand objects, the price of one, and how many a cache of data keys would have saved. */
async function requestsOf(
  objects: number,
): Promise<{ readonly requests: number; readonly price: number; readonly saved: number }> {
  const sim = createKmsim({ seed });
  const dataKey = await asking(objects, sim);
  for (let n = 0; n < asked; n++) await dataKey();
  const { months, savings } = sim.cost({ dataKeyCache: { maxMessages: objectsPerKey } });
  const { per, price = Number.NaN } = required(
    months.flatMap(({ lines }) => lines).find(({ item }) => item === 'standard'),
  );
  const caching = required(savings.find(({ cache }) => cache === 'data key caching'));
  return { requests: caching.requests, price: price / per, saved: caching.saved };
}

function shown(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes / 2 ** 10} KiB` : `${bytes / 2 ** 20} MiB`;
}
