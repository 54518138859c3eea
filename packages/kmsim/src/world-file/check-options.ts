// What a world says beside its keys, tried out one by one in a simulation that is thrown away: each mistake has its place then.

import type { Backend } from '@kmsim/hsm-core';
import { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { principalOf } from '../principals.ts';
import { durationOf } from '../sim-clock.ts';
import { quotaSettings } from '../sim-quotas.ts';
import { worldFor } from '../sim-world.ts';
import { at } from './check.ts';
import type { WorldContent } from './content.ts';
import type { Home } from './plan.ts';
import type { WorldProblem } from './problem.ts';

export function checkWorldOptions(content: WorldContent, home: Home, backend: Backend): readonly WorldProblem[] {
  const {
    accounts = {},
    disabledRegions = [],
    endpoints = [],
    faults,
    grantDelay,
    identities = [],
    organization,
  } = content;
  const problems: WorldProblem[] = [];
  const tried = (path: string, act: () => void): void => void problems.push(...refusalOf(path, act));
  const { clock, quotas, seed, start } = content;
  tried(start !== undefined ? 'start' : 'clock', () => {
    worldFor(
      { ...(clock && { clock }), ...(seed !== undefined && { seed }), ...(start !== undefined && { start }) },
      backend,
    );
  });
  if (grantDelay !== undefined) tried('grantDelay', () => durationOf(grantDelay));
  if (quotas !== undefined) tried('quotas', () => quotaSettings(quotas));
  const sim = new Kmsim({ seed: 'a world that is checked', backend: backend.name, ...home });
  if (faults !== undefined) tried('faults', () => sim.faults.set(faults));
  for (const [index, one] of identities.entries()) tried(`identities[${index}]`, () => sim.identities.put(one));
  if (organization !== undefined) tried('organization', () => sim.organization.put(organization));
  for (const [index, one] of endpoints.entries()) tried(`endpoints[${index}]`, () => sim.endpoints.put(one));
  for (const [index, region] of disabledRegions.entries())
    tried(`disabledRegions[${index}]`, () => sim.regions.disable(region));
  for (const [account, { disabledRegions: others = [] }] of Object.entries(accounts))
    for (const [index, region] of others.entries())
      tried(`${at('accounts', account)}.disabledRegions[${index}]`, () => sim.regions.disable(region, { account }));
  sim.close();
  problems.push(...accessKeyProblems(content));
  return problems;
}

function accessKeyProblems({ accessKeys = [], identities = [] }: WorldContent): readonly WorldProblem[] {
  const problems: WorldProblem[] = [];
  const seen = new Map<string, string>();
  for (const [index, { accessKeyId, as }] of accessKeys.entries()) {
    const path = `accessKeys[${index}]`;
    const before = seen.get(accessKeyId);
    if (before !== undefined)
      problems.push({ path: `${path}.accessKeyId`, problem: `is that of ${before}: give each key its own.` });
    seen.set(accessKeyId, path);
    if (as !== undefined) problems.push(...refusalOf(`${path}.as`, () => principalOf(as)));
  }
  const arns = new Map<string, string>();
  for (const [index, { arn }] of identities.entries()) {
    const path = `identities[${index}].arn`;
    const before = arns.get(arn);
    if (before !== undefined) problems.push({ path, problem: `is that of ${before}: write its policies there.` });
    arns.set(arn, `identities[${index}]`);
  }
  return problems;
}

/** The mistake that the caller of `act` would have made. */
function refusalOf(path: string, act: () => void): readonly WorldProblem[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!(error instanceof KmsimError)) throw error;
    return [{ path, problem: `is refused: ${error.message}` }];
  }
}
