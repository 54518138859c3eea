// What a caller brings along besides a name: a session, the service in between, the resource that a service works for.

import type { NamedPolicy } from '@kmsim/authz';
import type { Instant } from '../state/records.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export interface Session {
  /** What the session is narrowed down to. Empty: to nothing less than its role. */
  readonly policies: readonly NamedPolicy[];
  /** They stand before the role's tags of the same name. */
  readonly tags?: readonly (readonly [name: string, value: string])[] | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly mfa?: boolean | undefined;
  readonly issuedAt?: Instant | undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html */
export interface Via {
  /** As kms:ViaService has it: `s3.us-east-1.amazonaws.com`. */
  readonly service: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export interface Source {
  readonly arn?: string | undefined;
  readonly account?: string | undefined;
}
