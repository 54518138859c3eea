// What is asked of both endpoints: the same requests with the same data, of keys that each made for it.

import { context } from '../keys.ts';
import type { Endpoint } from './endpoint.ts';

/** The keys of one endpoint, and ciphertexts of its own. */
export interface Prepared {
  readonly symmetric: string;
  readonly signing: string | undefined;
  readonly mac: string | undefined;
  readonly blobs: readonly string[];
}

export interface Work {
  readonly title: string;
  readonly operation: string;
  readonly concurrency: number;
  /** The n-th request; undefined where the endpoint could not make the key. */
  readonly input: (prepared: Prepared, n: number) => object | undefined;
}

/** So many requests of each kind are signed, and sent in turn. */
export const poolSize = 16;

function bytes(n: number): string {
  return Buffer.alloc(32, n).toString('base64');
}

const EncryptionContext = context;
const encrypt: Work['input'] = ({ symmetric }, n) => ({ KeyId: symmetric, Plaintext: bytes(n), EncryptionContext });

export const works: readonly Work[] = [
  { title: 'Encrypt, 32 B', operation: 'Encrypt', concurrency: 1, input: encrypt },
  { title: 'Encrypt, 32 B, 16 at a time', operation: 'Encrypt', concurrency: 16, input: encrypt },
  {
    title: 'Decrypt, 32 B',
    operation: 'Decrypt',
    concurrency: 1,
    input: ({ blobs }, n) => ({ CiphertextBlob: blobs[n % blobs.length], EncryptionContext }),
  },
  {
    title: 'GenerateDataKey, AES_256',
    operation: 'GenerateDataKey',
    concurrency: 1,
    input: ({ symmetric }) => ({ KeyId: symmetric, KeySpec: 'AES_256', EncryptionContext }),
  },
  { title: 'DescribeKey', operation: 'DescribeKey', concurrency: 1, input: ({ symmetric }) => ({ KeyId: symmetric }) },
  {
    title: 'Sign, ECDSA_SHA_256, ECC_NIST_P256',
    operation: 'Sign',
    concurrency: 1,
    input: ({ signing }, n) =>
      signing === undefined
        ? undefined
        : { KeyId: signing, Message: bytes(n), MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' },
  },
  {
    title: 'GenerateMac, HMAC_SHA_256',
    operation: 'GenerateMac',
    concurrency: 1,
    input: ({ mac }, n) =>
      mac === undefined ? undefined : { KeyId: mac, Message: bytes(n), MacAlgorithm: 'HMAC_SHA_256' },
  },
];

/** Makes the keys. One of a kind that the endpoint does not have is left out. */
export async function prepare(endpoint: Endpoint): Promise<Prepared> {
  const symmetric = await created(endpoint, {});
  const optional = (input: object): Promise<string | undefined> => created(endpoint, input).catch(() => undefined);
  const signing = await optional({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const mac = await optional({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
  const blobs: string[] = [];
  for (let n = 0; n < poolSize; n++) {
    const { CiphertextBlob } = await endpoint.call('Encrypt', {
      KeyId: symmetric,
      Plaintext: bytes(n),
      EncryptionContext,
    });
    blobs.push(CiphertextBlob as string);
  }
  return { symmetric, signing, mac, blobs };
}

async function created(endpoint: Endpoint, input: object): Promise<string> {
  const { KeyMetadata } = await endpoint.call('CreateKey', { Description: 'kmsim bench', ...input });
  return (KeyMetadata as { KeyId: string }).KeyId;
}

/** Schedules the deletion of the keys, as soon as it can be. */
export async function abandon(endpoint: Endpoint, { mac, signing, symmetric }: Prepared): Promise<void> {
  for (const KeyId of [symmetric, signing, mac]) {
    if (KeyId === undefined) continue;
    await endpoint.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 }).catch(() => {});
  }
}
