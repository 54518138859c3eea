// `kmsim xks-proxy`: an external key store proxy until it is told to stop.

import type { XksCredential, XksProxy } from '@kmsim/xks-proxy';
import { type Command, InvalidArgumentError } from 'commander';
import { KmsimError } from '../kmsim-error.ts';
import { refuseServerInProduction } from '../production.ts';
import { createXksProxy, serveXksProxy } from '../xks/xks-proxy.ts';
import { textIn } from './input-files.ts';
import { ended, more, onInternalError, portNumber } from './serving.ts';
import { exportLine, say } from './terminal.ts';

interface XksProxyFlags {
  readonly port: number;
  readonly host: string;
  readonly seed?: string;
  readonly key?: readonly string[];
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly pathPrefix: string;
  readonly endpoint: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly iUnderstandThisIsExposed?: true;
  readonly json?: true;
}

export function addXksProxy(program: Command): void {
  program
    .command('xks-proxy')
    .summary('be the proxy of an external key store, with keys outside AWS KMS')
    .description(
      'Answers the external key store proxy API of AWS KMS, on this machine only. Its keys are in memory and gone at the end.',
    )
    .option('--port <number>', 'port to listen on; 0 takes a free one', portNumber, 4600)
    .option('--seed <seed>', 'same seed, same keys, credential and ciphertexts. Without one they are random')
    .option('--key <id>', 'id of a key that it has (repeatable); key-1 unless given', more)
    .option('--access-key-id <id>', 'who may ask: 20 to 30 of A-Z and 2-7; made up unless given')
    .option('--secret-access-key <secret>', 'with it, 43 to 64 characters of base64')
    .option('--path-prefix <prefix>', 'what stands before /kms/xks/v1 in its path, such as /stores/one', '')
    .option('--endpoint <endpoint>', 'endpoint that the key store will have', endpointName, 'https://xks.example.com')
    .option('--tls-cert <file>', 'certificate in PEM: speaks HTTPS; with --tls-key')
    .option('--tls-key <file>', 'its private key in PEM')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--i-understand-this-is-exposed', 'needed to listen beyond this machine')
    .option('--json', 'print one line of JSON instead of text')
    .addHelpText('after', help)
    .action(run);
}

const help = `
A simulated AWS KMS finds it by the endpoint of the key store, which has no port:

  $ kmsim xks-proxy --seed mine --key key-1
  $ kmsim serve --xks-endpoint https://xks.example.com=http://127.0.0.1:4600

and what it prints is what create-custom-key-store takes. GET /ping answers 200. SIGTERM or Ctrl-C ends it.`;

async function run(flags: XksProxyFlags): Promise<void> {
  refuseServerInProduction(process.env);
  const { endpoint, host, key: keys = ['key-1'], pathPrefix, port, seed } = flags;
  const exposed = flags.iUnderstandThisIsExposed === true;
  if (exposed && seed !== undefined)
    throw new KmsimError('SeededAndExposed', 'A seeded proxy beyond loopback is refused.');
  const end = ended();
  const credential = credentialIn(flags);
  const proxy = await createXksProxy({
    ...(seed !== undefined && { seed }),
    keys,
    pathPrefix,
    onInternalError,
    ...(credential !== undefined && { credential }),
  });
  const tls = await tlsIn(flags);
  const server = await serveXksProxy(proxy, { host, port, exposed, tls });
  const secure = tls === undefined ? 'off' : 'on';
  const description = `bind=${host} tls=${secure} store=memory rng=${seed === undefined ? 'csprng' : 'seeded'}`;
  const served = { url: server.url, description, keys, ...storeOf(proxy, endpoint, server.url) };
  say(flags.json ? `${JSON.stringify(served)}\n` : greeting(served));
  await end;
  await server.close();
}

function credentialIn({ accessKeyId, secretAccessKey }: XksProxyFlags): XksCredential | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined;
  if (accessKeyId !== undefined && secretAccessKey !== undefined) return { accessKeyId, secretAccessKey };
  throw new Error('--access-key-id and --secret-access-key go together.');
}

async function tlsIn({ tlsCert, tlsKey }: XksProxyFlags): Promise<{ cert: string; key: string } | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) throw new Error('--tls-cert and --tls-key go together.');
  return { cert: await textIn(tlsCert), key: await textIn(tlsKey) };
}

/** What the key store is made with, and where the simulated AWS KMS finds it. */
function storeOf({ credential, uriPath }: XksProxy, endpoint: string, url: string) {
  return {
    xksEndpoints: { [endpoint]: url },
    createCustomKeyStore: {
      CustomKeyStoreName: 'external',
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: endpoint,
      XksProxyUriPath: uriPath,
      XksProxyAuthenticationCredential: {
        AccessKeyId: credential.accessKeyId,
        RawSecretAccessKey: credential.secretAccessKey,
      },
    },
  };
}

type Served = ReturnType<typeof storeOf> & {
  readonly url: string;
  readonly description: string;
  readonly keys: readonly string[];
};

function greeting({ createCustomKeyStore, description, keys, url, xksEndpoints }: Served): string {
  const { XksProxyAuthenticationCredential: credential, XksProxyUriEndpoint: endpoint } = createCustomKeyStore;
  const lines = [
    `kmsim serves a simulated external key store proxy at ${url}`,
    description,
    `keys: ${keys.join(', ')}`,
  ];
  if (description.includes('rng=seeded'))
    lines.push('RNG: SEEDED - NOT SECRET. Whoever knows the seed knows every key.');
  // The command to paste is last: nothing comes behind it that a shell would run. As one JSON, because an AWS CLI of version 1 fetches what a
  // flag has as a URL. https://docs.aws.amazon.com/cli/v1/userguide/cli-usage-parameters-file.html
  lines.push(
    '',
    `The simulated AWS KMS finds it with: kmsim serve --xks-endpoint ${endpoint}=${url}`,
    `or in a test: createKmsim({ xksEndpoints: ${JSON.stringify(xksEndpoints)} })`,
    '',
    exportLine('ACCESS_KEY_ID', credential.AccessKeyId),
    exportLine('SECRET_ACCESS_KEY', credential.RawSecretAccessKey),
    '',
    `aws kms create-custom-key-store --cli-input-json '${JSON.stringify(createCustomKeyStore)}'`,
  );
  return `${lines.join('\n')}\n`;
}

function endpointName(text: string): string {
  if (!/^https:\/\/[a-zA-Z0-9.-]+$/.test(text))
    throw new InvalidArgumentError('An endpoint is https:// and the name of a host, without a port.');
  return text;
}
