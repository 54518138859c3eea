// Who can do something with a key: everybody whom the world knows of, each with the conditions under which.

import {
  allOf,
  CONDITION_KEYS,
  type Decision,
  isConditionKey,
  type Possibility,
  type Principal,
  parsePrincipal,
  possibilityOf,
  refusalOf,
} from '@kmsim/authz';
import { fail } from './api/errors.ts';
import type { OperationName } from './api/shapes.ts';
import type { Engine } from './engine.ts';
import { candidates } from './identity/candidates.ts';
import type { Caller } from './operation.ts';
import { explain } from './permit.ts';
import { bothSides, questionCall } from './question.ts';
import { partitionOf } from './state/names.ts';
import type { KeyRecord } from './state/records.ts';
import { resolveKey } from './state/resolve.ts';

export interface WhoCanQuestion {
  /** In whose account and Region the key is looked for. */
  readonly caller: Caller;
  readonly operation: OperationName;
  /** One of the operation's permissions alone; all of them when absent. */
  readonly action?: string | undefined;
  readonly keyId: string;
  readonly aliasName?: string | undefined;
  /** Absent: any. */
  readonly encryptionContext?: ReadonlyMap<string, string> | undefined;
}

export interface Access {
  readonly principal: Principal;
  /** Nobody in particular: stands for all principals of the account that are not known here. */
  readonly anybodyElse: boolean;
  readonly possibility: Possibility;
}

export interface WhoCan {
  readonly key: KeyRecord;
  readonly access: readonly Access[];
  /** Where nobody can: what is in the way of everybody who was asked for. */
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  readonly anybodyElse: boolean;
  readonly decision: Decision;
}

/** Raises what finding the key raises. Changes nothing. */
export function whoCan(kms: Engine, question: WhoCanQuestion): WhoCan {
  const { action, aliasName, caller, encryptionContext, keyId, operation } = question;
  const key = keyNamed(kms, caller, keyId);
  const input = encryptionContext && bothSides(encryptionContext);
  const stranger = parsePrincipal(`arn:${partitionOf(key.region)}:iam::${key.account}:user/anybody-else`);
  const known = [...candidates(kms, key), ...(stranger === undefined ? [] : [stranger])];
  // An AWS managed key that nobody has used yet is there for its own account, by its alias.
  const isThere = kms.state.get('keys', key.arn) !== undefined;
  const asked = isThere ? known : known.filter(({ account }) => account === key.account);
  const decisionsFor = (principal: Principal): readonly Decision[] =>
    explain(kms, {
      caller: { principal, region: key.region },
      operation,
      keyId: isThere ? key.arn : keyId,
      aliasName,
      input,
    }).filter(({ request }) => action === undefined || request.action === action);
  const access = asked.flatMap((principal): readonly Access[] => {
    const possibilities = decisionsFor(principal).map(({ request }) =>
      possibilityOf(request, openKeys(key, keyId, question, request)),
    );
    const possibility = allOf(possibilities);
    return possibility.ways.length > 0 ? [{ principal, anybodyElse: principal === stranger, possibility }] : [];
  });
  const refusals = access.length > 0 ? [] : asked.flatMap(refusalsOf);
  return { key, access, refusals };

  // Of several permissions the first that cannot be had.
  function refusalsOf(principal: Principal): readonly Refusal[] {
    for (const { request } of decisionsFor(principal)) {
      const decision = refusalOf(request, openKeys(key, keyId, question, request));
      if (decision !== undefined) return [{ anybodyElse: principal === stranger, decision }];
    }
    return [];
  }
}

function keyNamed(kms: Engine, caller: Caller, keyId: string): KeyRecord {
  const call = questionCall(kms, caller, 'DescribeKey', { KeyId: keyId });
  try {
    const key = resolveKey(call, keyId, 'any');
    // Another account's key is not told from one that is not there. Who asks here sees everything.
    if (call.key(key.arn) === undefined) fail('NotFoundException', `Key '${key.arn}' does not exist`);
    return key;
  } finally {
    call.tear();
  }
}

// What a key or a principal is, and when and where the call is: it is as it is, whether the world knows it or not.
const settled =
  /^(?:kms:(?:key(?:origin|spec|usage)$|customermasterkey|multiregion|resourcealiases|calleraccount|trailingdays)|aws:(?:principal|resource|username|userid|currenttime|epochtime|requestedregion|securetransport))/;

const applies = new Map(CONDITION_KEYS.map(({ name, where }) => [name.toLowerCase(), where]));
const families = [...applies].filter(([name]) => /[:/]$|pcr$/.test(name));

/** Which condition keys the question leaves open: the request may have them or not, with any value. */
function openKeys(
  key: KeyRecord,
  keyId: string,
  { encryptionContext }: WhoCanQuestion,
  { action, principal }: Decision['request'],
): (name: string) => boolean {
  return (name) => {
    if (!isConditionKey(name) || settled.test(name)) return false;
    if (name.startsWith('kms:encryptioncontext') && encryptionContext !== undefined) return false;
    // A symmetric key has one algorithm; an alias that is named is the one that is asked by.
    if (name === 'kms:encryptionalgorithm' && key.spec === 'SYMMETRIC_DEFAULT') return false;
    if (name === 'kms:requestalias' && keyId.includes('alias/')) return false;
    const where = applies.get(name) ?? families.find(([family]) => name.startsWith(family))?.[1];
    if (where === 'made by a service') return principal.kind === 'service';
    return typeof where === 'string' || where?.includes(action.replace('kms:', '')) === true;
  };
}
