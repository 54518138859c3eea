// What a file of cases must look like, member by member: a misspelt one must not pass for one that was left out.

import { isUnknownAction } from './actions.ts';
import type { Case, CaseGrant } from './case.ts';
import { isConditionKey } from './condition-keys.ts';
import { ungrantable } from './grant.ts';
import { parsePrincipal } from './principal.ts';
import { anything, both, flag, isObject, list, memberOf, object, record, type Shape, text } from './shape.ts';

const KEY_ARN = /^arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
const RESOURCE = /^(?:\*|arn:aws(?:-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[\w/-]+))$/;

const statement: Shape = (value, place) => (isObject(value) ? undefined : `${place} is not a statement`);
const statements = list(statement);
const texts = list(text);
const constraints = object([], {
  EncryptionContextEquals: record(text),
  EncryptionContextSubset: record(text),
  SourceArn: text,
});
const terms = { Operations: texts, Constraints: constraints };
const grant = object(['id', 'Operations'], {
  id: text,
  GranteePrincipal: text,
  GranteeServicePrincipal: text,
  RetiringPrincipal: text,
  RetiringServicePrincipal: text,
  IssuingAccount: text,
  pending: flag,
  ...terms,
});
const operation: Shape = (said, place) =>
  ungrantable([said as string]).length > 0 ? `${place} is ${said}, which no grant can have` : undefined;
const grantable: Shape = (given, place) =>
  list(operation)((given as CaseGrant).Operations, memberOf(place, 'Operations'));
const toSomebody: Shape = (given, place) => {
  const { GranteePrincipal, GranteeServicePrincipal } = given as CaseGrant;
  const name = GranteePrincipal ?? GranteeServicePrincipal ?? '';
  return (parsePrincipal(name) ?? /^\d{12}$/.test(name)) ? undefined : `${place} has no grantee that can call KMS`;
};
const keyArn: Shape = (said, place) =>
  typeof said === 'string' && KEY_ARN.test(said) ? undefined : `${place} is no ARN of a key`;
const key = object([], {
  arn: keyArn,
  spec: text,
  usage: text,
  origin: text,
  multiRegion: flag,
  mrkType: text,
  manager: text,
  aliases: texts,
  tags: record(text),
});
const around = { keyPolicy: statements, grants: list(both(grant, grantable, toSomebody)) };
const env = object([], {
  ...around,
  key,
  identity: list(statements),
  boundary: statements,
  session: statements,
  scps: list(statements),
  rcps: list(statements),
  vpce: statements,
  perKey: record(object([], around)),
});
const pair: Shape = (said, place) => {
  if (!Array.isArray(said) || said.length !== 2 || !said.every((entry) => typeof entry === 'string'))
    return `${place} is not a pair of action and resource`;
  const [action, resource] = said as [string, string];
  if (!/^kms:/i.test(action) || isUnknownAction(action)) return `${place} asks for ${action}, which KMS does not have`;
  return RESOURCE.test(resource)
    ? undefined
    : `${place} asks for ${resource}, which is no ARN of a key or an alias, and not *`;
};
const value: Shape = (said, place) =>
  typeof said === 'string' ? undefined : texts(said, place) && `${place} is neither text nor a list of texts`;
const names: Shape = (said, place) => {
  const stranger = Object.keys(said as object).find((name) => !isConditionKey(name));
  return stranger === undefined ? undefined : `${memberOf(place, stranger)} is no condition key of KMS`;
};
const principal: Shape = (said, place) =>
  typeof said === 'string' && parsePrincipal(said) === undefined ? `${place} is no principal` : undefined;
const retiring: Shape = (said, place) => (said === 'RetireGrant' ? undefined : `${place} is not RetireGrant`);
const members = object(['principal'], {
  principal: both(text, principal),
  checks: list(pair),
  op: both(text, retiring),
  service: flag,
  context: both(record(value), names),
  grantTokens: texts,
  childGrant: both(object(['Operations'], terms), grantable),
});
// It says what the principal says already, for a reader. It must not say otherwise.
const caller: Shape = (said, place) => {
  const { principal: name, service } = said as { readonly principal: string; readonly service?: boolean };
  const isService = parsePrincipal(name)?.kind === 'service';
  if (service === undefined || service === isService) return undefined;
  return `${place}.service is ${service}, but the principal is ${isService ? 'a' : 'no'} service`;
};
const outcomes = ['allow', 'deny', 'explicitdeny', 'implicitdeny'];
const outcome: Shape = (said, place) =>
  typeof said === 'string' && outcomes.includes(said.toLowerCase())
    ? undefined
    : `${place} is none of allow, deny, ExplicitDeny, ImplicitDeny`;
const decider: Shape = (said, place) => (said === null ? undefined : text(said, place));
// A case that asks for nothing would pass for a denial.
const asked: Shape = (said, place) => {
  const { checks, op } = said as Partial<Case['request']>;
  if (op === 'RetireGrant') return undefined;
  if (checks === undefined) return `${place}.checks is missing`;
  return checks.length === 0 ? `${place}.checks asks for nothing` : undefined;
};
// So would one whose policies are of a key that nobody asks for.
const fits: Shape = (said, place) => {
  const { env: around = {}, request } = said as Partial<Pick<Case, 'env'>> & Pick<Case, 'request'>;
  if (request.op === 'RetireGrant')
    return (around.grants ?? []).length === 0 ? `${place}.env.grants has no grant to retire` : undefined;
  const resources = request.checks.map(([, resource]) => resource);
  const stranger = Object.keys(around.perKey ?? {}).find((name) => !resources.includes(name));
  return stranger && `${place}.env.perKey has ${stranger}, which the request does not ask for`;
};
/** For readers. */
const remarks = { note: anything, why: anything, source: anything, doc: anything, confidence: anything };
const one = object(['id', 'request', 'expect'], {
  id: text,
  title: text,
  env,
  request: both(members, caller, asked),
  expect: outcome,
  outcome,
  decidedBy: decider,
  ...remarks,
});
const some: Shape = (said, place) => (Array.isArray(said) && said.length === 0 ? `${place} has none` : undefined);

/** What is wrong with the members of a file of cases. */
export const problemOfCases: Shape = object(['cases'], {
  defaults: object([], { key, keyPolicy: statements, ...remarks }),
  cases: both(list(both(one, fits)), some),
  $schema: anything,
  about: anything,
  fields: anything,
  ...remarks,
});

/** What is wrong with a list of grants. */
export const problemOfGrants: Shape = list(grant);
