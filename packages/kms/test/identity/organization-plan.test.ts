// What an account inherits on its way down from the root.

import { expect, test } from 'vitest';
import { placedAccounts, type UnitPlan } from '../../src/identity/organization-plan.ts';

const control = (name: string) => ({ name, text: name });
const plan = (id: string, rest: Partial<UnitPlan> = {}): UnitPlan => ({
  id,
  serviceControls: [control(`scp of ${id}`)],
  resourceControls: [control(`rcp of ${id}`)],
  accounts: [],
  units: [],
  ...rest,
});
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

test('an account has one level of service controls for each step, and the resource controls of all', () => {
  const root = plan('r-1', {
    accounts: [plan('1')],
    units: [plan('ou-a', { accounts: [plan('2')], units: [plan('ou-b', { accounts: [plan('3')] })] })],
  });
  const placed = placedAccounts({ id: 'o-1', root });
  expect(placed.map(({ account, path }) => [account, path])).toEqual([
    ['1', 'o-1/r-1/'],
    ['2', 'o-1/r-1/ou-a/'],
    ['3', 'o-1/r-1/ou-a/ou-b/'],
  ]);
  expect(placed[2]?.serviceControls.map(names)).toEqual([
    ['scp of r-1'],
    ['scp of ou-a'],
    ['scp of ou-b'],
    ['scp of 3'],
  ]);
  expect(names(placed[2]?.resourceControls ?? [])).toEqual(['rcp of r-1', 'rcp of ou-a', 'rcp of ou-b', 'rcp of 3']);
  expect(placed[0]?.serviceControls).toHaveLength(2);
});

test('an organization without accounts places none', () => {
  expect(placedAccounts({ id: 'o-1', root: plan('r-1', { units: [plan('ou-a')] }) })).toEqual([]);
});
