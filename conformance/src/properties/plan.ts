// A command before it is run: an operation, who calls from where, and an input that is made of what the run knows by then.

import type { Target } from '../target.ts';
import type { Input, Memory } from './memory.ts';
import { nth } from './memory.ts';

/** Where a command belongs: the account and Region of the thing it is about. */
export interface Home {
  readonly account: string;
  readonly region: string;
}

export interface Wanted {
  readonly input: Input;
  readonly home?: Home | undefined;
}

export interface Plan {
  readonly operation: string;
  /** 0: an administrator of the home; else one of the target's principals. */
  readonly who: number;
  /** 0: the home's Region; else one of the Regions. */
  readonly where: number;
  /** Undefined while the run has nothing it could be about. */
  readonly want: (memory: Memory) => Wanted | undefined;
}

/** Time that passes between two commands. */
export interface Pause {
  readonly milliseconds: number;
  /** Instead: to so long before or after the next rotation or deletion of this key. */
  readonly until?: { readonly key: number; readonly offset: number };
}

export interface Addressed {
  readonly input: Input;
  readonly region: string;
  /** Undefined: the target's own caller. */
  readonly as?: string;
}

/** The plan with names for who and where; undefined where the target cannot do it. */
export function address(plan: Plan, memory: Memory, target: Target): Addressed | undefined {
  const wanted = plan.want(memory);
  if (wanted === undefined) return undefined;
  const { home, input } = wanted;
  const region = plan.where === 0 ? home?.region : nth(memory.regions, plan.where - 1);
  const as = callerOf(plan, home, target);
  const own = as === undefined || as === target.callerArn;
  return { input, region: region ?? (memory.regions[0] as string), ...(!own && { as }) };
}

function callerOf({ who }: Plan, home: Home | undefined, target: Target): string | undefined {
  const people = target.principals ?? [];
  if (who > 0) return nth(people, who - 1)?.arn;
  if (home === undefined || home.account === target.account) return undefined;
  return people.find(({ arn, may }) => may === 'everything' && arn.split(':')[4] === home.account)?.arn;
}
