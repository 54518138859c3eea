// What key stores cost: Encrypt through the proxy of an external one, against the round trips that it is made of, and in a CloudHSM cluster.

import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKmsim, createXksProxy, type KmsMethods, serveXksProxy, type XksProxy, type XksProxyLike } from 'kmsim';
import { type Alternative, interleave, rowsOf } from './interleave.ts';
import { context, nth, prepare, seed } from './keys.ts';
import type { Suite } from './suite.ts';

const endpoint = 'https://xks.example.com';
const Plaintext = new Uint8Array(32).fill(1);
const sameServer = 'a signed request to the same proxy, node:http';
const constant = 'node:http, a constant answer';

type Message = Parameters<XksProxyLike['handle']>[0];

export const xks: Suite = {
  name: 'xks',
  about:
    'Encrypt under a key of an external key store over HTTP on loopback, client and server in one process, against round trips; in a CloudHSM cluster, against the own vault.',
  nodeFlags: [],
  run: async (effort) => {
    const proxy = await createXksProxy({ seed, keys: ['bench'] });
    const server = await serveXksProxy(proxy);
    const fixed = await constantServer();
    const agent = new Agent({ keepAlive: true });
    try {
      let message: Message | undefined;
      const recorder: XksProxyLike = {
        handle: (sent) => {
          message = sent;
          return proxy.handle(sent);
        },
      };
      const recorded = await encryption(proxy, recorder);
      await recorded();
      if (message === undefined) throw new Error('the proxy was not asked');
      const timings = await interleave(
        [
          repeated(constant, roundTrip(agent, fixed.port, message)),
          repeated(sameServer, roundTrip(agent, server.port, message)),
          repeated('Encrypt, the proxy over HTTP', await encryption(proxy, server.url)),
          repeated('Encrypt, the proxy in the same process', await encryption(proxy, proxy)),
        ],
        // A round trip takes as long as thirty calls of other suites: the compiler is done with it that much later.
        { ...effort, warmUpMs: 8 * effort.warmUpMs, batchMs: 4 * effort.batchMs },
      );
      const vault = 'Encrypt under a key of the own vault';
      const inHsm = await interleave(
        [repeated(vault, await inVault()), repeated('Encrypt under a key in a CloudHSM cluster', await inCluster())],
        effort,
      );
      return [
        { title: 'Encrypt, 32 B, through a proxy, in round trips of its server', rows: rowsOf(timings, sameServer) },
        { title: 'The same, in round trips of a server that does nothing', rows: rowsOf(timings, constant) },
        { title: 'Encrypt, 32 B, in a CloudHSM cluster, against the own vault', rows: rowsOf(inHsm, vault) },
      ];
    } finally {
      agent.destroy();
      await server.close();
      await fixed.close();
    }
  },
};

function repeated(name: string, work: () => unknown): Alternative {
  return {
    name,
    run: async (times) => {
      for (let n = 0; n < times; n++) await work();
    },
  };
}

/** Encrypt of a new simulation whose external key store is the proxy. */
async function encryption(proxy: XksProxy, target: string | XksProxyLike): Promise<() => Promise<unknown>> {
  // The clock is the machine's in the end, so that a signature made by it can be sent again.
  const sim = createKmsim({ seed, start: Date.now() - 3_600_000, xksEndpoints: { [endpoint]: target } });
  const kms: KmsMethods = sim.as();
  const { CustomKeyStoreId } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'bench',
    CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
    XksProxyConnectivity: 'PUBLIC_ENDPOINT',
    XksProxyUriEndpoint: endpoint,
    XksProxyUriPath: proxy.uriPath,
    XksProxyAuthenticationCredential: {
      AccessKeyId: proxy.credential.accessKeyId,
      RawSecretAccessKey: proxy.credential.secretAccessKey,
    },
  });
  if (CustomKeyStoreId === undefined) throw new Error('a key store has an id');
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('1 hour');
  const { KeyMetadata } = await kms.createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId: 'bench' });
  const KeyId = KeyMetadata?.KeyId ?? '';
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}

async function inVault(): Promise<() => Promise<unknown>> {
  const { kms, keys } = await prepare({ seed }, 1);
  const KeyId = nth(keys, 0).id;
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}

/** Encrypt of a new simulation whose key is in a cluster. */
async function inCluster(): Promise<() => Promise<unknown>> {
  const sim = createKmsim({ seed });
  const kms: KmsMethods = sim.as();
  const cluster = sim.cloudHsm.launch();
  const { CustomKeyStoreId = '' } = await kms.createCustomKeyStore({
    CustomKeyStoreName: 'bench',
    CloudHsmClusterId: cluster.id,
    TrustAnchorCertificate: cluster.trustAnchor,
    KeyStorePassword: 'kmsPassword',
  });
  await kms.connectCustomKeyStore({ CustomKeyStoreId });
  sim.clock.advance('1 hour');
  const { KeyMetadata } = await kms.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  const KeyId = KeyMetadata?.KeyId ?? '';
  return () => kms.encrypt({ KeyId, Plaintext, EncryptionContext: context });
}

function roundTrip(agent: Agent, port: number, { body, headers, path }: Message): () => Promise<Uint8Array> {
  const length = Buffer.byteLength(body);
  const ask = (): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const options = { agent, host: '127.0.0.1', port, path, method: 'POST' };
      const sent = request({ ...options, headers: { ...headers, 'content-length': length } }, (response) => {
        const chunks: Uint8Array[] = [];
        response.on('data', (chunk: Uint8Array) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode === 200) resolve(Buffer.concat(chunks));
          else reject(new Error(`the server answered ${response.statusCode}`));
        });
      });
      // On a busy machine a turn may come after the server has left the idle connection.
      sent.on('error', (error) => (sent.reusedSocket ? resolve(ask()) : reject(error))).end(body);
    });
  return ask;
}

async function constantServer(): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer((incoming, response) => {
    incoming.on('data', () => {}).on('end', () => response.end('{"constant":true}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
