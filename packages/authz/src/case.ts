// One written case, and how its policies and grants are read.

import type { ContextValue } from './context.ts';
import type { Outcome } from './decision.ts';
import type { Grant, GrantConstraints, GrantTerms } from './grant.ts';
import { parsePolicy } from './policy.ts';
import type { PolicyType } from './policy-type.ts';
import type { NamedPolicy } from './request.ts';

export interface CaseKey {
  readonly arn: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: string;
  readonly multiRegion: boolean;
  readonly mrkType?: string;
  readonly manager: string;
  readonly aliases?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
}

type Statements = readonly object[];

export interface CaseDefaults {
  readonly key: CaseKey;
  readonly keyPolicy: Statements;
}

export interface CaseGrant {
  readonly id: string;
  readonly GranteePrincipal?: string;
  readonly GranteeServicePrincipal?: string;
  readonly RetiringPrincipal?: string;
  readonly RetiringServicePrincipal?: string;
  readonly IssuingAccount?: string;
  readonly Operations: readonly string[];
  readonly Constraints?: CaseConstraints;
  /** Not known everywhere yet: usable only with its token. */
  readonly pending?: boolean;
}

interface CaseConstraints {
  readonly EncryptionContextEquals?: Readonly<Record<string, string>>;
  readonly EncryptionContextSubset?: Readonly<Record<string, string>>;
  readonly SourceArn?: string;
}

export interface Case {
  readonly id: string;
  readonly title?: string;
  readonly env: {
    readonly key?: Partial<CaseKey>;
    readonly keyPolicy?: Statements;
    readonly identity?: readonly Statements[];
    readonly boundary?: Statements;
    readonly session?: Statements;
    readonly scps?: readonly Statements[];
    readonly rcps?: readonly Statements[];
    readonly vpce?: Statements;
    readonly grants?: readonly CaseGrant[];
    readonly perKey?: Readonly<
      Record<string, { readonly keyPolicy?: Statements; readonly grants?: readonly CaseGrant[] }>
    >;
  };
  readonly request: {
    readonly principal: string;
    readonly checks: readonly (readonly [action: string, resource: string])[];
    readonly op?: string;
    /** The principal is a service: told to a reader, and held against the principal. */
    readonly service?: boolean;
    readonly context?: Readonly<Record<string, ContextValue>>;
    readonly grantTokens?: readonly string[];
    readonly childGrant?: { readonly Operations: readonly string[]; readonly Constraints?: CaseConstraints };
  };
  /** `allow`, `deny`, or one of the three outcomes. */
  readonly expect: string;
  readonly outcome?: Outcome;
  /** As in the result; null where no statement settles it. Absent: not checked. */
  readonly decidedBy?: string | null;
}

/** Reads the policies of a case, and remembers the first that cannot be read. */
export class PolicyReader {
  problem: string | undefined;

  /** The key policy goes by the name that KMS gives it, the others by their place. */
  many(type: PolicyType, list: readonly Statements[]): readonly NamedPolicy[] {
    return list.flatMap((Statement, index) => {
      const parsed = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement }), type);
      if (parsed.ok) return [{ name: type === 'key policy' ? 'default' : String(index), policy: parsed.policy }];
      this.problem ??= `${type}: ${parsed.problem}`;
      return [];
    });
  }

  one(type: PolicyType, statements: Statements | undefined): NamedPolicy | undefined {
    return statements && this.many(type, [statements])[0];
  }
}

export function grantsOf(grants: readonly CaseGrant[] = []): readonly Grant[] {
  return grants.map((grant) => ({
    id: grant.id,
    grantee: grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? '',
    retiring: grant.RetiringPrincipal ?? grant.RetiringServicePrincipal,
    issuingAccount: grant.IssuingAccount,
    ...termsOf(grant),
    ...(grant.pending && { activeAt: Number.POSITIVE_INFINITY }),
  }));
}

export function termsOf(terms: Pick<CaseGrant, 'Operations' | 'Constraints'>): GrantTerms {
  return { operations: terms.Operations, constraints: terms.Constraints && constraintsOf(terms.Constraints) };
}

function constraintsOf(constraints: CaseConstraints): GrantConstraints {
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = constraints;
  return {
    encryptionContextEquals: EncryptionContextEquals && Object.entries(EncryptionContextEquals),
    encryptionContextSubset: EncryptionContextSubset && Object.entries(EncryptionContextSubset),
    sourceArn: SourceArn,
  };
}
