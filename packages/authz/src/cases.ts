// Policy tests as files: a caller, policies and a request in, the expected answer beside it.
//
// A file has `defaults` and `cases`; a case has `env` (policies as lists of statements, grants, properties of the key),
// `request` (the caller, pairs of action and resource that must all be allowed, the context) and `expect`.

import { authorize } from './authorize.ts';
import { type Case, type CaseDefaults, type CaseKey, grantsOf, PolicyReader, termsOf } from './case.ts';
import { foldName } from './condition-keys.ts';
import { type ContextValue, contextOf, withContextKeys } from './context.ts';
import type { DecidedBy, Decision, Outcome } from './decision.ts';
import type { Grant } from './grant.ts';
import { GrantIndex } from './grant-index.ts';
import { parsePrincipal } from './principal.ts';
import type { AuthorizationRequest } from './request.ts';
import { authorizeRetire } from './retire.ts';

export interface CaseResult {
  readonly id: string;
  readonly outcome: Outcome;
  /** `key policy "default" [0]`, `grant "g1"`; undefined when no statement settled it. */
  readonly decidedBy: string | undefined;
  readonly expected: string;
  /** The outcome and the decider that the case asks for beside `expected`, where it does. */
  readonly expectedOutcome?: Outcome;
  readonly expectedBy?: string | null;
  readonly passed: boolean;
  /** A policy or a principal that cannot be: nothing was asked, and the case fails. */
  readonly problem?: string;
  /** One for each pair that was asked, up to the first that is not allowed. */
  readonly decisions: readonly Decision[];
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html */
const ACROSS_ACCOUNTS =
  /^kms:(?:CreateGrant|Decapsulate|Decrypt|DeriveSharedSecret|DescribeKey|Encapsulate|Encrypt|GenerateDataKey\w*|GenerateMac|GetKeyRotationStatus|GetPublicKey|ListGrants|ReEncrypt(?:From|To)|RetireGrant|RevokeGrant|Sign|Verify|VerifyMac)$/i;

export function runCase(written: Case, defaults: CaseDefaults): CaseResult {
  const { id, expect, decidedBy: wantedBy } = written;
  const asked = decisionsOf(written, defaults);
  const decisions = typeof asked === 'string' ? [] : asked;
  const last = decisions.at(-1);
  const outcome = last?.outcome ?? 'ImplicitDeny';
  const decidedBy = last?.decidedBy && nameOf(last.decidedBy);
  const wanted = expect.toLowerCase();
  const asExpected = wanted === 'deny' ? outcome !== 'Allow' : wanted === outcome.toLowerCase();
  const asDecided =
    (written.outcome ?? outcome) === outcome && (wantedBy === undefined || (wantedBy ?? undefined) === decidedBy);
  const problem = typeof asked === 'string' ? { problem: asked } : {};
  // What was not asked was not denied either.
  const passed = typeof asked !== 'string' && asExpected && asDecided;
  const more = {
    ...(written.outcome !== undefined && { expectedOutcome: written.outcome }),
    ...(wantedBy !== undefined && { expectedBy: wantedBy }),
  };
  return { id, outcome, decidedBy, expected: expect, ...more, passed, ...problem, decisions };
}

/** A text says why nothing could be asked. */
function decisionsOf(written: Case, defaults: CaseDefaults): readonly Decision[] | string {
  const { request, env } = written;
  const key = { ...defaults.key, ...env.key };
  if (request.op === 'RetireGrant') {
    const asked = requestOf(written, defaults, 'kms:RetireGrant', key.arn);
    return typeof asked === 'string' ? asked : retire(asked, grantsOf(env.grants));
  }
  const decisions: Decision[] = [];
  for (const [action, resource] of request.checks) {
    const asked = requestOf(written, defaults, action, resource);
    if (typeof asked === 'string') return asked;
    const decision = authorize(asked);
    decisions.push(decision);
    if (decision.outcome !== 'Allow') break;
  }
  return decisions;
}

export function runCases(file: {
  readonly defaults: CaseDefaults;
  readonly cases: readonly Case[];
}): readonly CaseResult[] {
  return file.cases.map((one) => runCase(one, file.defaults));
}

function nameOf({ policyType, policy, statement }: DecidedBy): string {
  return policyType === 'grant' ? `grant "${policy}"` : `${policyType} "${policy}" [${statement}]`;
}

/** The first of the grants that the caller may retire, or the last refusal. */
function retire(asked: AuthorizationRequest, grants: readonly Grant[]): readonly Decision[] {
  const decisions = grants.map((grant) => authorizeRetire(asked, grant));
  const allowed = decisions.find(({ outcome }) => outcome === 'Allow');
  return allowed === undefined ? decisions.slice(-1) : [allowed];
}

function requestOf(
  { env, request }: Case,
  defaults: CaseDefaults,
  action: string,
  resource: string,
): AuthorizationRequest | string {
  const principal = parsePrincipal(request.principal);
  if (principal === undefined) return `no principal: ${request.principal}`;
  const reader = new PolicyReader();
  const key = { ...defaults.key, ...env.key };
  const own = env.perKey?.[resource] ?? {};
  const isKey = resource.includes(':key/');
  const asked: AuthorizationRequest = {
    principal,
    action,
    resource,
    crossAccount: ACROSS_ACCOUNTS.test(action),
    identityPolicies: reader.many('identity policy', env.identity ?? []),
    boundary: reader.one('permissions boundary', env.boundary),
    sessionPolicies: env.session && reader.many('session policy', [env.session]),
    // One policy a level, which goes by the level.
    serviceControlPolicies: env.scps && reader.many('service control policy', env.scps).map((policy) => [policy]),
    resourceControlPolicies: reader.many('resource control policy', env.rcps ?? []),
    endpointPolicy: reader.one('VPC endpoint policy', env.vpce),
    context: contextOf(contextEntries(request.context ?? {}, isKey ? key : undefined)),
    ...(isKey && {
      keyPolicy: reader.one('key policy', own.keyPolicy ?? env.keyPolicy ?? defaults.keyPolicy)?.policy,
      keyAccount: resource.split(':')[4],
      awsManaged: key.manager === 'AWS',
      grants: new GrantIndex(grantsOf(own.grants ?? env.grants)),
    }),
    tokens: new Set(request.grantTokens ?? []),
    childGrant: request.childGrant && termsOf(request.childGrant),
    now: 0,
  };
  return reader.problem ?? asked;
}

/** What stands in the case goes before what follows from the key, not beside it. */
function contextEntries(
  said: Readonly<Record<string, ContextValue>>,
  key: CaseKey | undefined,
): readonly (readonly [string, ContextValue])[] {
  const names = new Set(Object.keys(said).map(foldName));
  const implied = key === undefined ? [] : propertiesOf(key).filter(([name]) => !names.has(foldName(name)));
  return [...withContextKeys(Object.entries(said)), ...implied];
}

function propertiesOf(key: CaseKey): readonly (readonly [string, ContextValue])[] {
  const { spec, usage, origin, multiRegion, mrkType, aliases, tags } = key;
  return [
    ['kms:KeySpec', spec],
    ['kms:CustomerMasterKeySpec', spec],
    ['kms:KeyUsage', usage],
    ['kms:CustomerMasterKeyUsage', usage],
    ['kms:KeyOrigin', origin],
    ['kms:MultiRegion', String(multiRegion)],
    ...(mrkType === undefined ? [] : ([['kms:MultiRegionKeyType', mrkType]] as const)),
    ['kms:ResourceAliases', aliases ?? []],
    ...Object.entries(tags ?? {}).map(([name, value]) => [`aws:ResourceTag/${name}`, value] as const),
  ];
}
