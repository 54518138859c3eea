// Organizations: which account stands where, and what is attached on the way down to it.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html

import type { NamedPolicy } from '@kmsim/authz';
import { type PolicyCache, policyProblem } from '../state/policies.ts';
import type { MembershipRecord, PolicyText } from '../state/records.ts';
import type { State } from '../state/state.ts';
import { type OrganizationPlan, type PlacedAccount, placedAccounts } from './organization-plan.ts';

/** What limits the principals and the keys of an account; nothing does in the management account. */
export interface Membership {
  readonly serviceControlPolicies?: readonly (readonly NamedPolicy[])[] | undefined;
  readonly resourceControlPolicies?: readonly NamedPolicy[] | undefined;
}

export interface OrganizationFault {
  readonly about: 'policy' | 'account';
  readonly problem: string;
}

export class Organizations {
  readonly #state: State;
  readonly #policies: PolicyCache;
  readonly #compiled = new WeakMap<MembershipRecord, Membership>();

  constructor(state: State, policies: PolicyCache) {
    this.#state = state;
    this.#policies = policies;
  }

  /** Defines an organization in place of what it was. Returns what is wrong with it, and has then changed nothing. */
  put(plan: OrganizationPlan): OrganizationFault | undefined {
    const placed = placedAccounts(plan);
    const fault = planFault(plan) ?? this.#misplaced(plan.id, placed);
    if (fault !== undefined) return fault;
    const before = [...this.#state.rows('memberships')].filter(({ organization }) => organization === plan.id);
    for (const { account } of before) this.#state.set('memberships', account, undefined);
    for (const one of placed) this.#state.set('memberships', one.account, recordOf(plan, one));
    return undefined;
  }

  #misplaced(id: string, placed: readonly PlacedAccount[]): OrganizationFault | undefined {
    const seen = new Set<string>();
    for (const { account } of placed) {
      const other = this.recordOf(account);
      if (seen.has(account)) return { about: 'account', problem: `Account ${account} stands in two places.` };
      if (other !== undefined && other.organization !== id)
        return { about: 'account', problem: `Account ${account} is in the organization ${other.organization}.` };
      seen.add(account);
    }
    return undefined;
  }

  recordOf(account: string): MembershipRecord | undefined {
    return this.#state.get('memberships', account);
  }

  /** Undefined for an account in no organization. */
  of(account: string): Membership | undefined {
    const record = this.recordOf(account);
    if (record === undefined) return undefined;
    const known = this.#compiled.get(record);
    if (known !== undefined) return known;
    const { path, resourceControls, serviceControls } = record;
    const named = this.#policies;
    // o-1/r-root/ou-1/: the root, the units on the way, and at last the account itself.
    const places = [...path.split('/').slice(1, -1), account];
    const membership = {
      serviceControlPolicies: serviceControls?.map((level, index) =>
        named.named(level, 'service control policy').map((policy) => attached(policy, places[index])),
      ),
      resourceControlPolicies: resourceControls && named.named(resourceControls, 'resource control policy'),
    };
    this.#compiled.set(record, membership);
    return membership;
  }
}

function attached(policy: NamedPolicy, at: string | undefined): NamedPolicy {
  return at === undefined ? policy : { ...policy, at };
}

// Also where no account is under it: a mistake is told when it is made.
function planFault({ root }: OrganizationPlan): OrganizationFault | undefined {
  const places = [root];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const problem = problemAt(`unit ${place.id}`, place) ?? firstOf(place.accounts, (one) => problemAt(one.id, one));
    if (problem !== undefined) return { about: 'policy', problem };
    places.push(...place.units);
  }
  return undefined;
}

interface Controls {
  readonly serviceControls: readonly PolicyText[];
  readonly resourceControls: readonly PolicyText[];
}

function problemAt(place: string, { resourceControls, serviceControls }: Controls): string | undefined {
  const problem =
    policyProblem(serviceControls, 'service control policy') ??
    policyProblem(resourceControls, 'resource control policy');
  return problem && `${place}: ${problem}`;
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html#management-account
function recordOf({ id, managementAccount }: OrganizationPlan, placed: PlacedAccount): MembershipRecord {
  const { account, path } = placed;
  const member = { account, organization: id, path };
  if (account === managementAccount) return member;
  return { ...member, serviceControls: placed.serviceControls, resourceControls: placed.resourceControls };
}
