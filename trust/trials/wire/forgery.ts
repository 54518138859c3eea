// What a forger has and what he may try: valid requests, the secrets of others, and the signer.

import type { Dice } from './dice.ts';
import { kmsRequest, type Parts, type Signer, type Signing, sha256, signed } from './request.ts';

/** The clock of the door stands here. */
export const now: number = Date.UTC(2026, 0, 15, 12, 0, 30);

export const owner: Signer = { accessKeyId: 'AKIAOWNER', secretAccessKey: 'the-secret-of-the-owner-0123456789abcdef' };
export const other: Signer = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'the-secret-of-the-other-0123456789abcdef' };
export const temporary: Signer = {
  accessKeyId: 'ASIATEMPORARY',
  secretAccessKey: 'the-secret-of-a-session-0123456789abcdef',
  sessionToken: 'FwoGZXIvYXdzEJr-token-of-the-session-0123456789',
};
export const expired: Signer = {
  accessKeyId: 'ASIAEXPIRED',
  secretAccessKey: 'the-secret-of-one-expired-0123456789abcde',
  sessionToken: 'FwoGZXIvYXdzEJr-token-of-one-expired-0123456789',
};

/** One request before it is signed, by whom, and how. */
export interface Draft {
  readonly parts: Parts;
  readonly signer: Signer;
  readonly signing: Signing;
}

export function draft(dice: Dice): Draft {
  const body = JSON.stringify({ NumberOfBytes: 1 + dice.below(64) });
  const more: [string, string][] = [];
  if (dice.chance(50)) more.push(['X-Amz-Content-Sha256', sha256(body)]);
  if (dice.chance(50)) more.push(['Amz-Sdk-Request', 'attempt=1; max=3']);
  if (dice.chance(30)) more.push(['X-Amz-User-Agent', 'aws-sdk-js/3 ua/2.1']);
  const signer = dice.pick([owner, owner, temporary]);
  return { parts: kmsRequest('GenerateRandom', body, more), signer, signing: { at: now } };
}

export function valid({ parts, signer, signing }: Draft): Parts {
  return signed(parts, signer, signing);
}
