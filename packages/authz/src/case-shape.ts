// What a file of cases must look like, member by member: a misspelt one must not pass for one that was left out.

/** Undefined, or what is wrong and where: `cases[3].env.identity[0] is not a list`. */
type Shape = (value: unknown, place: string) => string | undefined;

const text: Shape = (value, place) => (typeof value === 'string' ? undefined : `${place} is not text`);

const flag: Shape = (value, place) => (typeof value === 'boolean' ? undefined : `${place} is neither true nor false`);

const anything: Shape = () => undefined;

function list(item: Shape): Shape {
  return (value, place) => {
    if (!Array.isArray(value)) return `${place} is not a list`;
    return first(value.map((entry: unknown, index) => [entry, `${place}[${index}]`, item]));
  };
}

function record(item: Shape): Shape {
  return (value, place) => {
    if (!isObject(value)) return `${place} is not an object`;
    return first(Object.entries(value).map(([name, entry]) => [entry, memberOf(place, name), item]));
  };
}

/** `open`: other members are none of our business. */
function object(needed: readonly string[], members: Readonly<Record<string, Shape>>, open = false): Shape {
  return (value, place) => {
    if (!isObject(value)) return `${place || 'the file'} is not an object`;
    const missing = needed.find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) return `${memberOf(place, missing)} is missing`;
    const stranger = Object.keys(value).find((name) => !Object.hasOwn(members, name));
    if (stranger !== undefined && !open)
      return `${memberOf(place, stranger)} means nothing; known are ${Object.keys(members).join(', ')}`;
    return first(Object.entries(members).map(([name, shape]) => [value[name], memberOf(place, name), shape]));
  };
}

/** What is absent has no shape to keep to: who needs a member says so. */
function first(checks: readonly (readonly [value: unknown, place: string, shape: Shape])[]): string | undefined {
  for (const [value, place, shape] of checks) {
    const problem = value === undefined ? undefined : shape(value, place);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(place: string, name: string): string {
  if (!/^\w+$/.test(name)) return `${place}[${JSON.stringify(name)}]`;
  return place === '' ? name : `${place}.${name}`;
}

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
const key = object(
  [],
  {
    arn: text,
    spec: text,
    usage: text,
    origin: text,
    multiRegion: flag,
    mrkType: text,
    manager: text,
    aliases: texts,
    tags: record(text),
  },
  true,
);
const around = { keyPolicy: statements, grants: list(grant) };
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
const pair: Shape = (value, place) =>
  Array.isArray(value) && value.length === 2 && value.every((entry) => typeof entry === 'string')
    ? undefined
    : `${place} is not a pair of action and resource`;
const value: Shape = (said, place) =>
  typeof said === 'string' ? undefined : texts(said, place) && `${place} is neither text nor a list of texts`;
const request = object(['principal'], {
  principal: text,
  checks: list(pair),
  op: text,
  service: flag,
  context: record(value),
  grantTokens: texts,
  childGrant: object(['Operations'], terms),
});
const outcomes = ['allow', 'deny', 'explicitdeny', 'implicitdeny'];
const outcome: Shape = (said, place) =>
  typeof said === 'string' && outcomes.includes(said.toLowerCase())
    ? undefined
    : `${place} is none of allow, deny, ExplicitDeny, ImplicitDeny`;
const decider: Shape = (said, place) => (said === null ? undefined : text(said, place));
// A case that asks for nothing would pass for a denial.
const asked: Shape = (said, place) => {
  const problem = request(said, place);
  if (problem !== undefined || !isObject(said) || said['op'] === 'RetireGrant') return problem;
  const checks = said['checks'];
  if (checks === undefined) return `${place}.checks is missing`;
  return Array.isArray(checks) && checks.length === 0 ? `${place}.checks asks for nothing` : undefined;
};
const one = object(
  ['id', 'request', 'expect'],
  { id: text, title: text, env, request: asked, expect: outcome, outcome, decidedBy: decider },
  true,
);

/** What is wrong with the members of a file of cases. */
export const problemOfCases: Shape = object(
  ['cases'],
  { defaults: object([], { key, keyPolicy: statements, note: anything }, true), cases: list(one) },
  true,
);

/** What is wrong with a list of grants. */
export const problemOfGrants: Shape = list(grant);
