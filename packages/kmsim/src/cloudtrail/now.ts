// What would come of a call now: the corridor of the engine, without what the log does not have.

import type { Decision } from '@kmsim/authz';
import { type Caller, KmsError, type OperationName, rehearse } from '@kmsim/kms';
import type { KmsEvent } from './event.ts';
import { requestOf } from './request.ts';
import type { ReplayWorld } from './world.ts';

export type Now =
  | { readonly kind: 'allowed'; readonly decisions: readonly Decision[] }
  | { readonly kind: 'denied'; readonly decision: Decision }
  | { readonly kind: 'error'; readonly code: string; readonly message: string };

/** Their rooms ask who may change the policy afterwards: the work belongs to the judgement. */
const untilWork: readonly string[] = ['CreateKey', 'PutKeyPolicy'];

/** No log has passwords and credentials of stores, nor what they are connected to: the permissions are asked for alone. */
const permissionsAlone: readonly string[] = [
  'ConnectCustomKeyStore',
  'CreateCustomKeyStore',
  'DeleteCustomKeyStore',
  'DescribeCustomKeyStores',
  'DisconnectCustomKeyStore',
  'UpdateCustomKeyStore',
];

export function nowOf(world: ReplayWorld, operation: OperationName, event: KmsEvent, caller: Caller): Now {
  // A refused call has mostly no parameters in its record: then the permissions are asked for alone.
  if (event.parameters === undefined && event.errorCode !== undefined && event.additional === undefined)
    return explained(world, operation, event, caller);
  const input = requestOf(operation, event);
  if (permissionsAlone.includes(operation) || input['CustomKeyStoreId'] !== undefined)
    return explained(world, operation, event, caller);
  const until = untilWork.includes(operation) ? 'work' : 'judgement';
  const refusal = rehearse(world.kms, { operation, caller, input, until });
  if (refusal === undefined) return allowed(world, operation, event, caller);
  // An operation that is not built has permissions all the same.
  if (refusal.code === 'NotImplemented') return explained(world, operation, event, caller);
  return refusal.decision === undefined ? errorOf(refusal) : { kind: 'denied', decision: refusal.decision };
}

// Only where somebody had another outcome the reasons are wanted.
function allowed(world: ReplayWorld, operation: OperationName, event: KmsEvent, caller: Caller): Now {
  if (event.errorCode === undefined) return { kind: 'allowed', decisions: [] };
  const asked = explained(world, operation, event, caller);
  return asked.kind === 'allowed' ? asked : { kind: 'allowed', decisions: [] };
}

/** The permissions alone. */
export function explained(
  world: Pick<ReplayWorld, 'kms'>,
  operation: OperationName,
  event: KmsEvent,
  caller: Caller,
): Now {
  try {
    const { AliasName: aliasName, GrantId: grantId, ...input } = requestOf(operation, event);
    const decisions = world.kms.explain({
      operation,
      caller,
      // A key that is made comes later.
      keyId: operation === 'CreateKey' ? undefined : event.keys[0],
      ...(typeof aliasName === 'string' && { aliasName }),
      ...(typeof grantId === 'string' && { grantId }),
      input: withContexts(input),
    });
    const refused = decisions.find(({ outcome }) => outcome !== 'Allow');
    return refused === undefined ? { kind: 'allowed', decisions } : { kind: 'denied', decision: refused };
  } catch (error) {
    if (error instanceof KmsError) return errorOf(error);
    throw error;
  }
}

function errorOf({ code, message }: KmsError): Now {
  return { kind: 'error', code, message };
}

// Rooms see contexts as Maps.
function withContexts(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      name.endsWith('EncryptionContext') && typeof value === 'object' && value !== null
        ? new Map(Object.entries(value))
        : value,
    ]),
  );
}
