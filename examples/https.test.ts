import { request } from 'node:https';
import { KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms';
import { createKmsim, serve } from 'kmsim';
import { expect, test } from 'vitest';

test('a client that speaks HTTPS, and trusts this server alone', async () => {
  using sim = createKmsim();
  const { KeyMetadata: key } = await sim.as().createKey();
  await sim.as().createAlias({ AliasName: 'alias/orders', TargetKeyId: key?.KeyId ?? '' });

  await using server = await serve(sim, { tls: true });
  const client = new KMSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { httpsAgent: { ca: server.ca } },
  });
  const { Aliases } = await client.send(new ListAliasesCommand({ KeyId: key?.KeyId }));
  expect(Aliases?.map(({ AliasName }) => AliasName)).toEqual(['alias/orders']);
  client.destroy();

  // Nobody else trusts it.
  const stranger = new Promise((resolve) => request(server.url).on('error', resolve).end());
  expect(await stranger).toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
});
