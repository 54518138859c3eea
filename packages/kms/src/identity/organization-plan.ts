// An organization as it is described: a root, units below it, accounts in either; and the way down to each account.

import type { PolicyText } from '../state/records.ts';

export interface OrganizationPlan {
  readonly id: string;
  readonly managementAccount?: string | undefined;
  readonly root: UnitPlan;
}

export interface AccountPlan {
  readonly id: string;
  readonly serviceControls: readonly PolicyText[];
  readonly resourceControls: readonly PolicyText[];
}

export interface UnitPlan extends AccountPlan {
  readonly accounts: readonly AccountPlan[];
  readonly units: readonly UnitPlan[];
}

export interface PlacedAccount {
  readonly account: string;
  readonly path: string;
  /** From the root down. */
  readonly serviceControls: readonly (readonly PolicyText[])[];
  readonly resourceControls: readonly PolicyText[];
}

/** Every account with what it inherits. */
export function placedAccounts({ id, root }: OrganizationPlan): readonly PlacedAccount[] {
  return below(root, { path: `${id}/`, serviceControls: [], resourceControls: [] });
}

type Inherited = Omit<PlacedAccount, 'account'>;

function below(unit: UnitPlan, above: Inherited): readonly PlacedAccount[] {
  const here = { ...inherit(unit, above), path: `${above.path}${unit.id}/` };
  const own = unit.accounts.map((account) => ({ ...inherit(account, here), account: account.id }));
  return [...own, ...unit.units.flatMap((lower) => below(lower, here))];
}

function inherit({ resourceControls, serviceControls }: AccountPlan, above: Inherited): Inherited {
  return {
    path: above.path,
    serviceControls: [...above.serviceControls, serviceControls],
    resourceControls: [...above.resourceControls, ...resourceControls],
  };
}
