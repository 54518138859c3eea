// Where the provider's calls go: a simulation behind the real AWS SDK, in process or over HTTP, with or without delays.

import { KMS } from '@aws-sdk/client-kms';
import { createKmsim, type Kmsim, type KmsimOptions, serve } from 'kmsim';

export interface Place extends AsyncDisposable {
  readonly sim: Kmsim;
  kms(region: string): KMS;
}

export interface Door {
  readonly name: string;
  open(options: KmsimOptions): Promise<Place>;
}

function place(sim: Kmsim, made: (region: string) => KMS, end: () => Promise<void>): Place {
  const clients = new Map<string, KMS>();
  const kms = (region: string): KMS => {
    const client = clients.get(region) ?? made(region);
    clients.set(region, client);
    return client;
  };
  const dispose = async (): Promise<void> => {
    for (const client of clients.values()) client.destroy();
    await end();
    sim.close();
  };
  return { sim, kms, [Symbol.asyncDispose]: dispose };
}

export const doors: readonly Door[] = [
  {
    name: 'the SDK in process',
    open: async (options) => {
      const sim = createKmsim(options);
      return place(
        sim,
        (region) => new KMS(sim.clientConfig({ region })),
        async () => {},
      );
    },
  },
  {
    name: 'the SDK over HTTP',
    open: async (options) => {
      const sim = createKmsim(options);
      const server = await serve(sim);
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const made = (region: string): KMS => new KMS({ region, endpoint: server.url, credentials, maxAttempts: 1 });
      return place(sim, made, () => server.close());
    },
  },
];
