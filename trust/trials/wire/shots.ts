// What is fired at a door. A shot that is a request of HTTP must be answered; other bytes may be hung up on.

import type { OperationName } from '@kmsim/kms';
import type { Dice } from './dice.ts';
import type { Things } from './plausible.ts';
import { type Header, kmsRequest, type Parts, type Signer, signed, wireBytes } from './request.ts';

export interface Shot {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What is asked for, where it is a signed request of KMS. */
  readonly operation?: OperationName;
  /** It can share a connection with others, and is answered once. */
  readonly isWhole?: boolean;
}

export interface Range extends Things {
  readonly signer: Signer;
  readonly now: number;
}

export type Gun = (dice: Dice, range: Range) => Shot;

/** A signed request with this body, whatever it is. */
export function signedShot(
  name: string,
  operation: OperationName,
  body: Uint8Array | string,
  { now, signer }: Range,
): Shot {
  return { name, operation, isWhole: true, bytes: wireBytes(signed(kmsRequest(operation, body), signer, { at: now })) };
}

export function partsShot(name: string, parts: Parts): Shot {
  return { name, bytes: wireBytes(parts) };
}

export function signedParts({ now, signer }: Range, more: readonly Header[] = [], body = '{}'): Parts {
  return signed(kmsRequest('ListKeys', body, more), signer, { at: now });
}
