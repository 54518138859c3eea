// What fast-check draws for KMS: values of requests, and commands made of them.

import * as fc from 'fast-check';
import { modelled } from '../../model/index.ts';
import type { TargetPrincipal } from '../../target.ts';
import type { Pause, Plan } from '../plan.ts';
import { cryptographicPlans } from './crypto-plans.ts';
import { often } from './often.ts';
import { managementPlans } from './plans.ts';
import { keyPolicy } from './policies.ts';

export * from './values.ts';
export { keyPolicy };

const dayMs = 86_400_000;

/** Time between two commands: some of it jumps past rotations and deletions, some to just before or after. */
export const pause: fc.Arbitrary<Pause> = often(
  [
    3,
    fc
      .constantFrom(1, 1000, 60_000, 19 * 60_000, dayMs, 7 * dayMs, 31 * dayMs, 90 * dayMs, 400 * dayMs)
      .map((milliseconds) => ({ milliseconds })),
  ],
  [
    1,
    fc
      .record({ key: fc.nat(30), offset: fc.constantFrom(-1_200_001, -1_200_000, -600_000, -1, 0, 1, 1000) })
      .map((until) => ({ milliseconds: 0, until })),
  ],
);

/** A command of one of these operations. */
export function plans(
  operations: readonly string[] = modelled,
  principals: readonly TargetPrincipal[] = [],
): fc.Arbitrary<Plan> {
  const offers = [...managementPlans(keyPolicy(principals)), ...cryptographicPlans()];
  const wanted = offers.filter(([, { operation }]) => operations.includes(operation));
  return often(...wanted.map(([weight, { arbitrary }]) => [weight, arbitrary] as const));
}
