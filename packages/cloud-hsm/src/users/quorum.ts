// Quorum authentication, M of N: tokens that admins sign with RSA keys of their own, outside the HSM.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/quorum-auth-chsm-cli-first-time.html
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/quorum-auth-chsm-cli-admin.html

import { equalBytes } from '@kmsim/hsm-core';
import { portableRsa, rsaFromSpki, verifyPkcs1 } from '@kmsim/hsm-core/certificates';
import type { Login } from './sessions.ts';
import type { Users } from './users.ts';

/** What a quorum is asked for: user management, or the numbers of approvals themselves. */
export type QuorumService = 'user' | 'quorum';

/** `token` is what is signed: the SHA-256 of the approval data. */
export interface QuorumToken {
  readonly service: QuorumService | 'registration';
  readonly approvalData: Uint8Array;
  readonly token: Uint8Array;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** RSASSA-PKCS1-v1_5 over the token as a SHA-256 digest: `openssl pkeyutl -sign -pkeyopt digest:sha256`. */
export interface Approval {
  readonly token: Uint8Array;
  readonly signatures: readonly { readonly username: string; readonly signature: Uint8Array }[];
}

export type QuorumFault = 'QUORUM_REQUIRED' | 'QUORUM_FAILED' | 'TOKEN_EXPIRED';

export const quorumRange: { readonly min: number; readonly max: number } = { min: 2, max: 8 };
/** By default tokens expire ten minutes after they are made. */
export const tokenLifetime: number = 600_000;

const rsaLength = 256;

/** Whether the owner of the public key signed the token. Keys are RSA-2048. */
export function isApprovedBy(publicKey: Uint8Array, token: Uint8Array, signature: Uint8Array): boolean {
  const key = rsaFromSpki(publicKey, portableRsa);
  return key !== undefined && key.length === rsaLength && verifyPkcs1(key, 'SHA-256', token, signature);
}

interface Issued extends QuorumToken {
  readonly login: Login;
}

export class Quorum {
  readonly #values: Record<QuorumService, number>;
  #tokens: readonly Issued[] = [];

  constructor(values: Readonly<Record<QuorumService, number>> = { user: 1, quorum: 1 }) {
    this.#values = { ...values };
  }

  /** How many approvals each service takes; 1 is none. */
  get values(): Readonly<Record<QuorumService, number>> {
    return { ...this.#values };
  }

  set(service: QuorumService, value: number): void {
    this.#values[service] = value;
  }

  /** One token for each admin and service at a time; the next one takes its place. */
  issue(login: Login, token: QuorumToken): void {
    this.#tokens = [
      ...this.#tokens.filter((one) => one.login.isOpen && !(one.login === login && one.service === token.service)),
      { ...token, login },
    ];
  }

  tokenOf(login: Login, service: QuorumToken['service'], token: Uint8Array): QuorumToken | undefined {
    return this.#tokens.find((one) => one.login === login && one.service === service && equalBytes(one.token, token));
  }

  consume(token: QuorumToken): void {
    this.#tokens = this.#tokens.filter((one) => !equalBytes(one.token, token.token));
  }

  /** Whether the operation may go on: the token it uses up then, or undefined where none is needed. */
  approve(
    service: QuorumService,
    login: Login,
    approval: Approval | undefined,
    users: Users,
    now: number,
  ): QuorumToken | QuorumFault | undefined {
    const needed = this.#values[service];
    if (needed < quorumRange.min) return undefined;
    if (approval === undefined) return 'QUORUM_REQUIRED';
    const token = this.tokenOf(login, service, approval.token);
    if (token === undefined) return 'QUORUM_FAILED';
    if (token.expiresAt <= now) return 'TOKEN_EXPIRED';
    const approvers = approval.signatures
      .filter(({ username, signature }) => {
        const key = users.quorumKey('admin', username);
        return key !== undefined && isApprovedBy(key, token.token, signature);
      })
      .map(({ username }) => username);
    return new Set(approvers).size >= needed ? token : 'QUORUM_FAILED';
  }
}
