// Every ciphertext whose plaintext is known, written down as it is made: in the end each must open.

import type { Difference } from '../../match.ts';
import type { Json } from '../../transcript.ts';
import { isRecord } from '../../values.ts';
import type { KnownKey } from '../memory.ts';
import type { Asked, Run, Watcher } from '../run.ts';
import { type Ask, administratorOf, answered } from './asking.ts';
import { expectation } from './invariant.ts';

export interface Sealed {
  /** Base64. */
  readonly blob: string;
  readonly plaintext: string;
  readonly context: Json | undefined;
  readonly key: KnownKey;
  readonly operation: string;
}

export class Ledger implements Watcher {
  readonly sealed: Sealed[] = [];

  after({ input, reply, request }: Asked, run: Run): undefined {
    const body = isRecord(reply.body) ? reply.body : {};
    const key = run.memory.keys.find(({ arn }) => arn === body['KeyId']);
    const blob = body['CiphertextBlob'];
    if (reply.status !== 200 || key === undefined || typeof blob !== 'string') return;
    const { operation } = request;
    const source = this.sealed.find((one) => one.blob === request.body['CiphertextBlob']);
    const plaintext = body['Plaintext'] ?? request.body['Plaintext'] ?? source?.plaintext;
    const context = input[operation === 'ReEncrypt' ? 'DestinationEncryptionContext' : 'EncryptionContext'];
    if (typeof plaintext === 'string') this.sealed.push({ blob, plaintext, context, key, operation });
  }
}

/** Decrypt as the key's account. */
export function open(
  run: Run,
  { blob, context, key }: Sealed,
  more: Readonly<Record<string, Json>> = {},
): ReturnType<Ask> {
  const given = context === undefined ? {} : { EncryptionContext: context };
  return administratorOf(run, key)('Decrypt', { CiphertextBlob: { $base64: blob }, ...given, ...more });
}

export async function allOpen(run: Run, sealed: readonly Sealed[]): Promise<Difference | undefined> {
  for (const one of sealed) {
    const got = answered(await open(run, one), 'Plaintext');
    const found = expectation(got === one.plaintext, one.plaintext, String(got), 'Plaintext');
    if (found !== undefined) return found;
  }
  return undefined;
}
