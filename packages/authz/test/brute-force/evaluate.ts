// A second evaluator, from the text of the rules: it looks at every statement of every document each time, keeps nothing,
// and knows nothing of the first one. https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html

import { conditionHolds, glob, lower, type Seen, symbolsOf, type Truth, valuesFor } from './conditions.ts';
import type { Ask, Document, World, Written, WrittenGrant } from './world.ts';

export interface Answer {
  readonly outcome: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';
  /** `key policy default 0`, `grant g1`. */
  readonly decidedBy: string | undefined;
  /** How many statements were looked at, and how many of them were about the request. */
  readonly statements: number;
  readonly matching: number;
}

type Relation = 'self' | 'role' | 'anyone' | 'account';

interface Fact {
  readonly layer: string;
  readonly label: string;
  readonly effect: unknown;
  readonly relation: Relation;
}

const listOf = (value: unknown): readonly string[] =>
  (value === undefined ? [] : Array.isArray(value) ? value : [value]).map(String);
const isRoot = (caller: string): boolean => caller.endsWith(':root');
const isService = (caller: string): boolean => !caller.startsWith('arn:');
const accountOf = (arn: string): string => arn.split(':')[4] ?? '';

/** How one name in a policy or grant relates to the caller. */
function relationTo(name: string, caller: string): Relation | undefined {
  if (name === caller && !isRoot(name)) return 'self';
  const [, role] = /:role\/(?:.*\/)?([^/]+)$/.exec(name) ?? [];
  const [, own] = /:(?:assumed-role|role)\/([^/]+)/.exec(caller) ?? [];
  if (role !== undefined && role === own && accountOf(name) === accountOf(caller)) return 'role';
  if (name === '*') return 'anyone';
  const account = /^\d{12}$/.test(name) ? name : isRoot(name) ? accountOf(name) : undefined;
  return account !== undefined && !isService(caller) && account === accountOf(caller) ? 'account' : undefined;
}

const CLOSEST: readonly Relation[] = ['self', 'role', 'anyone', 'account'];

function closest(element: unknown, caller: string): Relation | undefined {
  const names = element === '*' ? ['*'] : Object.values(element as Written).flatMap(listOf);
  // A role that is named is itself and a role; what counts is that it is a role.
  const relations = names.map((name) => {
    const relation = relationTo(name, caller);
    return relation === 'self' && /:role\//.test(name) ? 'role' : relation;
  });
  return CLOSEST.find((relation) => relations.includes(relation));
}

function relationOf(statement: Written, caller: string, bounded: boolean): Relation | undefined {
  if (statement['Principal'] !== undefined) return closest(statement['Principal'], caller);
  if (statement['NotPrincipal'] === undefined) return 'self';
  // "will always deny any IAM principal that has a permissions boundary policy attached, regardless of the values"
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
  if (statement['Effect'] === 'Deny' && bounded) return 'anyone';
  const named = closest(statement['NotPrincipal'], caller);
  if (named === undefined) return 'anyone';
  return statement['Effect'] === 'Deny' && named === 'account' && !isRoot(caller) ? 'anyone' : undefined;
}

function isListed(element: unknown, subject: string, anyCase: boolean, version: string, ask: Ask, seen: Seen): Truth {
  const all = listOf(element).map((text) => symbolsOf(text, anyCase ? 'plain' : version, ask, seen));
  if (all.includes('unknown')) return 'unknown';
  return all.some((one) => one !== undefined && one !== 'unknown' && glob(one, subject, anyCase));
}

function about(statement: Written, version: string, ask: Ask, seen: Seen): boolean {
  const element = (name: string, subject: string, anyCase: boolean): Truth => {
    if (statement[name] !== undefined) return isListed(statement[name], subject, anyCase, version, ask, seen);
    if (statement[`Not${name}`] === undefined) return false;
    const listed = isListed(statement[`Not${name}`], subject, anyCase, version, ask, seen);
    return listed === 'unknown' ? listed : !listed;
  };
  const truths: Truth[] = [element('Action', ask.action, true), element('Resource', ask.resource, false)];
  for (const [operator, block] of Object.entries((statement['Condition'] ?? {}) as Written)) {
    for (const [key, value] of Object.entries(block as Written)) {
      truths.push(conditionHolds(operator, key, listOf(value), version, ask, seen));
    }
  }
  // What cannot be known never allows, and always denies.
  return truths.every((truth) => truth === true || (truth === 'unknown' && statement['Effect'] === 'Deny'));
}

export function evaluate(world: World, ask: Ask): Answer {
  const facts: Fact[] = [];
  let statements = 0;
  const bounded = world.boundary !== undefined && !isRoot(ask.caller) && !isService(ask.caller);
  const read = (layer: string, name: string, document: Document | undefined, kind = layer): void => {
    for (const [index, statement] of (document ?? []).entries()) {
      statements++;
      const relation = relationOf(statement, ask.caller, bounded);
      const seen: Seen = kind === 'key policy' ? 'key policy' : kind === 'VPC endpoint policy' ? 'endpoint' : 'other';
      if (relation === undefined || !about(statement, world.version, ask, seen)) continue;
      facts.push({ layer, label: `${kind} ${name} ${index}`, effect: statement['Effect'], relation });
    }
  };
  // A service-linked role stands directly under the path that is reserved for such roles.
  const [, , service, , , resource = ''] = ask.caller.split(':');
  const linked = service === 'iam' && resource.startsWith('role/aws-service-role/');
  const overseen = world.scps !== undefined && !isService(ask.caller) && !linked;
  const controlled =
    world.keyPolicy !== undefined && !world.awsManaged && !/^kms:retiregrant$/i.test(ask.action) && !linked;
  read('key policy', 'default', world.keyPolicy);
  for (const [index, document] of world.identity.entries()) read('identity policy', String(index), document);
  read('permissions boundary', '0', world.boundary);
  for (const [index, document] of world.session.entries()) read('session policy', String(index), document);
  if (overseen)
    for (const [level, documents] of (world.scps ?? []).entries())
      for (const [index, document] of documents.entries())
        read(`level ${level}`, `${level}.${index}`, document, 'service control policy');
  if (controlled)
    for (const [index, document] of world.rcps.entries()) read('resource control policy', String(index), document);
  read('VPC endpoint policy', '0', world.endpoint);

  const answer = (outcome: Answer['outcome'], decidedBy?: string): Answer => ({
    outcome,
    decidedBy,
    statements,
    matching: facts.length,
  });
  const allowing = (layer: string): Fact | undefined =>
    facts.find((fact) => fact.layer === layer && fact.effect === 'Allow');
  const deny = facts.find((fact) => fact.effect === 'Deny');
  if (deny !== undefined) return answer('ExplicitDeny', deny.label);
  if (overseen && (world.scps ?? []).some((_, level) => allowing(`level ${level}`) === undefined))
    return answer('ImplicitDeny');
  if (world.endpoint !== undefined && allowing('VPC endpoint policy') === undefined) return answer('ImplicitDeny');

  const foreign = !isService(ask.caller) && accountOf(ask.caller) !== world.keyAccount;
  const unbound = isRoot(ask.caller) || isService(ask.caller);
  const narrow =
    unbound ||
    ((world.boundary === undefined || allowing('permissions boundary') !== undefined) &&
      (world.session.length === 0 || allowing('session policy') !== undefined));
  const own = allowing('identity policy');
  const byIdentity = (): Answer => {
    if (isRoot(ask.caller)) return answer('Allow');
    return own !== undefined && narrow ? answer('Allow', own.label) : answer('ImplicitDeny');
  };
  if (world.keyPolicy === undefined) return byIdentity();
  // A service is of no account, so it is never of the key's.
  if ((foreign || isService(ask.caller)) && !ask.crossAccount) return answer('ImplicitDeny');

  const usable = world.grants.filter((grant) => isUsable(grant, ask));
  const direct = usable.find(({ grantee }) => ['self', 'role'].includes(relationTo(grantee, ask.caller) ?? ''));
  if (direct !== undefined) return answer('Allow', `grant ${direct.id}`);
  const toAccount = usable.find(({ grantee }) => relationTo(grantee, ask.caller) === 'account');
  if (toAccount !== undefined && isRoot(ask.caller)) return answer('Allow', `grant ${toAccount.id}`);
  if (toAccount !== undefined && own !== undefined && narrow) return answer('Allow', own.label);

  const key = facts.filter(({ layer, effect }) => layer === 'key policy' && effect === 'Allow');
  if (foreign) return key.length > 0 ? byIdentity() : answer('ImplicitDeny');
  const enough = key.find(({ relation }) => {
    if (relation === 'account') return isRoot(ask.caller);
    return relation === 'self' || narrow;
  });
  if (enough !== undefined) return answer('Allow', enough.label);
  return key.some(({ relation }) => relation === 'account') ? byIdentity() : answer('ImplicitDeny');
}

const SYMMETRIC = /^(Encrypt|Decrypt|ReEncrypt(From|To)|GenerateDataKey\w*|CreateGrant)$/;

function isUsable(grant: WrittenGrant, ask: Ask): boolean {
  const operation = grant.operations.find((one) => `kms:${one}`.toLowerCase() === ask.action.toLowerCase());
  if (operation === undefined || (grant.pending && !ask.tokens.includes(grant.id))) return false;
  const [source] = valuesFor('aws:SourceArn', ask, 'key policy');
  if (grant.sourceArn !== undefined && source !== grant.sourceArn) {
    if (operation !== 'DescribeKey' || source !== undefined) return false;
  }
  if (SYMMETRIC.test(operation)) {
    const names = valuesFor('kms:EncryptionContextKeys', ask, 'key policy');
    const has = ([name, value]: [string, string]): boolean => {
      const values = valuesFor(`kms:EncryptionContext:${name}`, ask, 'key policy');
      return values.length > 0 && values.every((one) => one === value);
    };
    if (!Object.entries(grant.subset ?? {}).every(has)) return false;
    if (!Object.entries(grant.equals ?? {}).every(has)) return false;
    if (grant.equals !== undefined && !isExactly(names, Object.keys(grant.equals))) return false;
  }
  return operation !== 'CreateGrant' || ask.child === undefined || isChild(ask.child, grant);
}

/** As many names on both sides, and none on one side that the other does not have in some case. */
function isExactly(asked: readonly string[], written: readonly string[]): boolean {
  const has = (list: readonly string[], name: string): boolean => list.some((one) => lower(one) === lower(name));
  if (asked.length !== written.length) return false;
  return asked.every((name) => has(written, name)) && written.every((name) => has(asked, name));
}

/** Operations a subset; constraints at least as strict. */
export function isChild(child: NonNullable<Ask['child']>, parent: NonNullable<Ask['child']>): boolean {
  if (child.operations.some((operation) => !parent.operations.includes(operation))) return false;
  if (parent.sourceArn !== undefined && parent.sourceArn !== child.sourceArn) return false;
  const pairs = (of: Readonly<Record<string, string>> | undefined): readonly string[] =>
    Object.entries(of ?? {}).map(([name, value]) => `${lower(name)}=${value}`);
  const within = (some: readonly string[], all: readonly string[]): boolean => some.every((one) => all.includes(one));
  const [equals, subset] = [pairs(parent.equals), pairs(parent.subset)];
  if (parent.equals !== undefined) {
    const own = pairs(child.equals);
    const same = own.length === equals.length && within(equals, own) && within(own, equals);
    if (child.equals === undefined || !same) return false;
  }
  if (parent.subset === undefined) return true;
  const byEquals = child.equals !== undefined && within(subset, pairs(child.equals));
  return byEquals || (child.subset !== undefined && within(subset, pairs(child.subset)));
}
