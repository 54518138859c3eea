// Events of calls that come over HTTP, and of calls that the door turns away.

import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { createKmsim, serve } from '../src/index.ts';

test('an event over HTTP has the access key, the program, the address and the host; a wrong signature has none', async () => {
  const sim = createKmsim({
    seed: 'doors',
    accessKeys: [{ accessKeyId: 'AKIADOOR', secretAccessKey: 'secret of a door' }],
  });
  const { KeyMetadata } = await sim.as().createKey();
  const server = await serve(sim);
  const client = (secretAccessKey: string) =>
    new KMSClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'AKIADOOR', secretAccessKey },
      maxAttempts: 1,
    });
  try {
    const describe = new DescribeKeyCommand({ KeyId: KeyMetadata?.KeyId });
    await expect(client('another').send(describe)).rejects.toThrow();
    expect(sim.trail.find({ operation: 'DescribeKey' })).toEqual([]);
    const { $metadata } = await client('secret of a door').send(describe);
    expect(sim.trail.find({ operation: 'DescribeKey' })).toMatchObject([
      {
        requestID: $metadata.requestId,
        sourceIPAddress: '127.0.0.1',
        userAgent: expect.stringMatching(/^aws-sdk-js\//),
        userIdentity: { type: 'IAMUser', userName: 'administrator', accessKeyId: 'AKIADOOR' },
        tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: new URL(server.url).host },
      },
    ]);
    expect(sim.trail.file()).not.toContain('secret of a door');
  } finally {
    await server.close();
  }
});
