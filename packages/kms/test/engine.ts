// An engine for tests: accounts with an administrator each, and calls that check what every call must hold to.

import { parsePrincipal } from '@kmsim/authz';
import { type Backend, type BackendName, chooseBackend } from '@kmsim/hsm-core';
import { simulatedWorld } from '@kmsim/world';
import { expect } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { type OperationName, operations } from '../src/api/shapes.ts';
import type { KeyMetadata, OperationInputs, OperationOutputs } from '../src/api/types.ts';
import type { AttestationOptions } from '../src/attestation/library.ts';
import { Trail } from '../src/audit/trail.ts';
import type { XksTransport } from '../src/key-stores/xks-transport.ts';
import { createKms, type Kms } from '../src/kms.ts';
import type { Network } from '../src/multi-region/network.ts';
import { type Caller, Visit } from '../src/operation.ts';
import type { QuotaSettings } from '../src/quotas/settings.ts';
import type { Consistency } from '../src/state/consistency.ts';
import { type KmsSnapshot, restoreSnapshot, takeSnapshot } from '../src/state/snapshot.ts';
import { requestQuotas } from '../src/tables/request-quotas.ts';

export const ours = '111122223333';
export const theirs = '444455556666';
export const home = 'us-east-1';
export const abroad = 'eu-west-1';
export const dayMs = 86_400_000;

/** What every operation may answer beside the errors of its model: https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
const common: readonly string[] = [
  'AccessDeniedException',
  'ValidationException',
  'SerializationException',
  'NotImplemented',
];

export function administratorOf(account: string): string {
  return `arn:aws:iam::${account}:user/administrator`;
}

export function caller(arn: string, region: string = home): Caller {
  const principal = parsePrincipal(arn);
  if (principal === undefined) throw new Error(`${arn} is no principal`);
  return { principal, region };
}

export const admin: Caller = caller(administratorOf(ours));
export const stranger: Caller = caller(administratorOf(theirs));

export interface Refusal {
  readonly code: string;
  /** Undefined: the answer has no message member. */
  readonly message: string | undefined;
}

export interface StatementText {
  readonly Effect: 'Allow' | 'Deny';
  readonly [element: string]: unknown;
}

export function policyText(...Statement: readonly StatementText[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

export const everything: StatementText = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A key policy that leaves everything to the accounts' own policies. */
export function delegatingTo(...accounts: readonly string[]): string {
  const AWS = accounts.map((account) => `arn:aws:iam::${account}:root`);
  return policyText({ Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' });
}

export interface TestEngineOptions {
  readonly seed?: string | number;
  readonly backend?: BackendName | Backend;
  readonly snapshot?: KmsSnapshot;
  readonly grantPropagation?: number;
  readonly consistency?: Consistency;
  readonly network?: Network;
  /** How many events its trail keeps; without one it has none. */
  readonly keep?: number;
  readonly attestation?: AttestationOptions;
  readonly xks?: XksTransport;
}

export class TestEngine {
  readonly kms: Kms;

  constructor({
    seed = 'kms test',
    attestation,
    backend: name,
    consistency,
    grantPropagation,
    keep,
    network,
    snapshot,
    xks,
  }: TestEngineOptions = {}) {
    const backend = typeof name === 'object' ? name : chooseBackend(name);
    if (backend === undefined) throw new Error(`no ${name} backend here`);
    const world = simulatedWorld({ seed, ...(snapshot && { position: snapshot.world }) });
    const trail = keep === undefined ? undefined : new Trail({ world, keep });
    this.kms = createKms({
      world,
      backend,
      consistency,
      grantPropagation,
      attestation,
      trail,
      xks,
      ...(network && { network }),
    });
    if (snapshot === undefined) {
      for (const account of [ours, theirs]) this.attach(administratorOf(account), everything);
    } else {
      expect(restoreSnapshot(this.kms, snapshot)).toBeUndefined();
    }
  }

  /** The answer. A refusal is thrown. */
  call<Name extends OperationName>(
    operation: Name,
    input: OperationInputs[Name],
    by: Caller = admin,
  ): OperationOutputs[Name] {
    return this.kms.dispatch(new Visit(operation, input, 'direct', by)) as OperationOutputs[Name];
  }

  /** The error of a call that must fail, be one of the operation's errors, and leave everything as it was. */
  error<Name extends OperationName>(operation: Name, input: OperationInputs[Name], by: Caller = admin): KmsError {
    // What is due happens with a call that fails, too.
    this.kms.advance();
    const before = this.everything();
    let error: unknown;
    try {
      this.call(operation, input, by);
    } catch (raised) {
      error = raised;
    }
    if (!(error instanceof KmsError)) throw error ?? new Error(`${operation} was answered`);
    expect([...common, ...operations[operation].errors]).toContain(error.code);
    expect(this.everything()).toBe(before);
    return error;
  }

  refusal<Name extends OperationName>(operation: Name, input: OperationInputs[Name], by: Caller = admin): Refusal {
    const { code, wireMessage: message } = this.error(operation, input, by);
    return { code, message };
  }

  /** All records, all key material and all clusters as one text. What was counted of quotas is none: requests that fail count, too. */
  everything(): string {
    const { clusters, state, vault } = takeSnapshot(this.kms);
    return JSON.stringify({ clusters, state: { ...state, quotas: undefined }, vault });
  }

  snapshot(): KmsSnapshot {
    return takeSnapshot(this.kms);
  }

  get now(): number {
    return this.kms.world.clock.now();
  }

  /** Time passes; what is due happens at the next call. */
  wait(milliseconds: number): void {
    this.kms.world.clock.moveTo(this.now + milliseconds);
  }

  /** Gives a user or a role its identity policy. */
  attach(arn: string, ...statements: readonly StatementText[]): Caller {
    const policies = statements.length === 0 ? [] : [{ name: 'p', text: policyText(...statements) }];
    expect(this.kms.identities.put({ arn, policies })).toBeUndefined();
    return caller(arn);
  }

  createKey(input: OperationInputs['CreateKey'] = {}, by: Caller = admin): KeyMetadata & { readonly Arn: string } {
    const { KeyMetadata } = this.call('CreateKey', input, by);
    if (KeyMetadata?.Arn === undefined) throw new Error('no key');
    return { ...KeyMetadata, Arn: KeyMetadata.Arn };
  }

  encrypt(KeyId: string, text = 'secret', EncryptionContext?: Readonly<Record<string, string>>): Uint8Array {
    const { CiphertextBlob } = this.call('Encrypt', { KeyId, Plaintext: utf8(text), EncryptionContext });
    if (CiphertextBlob === undefined) throw new Error('no ciphertext');
    return CiphertextBlob;
  }

  decrypt(CiphertextBlob: Uint8Array, EncryptionContext?: Readonly<Record<string, string>>): string {
    return new TextDecoder().decode(this.call('Decrypt', { CiphertextBlob, EncryptionContext }).Plaintext);
  }

  keyState(KeyId: string): string | undefined {
    return this.call('DescribeKey', { KeyId }).KeyMetadata?.KeyState;
  }
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export const texts = {
  noIdentityPolicy: (who: Caller, action: string, resource: string): string =>
    `User: ${who.principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  noKeyPolicy: (who: Caller, action: string, resource: string): string =>
    `User: ${who.principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no resource-based policy allows the ${action} action`,
  foreign: (who: Caller, action: string): string =>
    `User: ${who.principal.arn} is not authorized to perform: ${action} on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  /** For a ciphertext whose key is not here, or not to be used. */
  hidden: (who: Caller, action: string): string =>
    `User: ${who.principal.arn} is not authorized to perform: ${action} on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access`,
  dryRun: 'The request would have succeeded, but the DryRun option is set.',
} as const;

/** Quotas as in production, of things alone: requests have all the room they want. */
export const enforced: QuotaSettings = {
  mode: 'enforce',
  limits: requestQuotas.map(({ name }) => ({ quota: name, limit: 1e9 })),
};
