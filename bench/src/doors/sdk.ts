// Encrypt through a client of the AWS SDK in each way that a test has: mocked, attached, with a request handler.

import { EncryptCommand, type EncryptCommandInput, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import type { Kmsim } from 'kmsim';
import type { Alternative } from '../interleave.ts';

export const sdkWays = {
  mock: 'aws-sdk-client-mock, a constant',
  direct: 'kmsim, sim.as()',
  attached: 'kmsim, sim.attach(client)',
  constant: 'the unmodified SDK, a handler that answers a constant',
  handler: 'kmsim, the SDK with its request handler',
} as const;

type Input = EncryptCommandInput & { readonly KeyId: string; readonly Plaintext: Uint8Array };

/** The same requests in every way; the constants are what kmsim answered to the first of them. */
export async function sdkAlternatives(sim: Kmsim, input: (n: number) => Input): Promise<readonly Alternative[]> {
  const { credentials, region, requestHandler } = sim.clientConfig();
  const configuration = { region, credentials };
  const direct = sim.as();

  const mocked = new KMSClient(configuration);
  const mock = mockClient(mocked);
  mock.on(EncryptCommand).resolves(await direct.encrypt(input(0)));

  const attached = new KMSClient(configuration);
  sim.attach(attached);

  const handled = new KMSClient({ ...configuration, requestHandler });
  const answered = new KMSClient({ ...configuration, requestHandler: constantly(requestHandler) });

  return [
    sending(sdkWays.mock, mocked, input, () => mock.resetHistory()),
    repeated(sdkWays.direct, (n) => direct.encrypt(input(n))),
    sending(sdkWays.attached, attached, input),
    sending(sdkWays.constant, answered, input),
    sending(sdkWays.handler, handled, input),
  ];
}

// What the mock remembers of its calls it would have to carry along: it forgets them as often as a test would reset it.
function sending(
  name: string,
  client: KMSClient,
  input: (n: number) => Input,
  reset: () => unknown = () => undefined,
): Alternative {
  return repeated(name, (n) => {
    if (n % callsOfATest === 0) reset();
    return client.send(new EncryptCommand(input(n)));
  });
}

const callsOfATest = 100;

function repeated(name: string, call: (n: number) => Promise<unknown>): Alternative {
  return {
    name,
    run: async (times) => {
      for (let n = 0; n < times; n++) await call(n);
    },
  };
}

type Handler = ReturnType<Kmsim['clientConfig']>['requestHandler'];

/** Asks the handler once, and from then on answers the same. */
function constantly(handler: Handler): Handler {
  let answer: Awaited<ReturnType<Handler['handle']>>['response'] | undefined;
  return {
    ...handler,
    handle: async (request, options) => {
      answer ??= (await handler.handle(request, options)).response;
      // Fresh headers, as every handler gives them: the SDK may write into them.
      return { response: { ...answer, headers: { ...answer.headers } } };
    },
  };
}
