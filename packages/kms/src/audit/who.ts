// userIdentity: who called, as CloudTrail says it.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html

import type { Principal } from '@kmsim/authz';
import type { World } from '@kmsim/world';
import type { Caller } from '../identity/caller.ts';
import { uniqueId } from '../identity/unique-id.ts';
import type { Instant } from '../state/records.ts';
import type { TrailIdentity, TrailObject } from './record.ts';
import { timeText } from './trail-value.ts';

interface Ids {
  readonly principalId: string;
  readonly accessKeyId: string;
}

/** The identities of one world. */
export class Who {
  readonly #world: World;
  readonly #ids = new WeakMap<Principal, Ids>();

  constructor(world: World) {
    this.#world = world;
  }

  /** `at`: the instant of the call, which counts as the beginning of a session of which none is known. */
  called(caller: Caller, at: Instant): TrailIdentity {
    const { client, principal, via } = caller;
    if (principal.kind === 'service') return serviceOf(principal);
    const { accessKeyId, principalId } = this.#idsOf(principal);
    const { account: accountId, arn } = principal;
    return {
      type: types[principal.kind],
      principalId,
      arn,
      accountId,
      accessKeyId: client?.accessKeyId ?? accessKeyId,
      ...(principal.kind === 'user' && { userName: nameOf(arn) }),
      ...sessionContext(caller, principalId, at),
      ...invokedBy(via),
    };
  }

  /** The caller as another account, whose key it used, is told: neither name nor access key. */
  calledFromOutside({ principal, via }: Caller): TrailIdentity {
    if (principal.kind === 'service') return serviceOf(principal);
    const { principalId } = this.#idsOf(principal);
    return { type: 'AWSAccount', principalId, accountId: principal.account, ...invokedBy(via) };
  }

  // They follow from the principal and the world.
  #idsOf(principal: Principal): Ids {
    let ids = this.#ids.get(principal);
    if (ids === undefined) {
      const world = this.#world;
      ids = { principalId: uniqueId(world, principal) ?? '', accessKeyId: accessKeyIdOf(world, principal) };
      this.#ids.set(principal, ids);
    }
    return ids;
  }
}

const types = { root: 'Root', user: 'IAMUser', role: 'AssumedRole', session: 'AssumedRole' } as const;

function serviceOf({ arn }: Principal): TrailIdentity {
  return { type: 'AWSService', invokedBy: arn };
}

function invokedBy(via: Caller['via']): Pick<TrailIdentity, 'invokedBy'> {
  return via === undefined ? {} : { invokedBy: serviceName(via.service) };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

// For callers in this process, who have none: four letters that say what it is, and sixteen characters.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
function accessKeyIdOf(world: World, { arn, kind }: Principal): string {
  const digits = world.uuid(`access key ${arn}`, 0).replaceAll('-', '');
  const text = Array.from(
    { length: 16 },
    (_, at) => letters[Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16) & 31],
  );
  return `${kind === 'user' || kind === 'root' ? 'AKIA' : 'ASIA'}${text.join('')}`;
}

function sessionContext(
  { principal, session }: Caller,
  principalId: string,
  at: Instant,
): { readonly sessionContext?: TrailObject } {
  const { account: accountId, arn, kind, roleArn = arn } = principal;
  const isRole = kind === 'role' || kind === 'session';
  // A user has one with temporary credentials only, which a second factor asks for.
  if (!isRole && session?.mfa === undefined) return {};
  const issuer = {
    type: 'Role',
    principalId: principalId.slice(0, principalId.indexOf(':')),
    arn: roleArn,
    accountId,
    userName: nameOf(roleArn),
  };
  return {
    sessionContext: {
      ...(isRole && { sessionIssuer: issuer }),
      attributes: {
        creationDate: timeText(session?.issuedAt ?? at),
        mfaAuthenticated: String(session?.mfa === true),
      },
      ...(session?.sourceIdentity !== undefined && { sourceIdentity: session.sourceIdentity }),
    },
  };
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** `s3.us-east-1.amazonaws.com` -> `s3.amazonaws.com` */
export function serviceName(service: string): string {
  return service.replace(/\..*(?=\.amazonaws\.com)/, '');
}
