// Under which conditions a request would be allowed, where not everything about it is known.
//
// What is not known is assumed to be as good as it can be: the conditions on it are dropped from every Allow and every
// Deny with such a condition is set aside. What was dropped and set aside on the way to an Allow is the answer.

import { authorize } from './authorize.ts';
import type { Clause } from './condition.ts';
import { foldName } from './condition-keys.ts';
import { contextValue } from './context.ts';
import type { Decision } from './decision.ts';
import type { Grant } from './grant.ts';
import { GrantIndex } from './grant-index.ts';
import { layersOf } from './layers.ts';
import type { Policy } from './policy.ts';
import type { PolicyType } from './policy-type.ts';
import type { AuthorizationRequest } from './request.ts';
import { rewritten } from './rewrite.ts';
import { covers, holdOf, type Statement } from './statement.ts';
import { missingFrom } from './variables.ts';
import { type Conditions, fewest, type OpenCondition, type Possibility } from './ways.ts';

/** `isOpen`: whether a condition key, by its name in lower case, may have any value or none. */
export function possibilityOf(request: AuthorizationRequest, isOpen: (key: string) => boolean): Possibility {
  const view = new View(request, isOpen);
  const hopeful = view.hopeful();
  if (authorize(hopeful).outcome !== 'Allow') return { ways: [], unless: [] };
  return { ways: fewest(view.ways(hopeful)), unless: view.denials() };
}

/** What stands in the way of every way; undefined where there is one. */
export function refusalOf(request: AuthorizationRequest, isOpen: (key: string) => boolean): Decision | undefined {
  const decision = authorize(new View(request, isOpen).hopeful());
  return decision.outcome === 'Allow' ? undefined : decision;
}

/** One source of permissions, alone. */
interface Source {
  readonly only: Partial<AuthorizationRequest>;
  readonly conditions: Conditions;
}

class View {
  readonly #request: AuthorizationRequest;
  readonly #isOpen: (key: string) => boolean;

  constructor(request: AuthorizationRequest, isOpen: (key: string) => boolean) {
    this.#request = request;
    this.#isOpen = isOpen;
  }

  /** The request with the best of what it may be. */
  hopeful(): AuthorizationRequest {
    const { grants, principal } = this.#request;
    const without = (type: PolicyType, _name: string, policy: Policy): Policy => ({
      ...policy,
      allows: policy.allows.map((statement) => this.#closed(statement, type)),
      denies: policy.denies.filter((statement) => this.#openOf(statement, type).length === 0),
    });
    const own = grants && new GrantIndex(grants.heldBy(principal).map((grant) => this.#openGrant(grant).open));
    return { ...rewritten(this.#request, without), ...(own && { grants: own }) };
  }

  /** Every combination of one key policy statement, one identity statement or one grant that is enough. */
  ways(hopeful: AuthorizationRequest): readonly Conditions[] {
    const { keyPolicy } = hopeful;
    const bare = { ...hopeful, identityPolicies: [], grants: undefined };
    const silent = keyPolicy === undefined ? bare : { ...bare, keyPolicy: { ...keyPolicy, allows: [] } };
    const keyed = this.#ofKeyPolicy(hopeful);
    const identity = this.#ofIdentity(hopeful);
    const nothing: Source = { only: {}, conditions: [] };
    const found: Conditions[] = [];
    for (const first of [nothing, ...keyed, ...this.#ofGrants()]) {
      for (const second of [nothing, ...identity]) {
        const one = { ...silent, ...first.only, ...second.only };
        if (authorize(one).outcome !== 'Allow') continue;
        found.push([...first.conditions, ...second.conditions, ...this.#limits(one)]);
        if (second === nothing) break;
      }
    }
    return found;
  }

  #ofKeyPolicy({ keyPolicy }: AuthorizationRequest): readonly Source[] {
    const { keyPolicy: written } = this.#request;
    return (keyPolicy?.allows ?? []).flatMap((statement, index): Source | readonly Source[] => {
      const own = written?.allows[index];
      if (own === undefined || !this.#isAbout(own, 'key policy')) return [];
      const only = { keyPolicy: keyPolicy && { ...keyPolicy, allows: [statement] } };
      return { only, conditions: this.#conditions(own, 'key policy', 'default') };
    });
  }

  #ofIdentity({ identityPolicies }: AuthorizationRequest): readonly Source[] {
    return identityPolicies.flatMap(({ name, policy }, at) =>
      policy.allows.flatMap((statement, index): Source | readonly Source[] => {
        const own = this.#request.identityPolicies[at]?.policy.allows[index];
        if (own === undefined || !this.#isAbout(own, 'identity policy')) return [];
        const only = { identityPolicies: [{ name, policy: { ...policy, allows: [statement] } }] };
        return { only, conditions: this.#conditions(own, 'identity policy', name) };
      }),
    );
  }

  #ofGrants(): readonly Source[] {
    const { grants, principal } = this.#request;
    return (grants?.heldBy(principal) ?? []).map((grant) => {
      const { conditions, open } = this.#openGrant(grant);
      return { only: { grants: new GrantIndex([open]) }, conditions };
    });
  }

  /** What the layers that only limit ask for, where the request needs them to. */
  #limits(hopeful: AuthorizationRequest): Conditions {
    const needed: OpenCondition[] = [];
    const limits = [...layersOf(this.#request)].filter(([type]) => type !== 'key policy' && type !== 'identity policy');
    for (const [type, { name, policy }] of limits) {
      const open = policy.allows.filter((statement) => this.#openOf(statement, type).length > 0);
      const isOpen = (statement: Statement): boolean => open.some(({ index }) => index === statement.index);
      const without = (of: PolicyType, _name: string, one: Policy): Policy =>
        of === type && one.text === policy.text
          ? { ...one, allows: one.allows.filter((statement) => !isOpen(statement)) }
          : one;
      if (open.length === 0 || authorize(rewritten(hopeful, without)).outcome === 'Allow') continue;
      const first = open.find((statement) => this.#isAbout(statement, type));
      needed.push(...this.#conditions(first, type, name));
    }
    return needed;
  }

  /** What makes a Deny apply that does not apply for sure. */
  denials(): readonly Conditions[] {
    const found: Conditions[] = [];
    for (const [type, { name, policy }] of layersOf(this.#request)) {
      for (const statement of policy.denies) {
        if (this.#isAbout(statement, type)) found.push(this.#conditions(statement, type, name));
      }
    }
    return found;
  }

  #isAbout(statement: Statement, type: PolicyType): boolean {
    return holdOf(statement, this.#request) !== undefined && covers(this.#closed(statement, type), this.#request, type);
  }

  #closed(statement: Statement, type: PolicyType): Statement {
    const open = this.#openOf(statement, type);
    if (open.length === 0) return statement;
    return { ...statement, clauses: statement.clauses.filter((clause) => !open.includes(clause)) };
  }

  #openOf({ clauses }: Statement, type: PolicyType): readonly Clause[] {
    return clauses.filter(({ use, templates }) => {
      // A key policy sees no tags and aliases of the key, whatever they are.
      const isSeen = !use.known?.tagOrAlias || contextValue(use, this.#request, type) !== undefined;
      const gaps = templates.flatMap((template) => missingFrom(template, this.#request, type));
      return (isSeen && this.#isOpen(use.folded)) || gaps.some((gap) => this.#isOpen(foldName(gap)));
    });
  }

  #conditions(statement: Statement | undefined, policyType: PolicyType, policy: string): Conditions {
    const open = statement === undefined ? [] : this.#openOf(statement, policyType);
    return open.map(({ operator, use, written }) => {
      return { policyType, policy, statement: statement?.index ?? 0, operator, key: use.written, values: written };
    });
  }

  /** A grant without the constraints on what is not known, and those constraints. */
  #openGrant(grant: Grant): { readonly open: Grant; readonly conditions: Conditions } {
    const { activeAt, constraints = {}, id, ...rest } = grant;
    const { now } = this.#request;
    const { encryptionContextEquals: equals, encryptionContextSubset: subset, sourceArn } = constraints;
    const told = (operator: string, key: string, values: readonly string[]): OpenCondition => {
      return { policyType: 'grant', policy: id, statement: 0, operator, key, values };
    };
    const anyContext = this.#isOpen('kms:encryptioncontextkeys');
    const anySource = this.#isOpen('aws:sourcearn');
    const pending = activeAt !== undefined && (now === undefined || now < activeAt);
    const pairs = (of: Iterable<readonly [string, string]>): readonly string[] => [...of].map(([k, v]) => `${k}=${v}`);
    const conditions = [
      pending && !this.#request.tokens?.has(id) ? [told('grant token', 'GrantTokens', [id])] : [],
      anyContext && equals ? [told('EncryptionContextEquals', 'EncryptionContext', pairs(equals))] : [],
      anyContext && subset ? [told('EncryptionContextSubset', 'EncryptionContext', pairs(subset))] : [],
      anySource && sourceArn !== undefined ? [told('SourceArn', 'aws:SourceArn', [sourceArn])] : [],
    ].flat();
    const left = {
      ...(!anyContext && { encryptionContextEquals: equals, encryptionContextSubset: subset }),
      ...(!anySource && { sourceArn }),
    };
    return { open: { ...rest, id, constraints: left }, conditions };
  }
}
