// Grants for tests: people without any policy, and one call that makes a grant.

import type { OperationInputs } from '../src/api/types.ts';
import type { Caller } from '../src/operation.ts';
import { admin, caller, ours, type TestEngine, theirs } from './engine.ts';

export const alice: Caller = caller(`arn:aws:iam::${ours}:user/alice`);
export const bob: Caller = caller(`arn:aws:iam::${ours}:user/bob`);
/** Of another account. */
export const carol: Caller = caller(`arn:aws:iam::${theirs}:user/carol`);

export interface Granted {
  readonly GrantId: string;
  readonly GrantToken: string;
}

/** A grant to Alice that allows Encrypt and Decrypt, unless something else is said. */
export function grantOn(
  engine: TestEngine,
  KeyId: string,
  input: Partial<OperationInputs['CreateGrant']> = {},
  by: Caller = admin,
): Granted {
  const { GrantId = '', GrantToken = '' } = engine.call(
    'CreateGrant',
    { KeyId, GranteePrincipal: alice.principal.arn, Operations: ['Encrypt', 'Decrypt'], ...input },
    by,
  );
  return { GrantId, GrantToken };
}

export function grantIds(engine: TestEngine, KeyId: string): readonly (string | undefined)[] {
  return (engine.call('ListGrants', { KeyId }).Grants ?? []).map(({ GrantId }) => GrantId);
}
