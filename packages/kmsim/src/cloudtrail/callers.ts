// Who made a call: from the userIdentity of an event to a caller of the simulation.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html

import { type Principal, parsePrincipal } from '@kmsim/authz';
import { type Caller, partitionOf } from '@kmsim/kms';
import { isRecord } from '../option-forms.ts';
import { isFromOutside, type KmsEvent, type Members, plain, text } from './event.ts';
import { isThroughService, serviceOf, workedFor } from './services.ts';

export interface Rebuilt {
  readonly caller: Caller;
  /** The caller is told of less exactly than policies can name it: what is taken for it. */
  readonly instead: string | undefined;
}

/** Undefined: nobody that the simulation knows. */
export function callerOf(event: KmsEvent): Rebuilt | undefined {
  const { identity, region } = event;
  const found = principalIn(event);
  if (found === undefined || found.principal.partition !== partitionOf(region)) return undefined;
  const { instead, principal } = found;
  const session = sessionOf(identity);
  const isService = principal.kind === 'service';
  const via = !isService && isThroughService(event) ? viaOf(event) : undefined;
  return {
    instead,
    caller: {
      principal,
      region,
      ...(session && principal.kind !== 'root' && { session }),
      ...(via && { via }),
      ...(isService && { source: sourceOf(event) }),
      ...(via === undefined && event.endpoint !== undefined && { endpoint: event.endpoint }),
      ...(via === undefined && isAddress(event.sourceIp) && { sourceIp: event.sourceIp }),
    },
  };
}

interface Found {
  readonly principal: Principal;
  readonly instead?: string | undefined;
}

function principalIn(event: KmsEvent): Found | undefined {
  const { accountId, arn, invokedBy, type } = event.identity;
  const partition = partitionOf(event.region);
  const issuer = issuerOf(event.identity);
  if (type === 'AWSService') return serviceIn(event, text(invokedBy));
  // Another account's caller, in the log of the key's account, is its account and no more.
  if (isFromOutside(event) && /^\d{12}$/.test(plain(accountId))) {
    const principal = parsePrincipal(`arn:${partition}:iam::${plain(accountId)}:root`);
    return principal && { principal, instead: `the root user of account ${plain(accountId)}` };
  }
  // A federated user may do what the user who asked for the session may, and no more.
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html
  if (type === 'FederatedUser') {
    const principal = parsePrincipal(issuer ?? `arn:${partition}:iam::${plain(accountId)}:root`);
    return principal && { principal, instead: principal.arn };
  }
  const principal = parsePrincipal(text(arn) ?? '');
  if (principal === undefined) return undefined;
  // The ARN of a session leaves the path of its role out.
  const isIssued = principal.kind === 'session' && issuer?.includes(':role/') === true;
  return { principal: isIssued ? { ...principal, roleArn: issuer } : principal };
}

function serviceIn(event: KmsEvent, name: string | undefined): Found | undefined {
  const service = serviceOf(event);
  const principal = parsePrincipal(name ?? '') ?? parsePrincipal(`${service ?? ''}.amazonaws.com`);
  return principal && { principal };
}

function issuerOf({ sessionContext }: Members): string | undefined {
  const issuer = isRecord(sessionContext) ? sessionContext['sessionIssuer'] : undefined;
  return isRecord(issuer) ? text(issuer['arn']) : undefined;
}

function sessionOf({ sessionContext }: Members): Caller['session'] {
  if (!isRecord(sessionContext)) return undefined;
  const attributes = isRecord(sessionContext['attributes']) ? sessionContext['attributes'] : {};
  const issuedAt = Date.parse(plain(attributes['creationDate']));
  const sourceIdentity = text(sessionContext['sourceIdentity']);
  return {
    policies: [],
    // Text in the log.
    mfa: plain(attributes['mfaAuthenticated']) === 'true',
    ...(Number.isNaN(issuedAt) ? {} : { issuedAt }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

// The suffix is the same in every partition.
function viaOf(event: KmsEvent): Caller['via'] {
  return { service: `${serviceOf(event) ?? 'aws-internal'}.${event.region}.amazonaws.com` };
}

// aws:SourceArn is in no log; what the service wrote into the encryption context is mostly the same.
function sourceOf(event: KmsEvent): NonNullable<Caller['source']> {
  const arn = workedFor(event);
  const account = arn?.split(':')[4];
  return { arn, account: account !== undefined && /^\d{12}$/.test(account) ? account : event.account };
}

function isAddress(address: string | undefined): address is string {
  return address !== undefined && /^[0-9a-f]*[.:][0-9a-f.:]+$/i.test(address);
}
