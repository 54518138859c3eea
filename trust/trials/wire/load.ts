// Load on a server, from a program of its own.

import { type Program, program, type ServerReady } from './program.ts';
import { kmsRequest, type Parts, signed, wireBytes } from './request.ts';

export interface Counts {
  readonly good: number;
  readonly throttled: number;
  readonly other: number;
  /** Connections that ended before an answer. */
  readonly broken: number;
}

export interface Stopped extends Counts {
  /** Milliseconds. */
  readonly took: { readonly good: readonly number[]; readonly throttled: readonly number[] };
  /** What was said that nobody expected. */
  readonly samples: readonly string[];
}

export type Asks = readonly (readonly [operation: string, body: object])[];

export async function loadClient(server: ServerReady, asks: Asks): Promise<Program<object>> {
  const client = await program<object>('./load-client.mjs');
  await reload(client, server, asks);
  return client;
}

/** Signed now: good for five minutes. */
export async function reload(
  client: Program<object>,
  { port, secretAccessKey }: ServerReady,
  asks: Asks,
): Promise<void> {
  const signer = { accessKeyId: 'test', secretAccessKey };
  const one = ([operation, body]: Asks[number]): Parts =>
    signed(kmsRequest(operation, JSON.stringify(body)), signer, { at: Date.now() });
  await client.ask('load', { port, shots: asks.map((ask) => Buffer.from(wireBytes(one(ask))).toString('latin1')) });
}
