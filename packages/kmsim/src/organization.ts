// The organization that accounts belong to, with its service and resource control policies.

import type { AccountPlan, Kms, UnitPlan } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import {
  anAccount,
  anything,
  checkOptions,
  type Form,
  type Forms,
  isAccount,
  isRecord,
  shown,
} from './option-forms.ts';
import { type NamedDocuments, textsOf } from './policy-documents.ts';

/** What is attached to a root, a unit or an account. */
export interface ControlOptions {
  /** Service control policies by name: what principals of the accounts may do at most. */
  readonly scps?: NamedDocuments;
  /** FullAWSAccess, the policy that AWS attaches everywhere, stays beside `scps` unless this is false. */
  readonly fullAWSAccess?: boolean;
  /** Resource control policies by name: what anybody may do at most with the accounts' keys. */
  readonly rcps?: NamedDocuments;
}

export interface UnitOptions extends ControlOptions {
  /** Account ids; or, by account id, what is attached to each. */
  readonly accounts?: readonly string[] | Readonly<Record<string, ControlOptions>>;
  /** Organizational units by id, as aws:PrincipalOrgPaths shows it. */
  readonly units?: Readonly<Record<string, UnitOptions>>;
}

/** An organization. What is attached here is attached to its root. */
export interface OrganizationOptions extends UnitOptions {
  /** `o-exampleorgid`: aws:PrincipalOrgID. */
  readonly id: string;
  /** Id of the root; `r-root` when absent. */
  readonly root?: string;
  /** No policy of the organization limits it. It need not stand among the accounts. */
  readonly managementAccount?: string;
}

const aRecord: Form = { is: isRecord, text: 'an object' };
const controlForms: Forms<ControlOptions> = {
  scps: anything,
  fullAWSAccess: { is: (value) => typeof value === 'boolean', text: 'true or false' },
  rcps: anything,
};
const unitForms: Forms<UnitOptions> = {
  ...controlForms,
  accounts: {
    is: (value) => Array.isArray(value) || isRecord(value),
    text: 'a list of account ids, or an object by them',
  },
  units: aRecord,
};
// What follows stands between slashes in aws:PrincipalOrgPaths.
const anId: Form = {
  is: (value) => typeof value === 'string' && /^[\w-]{1,68}$/.test(value),
  text: 'an id of letters, digits and -',
};
const organizationForms: Forms<OrganizationOptions> = {
  ...unitForms,
  id: anId,
  root: anId,
  managementAccount: anAccount,
};

/** What AWS attaches everywhere. */
export const fullAccess = {
  name: 'FullAWSAccess',
  text: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
} as const;

export class Organization {
  readonly #kms: () => Kms;

  constructor(kms: () => Kms) {
    this.#kms = kms;
  }

  /** Defines an organization, or describes it anew: accounts that are left out leave it. Several differ by id. */
  put(options: OrganizationOptions): void {
    checkOptions('An organization', options, organizationForms);
    const { id, managementAccount, root = 'r-root', ...controls } = options;
    if (id === undefined) throw new KmsimError('InvalidOrganization', 'An organization has an id.');
    const top = unitOf(root, controls);
    const accounts = withManagement(top, managementAccount);
    const fault = this.#kms().organizations.put({ id, managementAccount, root: { ...top, accounts } });
    if (fault !== undefined)
      throw new KmsimError(
        fault.about === 'policy' ? 'InvalidPolicy' : 'InvalidOrganization',
        `Organization ${id}: ${fault.problem}`,
      );
  }
}

function withManagement(top: UnitPlan, account: string | undefined): readonly AccountPlan[] {
  return account === undefined || placed(top).includes(account) ? top.accounts : [...top.accounts, planOf(account, {})];
}

function placed({ accounts, units }: UnitPlan): readonly string[] {
  return [...accounts.map(({ id }) => id), ...units.flatMap(placed)];
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html (OU maximum nesting in a root) */
const deepest = 5;

function unitOf(id: string, { accounts = [], units = {}, ...controls }: UnitOptions, depth = 0): UnitPlan {
  const list = Array.isArray(accounts) ? accounts.map((account) => [account, {}] as const) : Object.entries(accounts);
  return {
    ...planOf(id, controls),
    accounts: list.map(([account, own]) => accountOf(account, own)),
    units: Object.entries(units).map(([name, unit]) => {
      if (!anId.is(name)) throw new KmsimError('InvalidOrganization', `${shown(name)} is no id of a unit.`);
      if (depth === deepest) throw new KmsimError('InvalidOrganization', `Unit ${name} is deeper than five levels.`);
      checkOptions(`Unit ${name}`, unit, unitForms);
      return unitOf(name, unit, depth + 1);
    }),
  };
}

function accountOf(account: unknown, controls: ControlOptions): AccountPlan {
  if (!isAccount(account))
    throw new KmsimError('InvalidOrganization', `${shown(account)} is no account id of 12 digits.`);
  checkOptions(`Account ${account}`, controls, controlForms);
  return planOf(account, controls);
}

function planOf(id: string, { fullAWSAccess = true, rcps = {}, scps = {} }: ControlOptions): AccountPlan {
  const own = textsOf(`${id}: scps`, scps);
  const serviceControls = fullAWSAccess ? [fullAccess, ...own] : own;
  return { id, serviceControls, resourceControls: textsOf(`${id}: rcps`, rcps) };
}
