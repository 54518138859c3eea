// A small STS: who am I, and let me be that role. Its answers are values; how they look on a wire is the door's business.
// https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html

import { parsePrincipal } from '@kmsim/authz';
import { streamFor } from '@kmsim/world';
import type { Engine } from '../engine.ts';
import type { Caller } from '../operation.ts';
import { policyProblem } from '../state/policies.ts';
import type { IdentityRecord, Instant } from '../state/records.ts';
import { type AssumeRoleInput, inputProblem, notBuiltMember, packedPolicySize } from './assume-role-input.ts';
import { roleRefusal } from './role-refusal.ts';
import type { Session } from './session.ts';
import { type TemporaryCredential, TemporaryCredentials } from './temporary-credentials.ts';
import { uniqueId } from './unique-id.ts';

export interface StsFault {
  readonly ok: false;
  readonly code: 'AccessDenied' | 'MalformedPolicyDocument' | 'NotImplemented' | 'ValidationError';
  readonly message: string;
}

export interface CallerIdentity {
  readonly Arn: string;
  readonly UserId: string;
  readonly Account: string;
}

export interface AssumedRole {
  readonly SourceIdentity?: string;
  readonly AssumedRoleUser: { readonly Arn: string; readonly AssumedRoleId: string };
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: Instant;
  };
  /** Percent of what fits. */
  readonly PackedPolicySize?: number;
}

type Assumed = { readonly ok: true; readonly output: AssumedRole } | StsFault;

/** Seconds. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (DurationSeconds) */
const hour = 3_600;

export class Sts {
  readonly #kms: Engine;
  readonly #credentials: TemporaryCredentials;

  /** `before`: the credentials of the one in whose place it is. */
  constructor(kms: Engine, before?: TemporaryCredentials) {
    this.#kms = kms;
    this.#credentials = new TemporaryCredentials(before);
  }

  /** A copy of all that there are. */
  get credentials(): TemporaryCredentials {
    return new TemporaryCredentials(this.#credentials);
  }

  /** No permission is needed, and none can be taken away: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  getCallerIdentity({ principal }: Caller): CallerIdentity {
    const { account, arn } = principal;
    return { Arn: arn, UserId: uniqueId(this.#kms.world, principal) ?? arn, Account: account };
  }

  assumeRole(caller: Caller, input: AssumeRoleInput): Assumed {
    const { DurationSeconds = hour, Policy, RoleArn } = input;
    const problem = inputProblem(input);
    if (problem !== undefined) return fault('ValidationError', problem);
    const missing = notBuiltMember(input);
    if (missing !== undefined) return fault('NotImplemented', `kmsim does not simulate ${missing} of AssumeRole yet.`);
    if (caller.principal.kind === 'root') return fault('AccessDenied', 'Roles may not be assumed by root accounts.');
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
    if (caller.principal.kind === 'session' && DurationSeconds > hour)
      return fault(
        'ValidationError',
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      );
    const policies = Policy === undefined ? [] : [{ name: 'session', text: Policy }];
    const malformed = policyProblem(policies, 'session policy');
    if (malformed !== undefined) return fault('MalformedPolicyDocument', malformed);
    const role = this.#roleOf(caller, RoleArn);
    const refused = roleRefusal(this.#kms, caller, input, role);
    if (role === undefined || refused !== undefined)
      return fault(
        'AccessDenied',
        `User: ${caller.principal.arn} is not authorized to perform: ${refused?.action} on resource: ${RoleArn}${refused?.because}`,
      );
    const sourceIdentity = caller.session?.sourceIdentity ?? input.SourceIdentity;
    const session: Session = {
      policies: this.#kms.policies.named(policies, 'session policy'),
      tags: (input.Tags ?? []).map(({ Key, Value }) => [Key, Value] as const),
      sourceIdentity,
      issuedAt: this.#kms.world.clock.now(),
    };
    const credential = this.#begin(role.arn, { ...input, DurationSeconds, SourceIdentity: sourceIdentity }, session);
    const { accessKeyId, expiresAt, principal, secretAccessKey, sessionToken } = credential;
    return {
      ok: true,
      output: {
        ...(sourceIdentity !== undefined && { SourceIdentity: sourceIdentity }),
        AssumedRoleUser: { Arn: principal.arn, AssumedRoleId: uniqueId(this.#kms.world, principal) ?? '' },
        Credentials: {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
          Expiration: expiresAt,
        },
        ...packedPolicySize(input),
      },
    };
  }

  /** What an access key id that begins with ASIA stands for; it may have expired. */
  credential(accessKeyId: string): TemporaryCredential | undefined {
    return this.#credentials.get(accessKeyId);
  }

  isExpired({ expiresAt }: TemporaryCredential): boolean {
    return expiresAt <= this.#kms.world.clock.now();
  }

  // A role has to be named with its path. Accounts of one partition are unknown in another.
  // https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
  #roleOf(caller: Caller, arn: string): IdentityRecord | undefined {
    const principal = parsePrincipal(arn);
    if (principal?.kind !== 'role' || principal.partition !== caller.principal.partition) return undefined;
    const record = this.#kms.identities.recordOf(principal);
    return record?.arn === arn ? record : undefined;
  }

  #begin(role: string, asked: AssumeRoleInput & { DurationSeconds: number }, session: Session): TemporaryCredential {
    const { DurationSeconds, Policy, RoleSessionName, SourceIdentity, Tags } = asked;
    const { clock } = this.#kms.world;
    const [, partition, , , account] = role.split(':', 5);
    const arn = `arn:${partition}:sts::${account}:assumed-role/${role.slice(role.lastIndexOf('/') + 1)}/${RoleSessionName}`;
    const principal = parsePrincipal(arn);
    if (principal === undefined) throw new Error(`${arn} is no session`);
    // A simulation that goes back takes the same turn again: whoever still holds what came of it then must not become somebody else by it.
    const standsFor = JSON.stringify([role, RoleSessionName, DurationSeconds, Policy, Tags, SourceIdentity]);
    const random = this.#kms.world.cursor(`${principal.account}/sts/AssumeRole`).take();
    const expiresAt = clock.now() + DurationSeconds * 1000;
    return this.#credentials.make(
      streamFor(random, standsFor),
      { principal: { ...principal, roleArn: role }, session, expiresAt },
      clock.now(),
    );
  }
}

function fault(code: StsFault['code'], message: string): StsFault {
  return { ok: false, code, message };
}
