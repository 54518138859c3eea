// A process that only sends requests, so that the CPU time of the process with the servers is theirs alone.
// Its messages: first what to send and where, then how often.

import { RawClient } from './raw-client.ts';

export interface Load {
  readonly port: number;
  readonly concurrency: number;
  /** Whole HTTP requests. */
  readonly requests: readonly string[];
}

/** Number of a load in the order they came, and how many requests to send. */
export interface Turn {
  readonly load: number;
  readonly times: number;
}

interface Opened {
  readonly client: RawClient;
  readonly requests: readonly Uint8Array[];
}

const opened: Opened[] = [];

async function obey(message: Load | Turn): Promise<void> {
  if ('times' in message) {
    const { client, requests } = opened[message.load] as Opened;
    await client.run(requests, message.times);
  } else {
    const { concurrency, port, requests } = message;
    opened.push({
      client: new RawClient(port, concurrency),
      requests: requests.map((text) => Buffer.from(text)),
    });
  }
}

process.on('message', (message) => {
  obey(message as Load | Turn).then(
    () => process.send?.('done'),
    (error: unknown) => {
      process.send?.(String(error));
    },
  );
});
