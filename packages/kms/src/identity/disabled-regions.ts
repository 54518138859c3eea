// Regions that an account has not enabled: nobody of the account can call there.
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html

import { fail } from '../api/errors.ts';
import type { Engine } from '../engine.ts';
import type { Visit } from '../operation.ts';
import type { State } from '../state/state.ts';

export function isDisabled(state: State, account: string, region: string): boolean {
  return state.get('disabledRegions', nameOf(account, region)) !== undefined;
}

/** The Regions that an account has not enabled, in alphabetical order. */
export function disabledRegionsOf(state: State, account: string): readonly string[] {
  const all = [...state.rows('disabledRegions')].filter((one) => one.account === account);
  return all.map(({ region }) => region).sort();
}

export function setDisabled(state: State, account: string, region: string, disabled: boolean): void {
  if (isDisabled(state, account, region) === disabled) return;
  state.set('disabledRegions', nameOf(account, region), disabled ? { account, region } : undefined);
}

/** What comes with credentials that a Region does not know is refused before anybody reads it. The words of every JSON service of AWS. */
export function requireEnabledRegion({ state }: Engine, { caller: { principal, region } }: Visit): void {
  // Every call comes through here, and hardly any simulation has one.
  if (state.isEmpty('disabledRegions')) return;
  if (isDisabled(state, principal.account, region))
    fail('UnrecognizedClientException', 'The security token included in the request is invalid.');
}

function nameOf(account: string, region: string): string {
  return `${account}/${region}`;
}
