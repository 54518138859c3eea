import { GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { createKmsim } from 'kmsim';
import { kmsHandler } from 'kmsim/msw';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The code under test: it asks a shop for an order, and KMS for a data key.
async function sealedOrder(id: string): Promise<{ total: number; sealedKey: Uint8Array | undefined }> {
  const { total } = (await (await fetch(`https://shop.example.com/orders/${id}`)).json()) as { total: number };
  const client = new KMSClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  const { CiphertextBlob } = await client.send(
    new GenerateDataKeyCommand({ KeyId: 'alias/orders', KeySpec: 'AES_256', EncryptionContext: { order: id } }),
  );
  return { total, sealedKey: CiphertextBlob };
}

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const sim = createKmsim({ seed: 'msw', region: 'eu-west-1', accessKeys: [{ accessKeyId, secretAccessKey }] });

const server = setupServer(
  http.get('https://shop.example.com/orders/:id', () => HttpResponse.json({ total: 12 })),
  kmsHandler(http, sim),
);
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());

test('an order is sealed with a key of its own', async () => {
  const { KeyMetadata: key } = await sim.as().createKey();
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: key?.KeyId ?? '' });

  const { sealedKey, total } = await sealedOrder('o-1');
  expect(total).toBe(12);
  const opened = await sim.as().decrypt({ CiphertextBlob: sealedKey!, EncryptionContext: { order: 'o-1' } });
  expect(opened.Plaintext).toHaveLength(32);
});
