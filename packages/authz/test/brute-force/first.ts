// A drawn world as the first evaluator takes it.

import {
  type AuthorizationRequest,
  authorize,
  contextOf,
  type Decision,
  GrantIndex,
  type GrantTerms,
} from '../../src/index.ts';
import type { PolicyType } from '../../src/policy-type.ts';
import type { NamedPolicy } from '../../src/request.ts';
import { principal, read } from '../sample.ts';
import type { Ask, Document, World, WrittenGrant } from './world.ts';

type Compiled = Omit<AuthorizationRequest, 'principal' | 'action' | 'resource'>;

export function compile(world: World): Compiled {
  const named = (type: PolicyType, name: string, Statement: Document): NamedPolicy => ({
    name,
    policy: read({ Version: world.version, Statement }, type),
  });
  const all = (type: PolicyType, documents: readonly Document[], prefix = ''): readonly NamedPolicy[] =>
    documents.map((document, index) => named(type, `${prefix}${index}`, document));
  return {
    ...(world.keyPolicy && {
      keyPolicy: named('key policy', 'default', world.keyPolicy).policy,
      keyAccount: world.keyAccount,
    }),
    awsManaged: world.awsManaged,
    identityPolicies: all('identity policy', world.identity),
    boundary: world.boundary && named('permissions boundary', '0', world.boundary),
    sessionPolicies: all('session policy', world.session),
    serviceControlPolicies: world.scps?.map((level, index) => all('service control policy', level, `${index}.`)),
    resourceControlPolicies: all('resource control policy', world.rcps),
    endpointPolicy: world.endpoint && named('VPC endpoint policy', '0', world.endpoint),
    grants: new GrantIndex(
      world.grants.map((grant) => ({
        id: grant.id,
        grantee: grant.grantee,
        ...termsOf(grant),
        ...(grant.pending && { activeAt: 1 }),
      })),
    ),
  };
}

function termsOf({ operations, equals, subset, sourceArn }: NonNullable<Ask['child']> | WrittenGrant): GrantTerms {
  return {
    operations,
    constraints: {
      encryptionContextEquals: equals && Object.entries(equals),
      encryptionContextSubset: subset && Object.entries(subset),
      sourceArn,
    },
  };
}

export function decide(compiled: Compiled, ask: Ask): Decision {
  return authorize(requestOf(compiled, ask));
}

export function requestOf(compiled: Compiled, ask: Ask): AuthorizationRequest {
  return {
    ...compiled,
    principal: principal(ask.caller),
    action: ask.action,
    resource: ask.resource,
    crossAccount: ask.crossAccount,
    context: contextOf(Object.entries(ask.context)),
    tokens: new Set(ask.tokens),
    childGrant: ask.child && termsOf(ask.child),
  };
}
