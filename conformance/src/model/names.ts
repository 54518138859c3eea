// Finding the key a request names: key id, key ARN, alias name or alias ARN.
// https://docs.aws.amazon.com/kms/latest/developerguide/find-cmk-id-arn.html; messages: describe-nonexistent-key, describe-malformed-key-id

import type { Call } from './call.ts';
import type { Expectation } from './expectation.ts';
import type { Alias, Key } from './state.ts';

export interface Naming {
  /** Takes aliases too. */
  readonly aliases?: true;
  /** What a refusal says was not allowed; the operation itself when absent. */
  readonly action?: string;
  /** Takes keys of other accounts, by ARN. */
  readonly crossAccount?: true;
}

const keyId = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/;

/** The key that a member of the request names. */
export function keyNamed(call: Call, member: string, naming: Naming = {}): Key {
  const name = call.text(member);
  if (name.startsWith('arn:')) return byArn(call, name, naming);
  const { account } = call.person;
  if (name.startsWith('alias/')) return naming.aliases ? aliasNamed(call, account, name).key : noAliases(call);
  if (keyId.test(name)) return call.state.keyOf(account, call.region, name) ?? noKey(call, account, name);
  // An id in capitals or with a line break may be taken for another well-formed one.
  if (keyId.test(name.toLowerCase().trim())) return call.refuse('NotFoundException');
  return call.refuse('NotFoundException', `Invalid keyId '${name}'`);
}

/** An alias of an account, in the Region of the call. */
export function aliasNamed(call: Call, account: string, name: string): Alias {
  const found = call.state.aliasOf(account, call.region, name);
  if (found !== undefined) return found;
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) return call.refuse('NotFoundException');
  return call.refuse('NotFoundException', `Alias ${aliasArn(call.region, account, name)} is not found.`);
}

export function aliasArn(region: string, account: string, name: string): string {
  return `arn:aws:kms:${region}:${account}:${name}`;
}

function noKey(call: Call, account: string, id: string): never {
  if ([...call.state.deleted].some((key) => key.id === id)) call.keyState ??= 'Deleted';
  return call.refuse('NotFoundException', `Key 'arn:aws:kms:${call.region}:${account}:key/${id}' does not exist`);
}

function byArn(call: Call, arn: string, { action, aliases, crossAccount }: Naming): Key {
  const [, partition, service, region, account, kind, id] = arnParts.exec(arn) ?? [];
  const malformed = partition !== 'aws' || service !== 'kms' || !/^\d{12}$/.test(account ?? '') || id === undefined;
  if (malformed || region === undefined || !/^([a-z]+-){2,3}\d+$/.test(region)) return badArn(call);
  const own = account === call.person.account;
  if (region !== call.region) {
    // Whether another account's ARN is judged by its Region first, nothing says.
    if (!own) call.object('AccessDeniedException');
    return call.refuse('NotFoundException', `Invalid arn ${region}`);
  }
  if (kind === 'alias') {
    if (!aliases) return noAliases(call);
    if (own) return aliasNamed(call, account, `alias/${id}`).key;
    const found = crossAccount && call.state.aliasOf(account as string, region, `alias/${id}`);
    return found ? found.key : call.deny(action);
  }
  if (!own) return (crossAccount && call.state.keyOf(account as string, region, id)) || call.deny(action);
  if (!keyId.test(id)) return badArn(call);
  return call.state.keyOf(account, region, id) ?? noKey(call, account, id);
}

// Reported for CreateGrant: https://github.com/boto/boto/pull/3883
function noAliases(call: Call): never {
  // The operations on aliases have no InvalidArnException.
  if (call.operation.endsWith('Alias')) call.object('NotFoundException');
  return call.refuse('InvalidArnException', 'Key Aliases are not supported for this operation.');
}

const arnParts = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(key|alias)\/([\s\S]+)$/;

// Documented as InvalidArnException; where only the last part is wrong, no source tells it from an absent key.
function badArn(call: Call): never {
  call.object('NotFoundException');
  return call.refuse('InvalidArnException');
}

/** An operation that changes one thing of a key and answers nothing. */
export function changing(effect: (key: Key, call: Call) => void): (call: Call) => Expectation {
  return (call) => {
    const key = call.enter(keyNamed(call, 'KeyId'));
    return call.success({}, () => effect(key, call));
  };
}
