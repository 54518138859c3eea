// What conditions can ask of the caller and the way of the call.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// What follows from the principal alone (its ARN, account, type, name) the decision derives by itself.

import { type ContextValue, foldName } from '@kmsim/authz';
import type { Engine } from './engine.ts';
import { uniqueId } from './identity/unique-id.ts';
import type { Caller, Subject } from './operation.ts';
import type { EndpointRecord, MembershipRecord } from './state/records.ts';

/** What of a call is needed here. */
export interface CallerAsked {
  readonly kms: Engine;
  readonly caller: Caller;
  /** An operation of KMS, or AssumeRole. */
  readonly operation: string;
}

type Answer = (call: CallerAsked, subject: Subject | undefined) => ContextValue | undefined;

/** The organization of an account, by what leads to the account. */
function ofMember(
  accountOf: (call: CallerAsked, subject: Subject | undefined) => string | undefined,
  property: (member: MembershipRecord) => ContextValue,
): Answer {
  return (call, subject) => {
    const account = accountOf(call, subject);
    const member = account === undefined ? undefined : call.kms.organizations.recordOf(account);
    return member && property(member);
  };
}

const principalAccount = ({ caller }: CallerAsked): string => caller.principal.account;
const resourceAccount = (_: CallerAsked, subject: Subject | undefined): string | undefined => subject?.key?.account;
const sourceAccount = ({ caller }: CallerAsked): string | undefined => caller.source?.account;
const endpointAccount = (call: CallerAsked): string | undefined => endpointOf(call)?.account;

const id = ({ organization }: MembershipRecord): string => organization;
const paths = ({ path }: MembershipRecord): readonly string[] => [path];

function endpointOf({ caller, kms }: CallerAsked): EndpointRecord | undefined {
  return caller.endpoint === undefined || caller.via !== undefined ? undefined : kms.endpoints.get(caller.endpoint);
}

// "s3.us-east-1.amazonaws.com" -> "s3.amazonaws.com"
function servicePrincipal({ caller }: CallerAsked): string | undefined {
  return caller.via?.service.replace(/\..*(?=\.amazonaws\.com)/, '');
}

function calledVia(call: CallerAsked): readonly string[] | undefined {
  const service = servicePrincipal(call);
  return service === undefined ? undefined : [service];
}

const temporary: readonly string[] = ['role', 'session'];
const aboutGrants = ['CreateGrant', 'ListGrants', 'RevokeGrant'];

/** By condition key in lower case. */
export const callerAnswers: Readonly<Record<string, Answer>> = {
  'aws:calledvia': calledVia,
  'aws:calledviafirst': servicePrincipal,
  'aws:calledvialast': servicePrincipal,
  // Long-term credentials do not have the key, with or without a second factor; a role has no such credentials.
  'aws:multifactorauthpresent': ({ caller: { principal, session } }) =>
    session !== undefined || temporary.includes(principal.kind) ? String(session?.mfa === true) : undefined,
  'aws:principalorgid': ofMember(principalAccount, id),
  'aws:principalorgpaths': ofMember(principalAccount, paths),
  'aws:principalservicenameslist': ({ caller: { principal } }) =>
    principal.kind === 'service' ? [principal.arn] : undefined,
  'aws:resourceorgid': ofMember(resourceAccount, id),
  'aws:resourceorgpaths': ofMember(resourceAccount, paths),
  'aws:sourceaccount': sourceAccount,
  'aws:sourcearn': ({ caller }) => caller.source?.arn,
  'aws:sourceidentity': ({ caller }) => caller.session?.sourceIdentity,
  // A service calls from an address of its own, which nobody knows here; through an endpoint the address is a private one.
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-aws.html#conditions-aws-ip-address
  'aws:sourceip': ({ caller: { endpoint, sourceIp, via } }) =>
    endpoint === undefined && via === undefined ? sourceIp : undefined,
  'aws:sourceorgid': ofMember(sourceAccount, id),
  'aws:sourceorgpaths': ofMember(sourceAccount, paths),
  'aws:sourcevpc': (call) => endpointOf(call)?.vpc,
  'aws:sourcevpcarn': (call) => {
    const endpoint = endpointOf(call);
    const { principal, region } = call.caller;
    return endpoint && `arn:${principal.partition}:ec2:${region}:${endpoint.account}:vpc/${endpoint.vpc}`;
  },
  'aws:sourcevpce': (call) => endpointOf(call)?.id,
  'aws:tokenissuetime': ({ caller: { session } }) =>
    session?.issuedAt === undefined ? undefined : new Date(session.issuedAt).toISOString(),
  'aws:userid': ({ caller, kms }) => uniqueId(kms.world, caller.principal),
  'aws:viaawsservice': ({ caller }) => String(caller.via !== undefined),
  'aws:vpceaccount': endpointAccount,
  'aws:vpceorgid': ofMember(endpointAccount, id),
  'aws:vpceorgpaths': ofMember(endpointAccount, paths),
  'aws:vpcsourceip': (call) => (endpointOf(call) === undefined ? undefined : call.caller.sourceIp),
  // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-grant-is-for-aws-resource
  'kms:grantisforawsresource': ({ caller, operation }) =>
    aboutGrants.includes(operation) ? String(caller.via !== undefined) : undefined,
  'kms:viaservice': ({ caller }, subject) => (subject?.key === undefined ? undefined : caller.via?.service),
};

/** A tag of the session before one of the user or role. Their names are compared without regard to case, as IAM does. */
export function principalTag({ caller, kms }: CallerAsked, name: string): string | undefined {
  const tags = [...(caller.session?.tags ?? []), ...(kms.identities.recordOf(caller.principal)?.tags ?? [])];
  return tags.find(([key]) => foldName(key) === name)?.[1];
}
