// The forms that the parts of a fault plan must have: one check a form, each says what to change.

export interface FaultPlanProblem {
  /** Where: `network.links[0].lossProbability`. */
  readonly path: string;
  readonly kind: 'unknown member' | 'wrong form' | 'out of range' | 'unknown name' | 'contradiction';
  /** What to change, as a sentence. */
  readonly change: string;
}

/** Looks at a value that stands at `path`, and says what is wrong with it. */
export type Check = (value: unknown, path: string) => FaultPlanProblem[];

const none: FaultPlanProblem[] = [];

export function problem(path: string, kind: FaultPlanProblem['kind'], change: string): FaultPlanProblem[] {
  return [{ path, kind, change }];
}

export function number(least: number, most: number, unit: string): Check {
  return (value, path) => {
    if (typeof value !== 'number' || Number.isNaN(value))
      return problem(path, 'wrong form', `Give a number ${unit}, from ${least} to ${most}.`);
    return value >= least && value <= most
      ? none
      : problem(path, 'out of range', `Give a number ${unit}, from ${least} to ${most}.`);
  };
}

export function whole(least: number, most: number, unit: string): Check {
  const inRange = number(least, most, unit);
  return (value, path) => {
    const found = inRange(value, path);
    return found.length > 0 || Number.isInteger(value) ? found : problem(path, 'wrong form', 'Give a whole number.');
  };
}

export const aText: Check = (value, path) =>
  typeof value === 'string' && value !== '' ? none : problem(path, 'wrong form', 'Give a text that is not empty.');

/** One of these names; any text where there is no list. */
export function name(what: string, known: readonly string[] | undefined): Check {
  return (value, path) => {
    if (known === undefined) return aText(value, path);
    if (typeof value === 'string' && known.includes(value)) return none;
    if (Array.isArray(value))
      return problem(path, 'wrong form', `Give ${what.replace(/^an? /, 'one ')}, not a list of them.`);
    // As policies write it, `kms:Decrypt`.
    const bare = typeof value === 'string' ? value.slice(value.indexOf(':') + 1) : '';
    if (known.includes(bare)) return problem(path, 'unknown name', `Did you mean ${bare}?`);
    const some = known.slice(0, 6).join(', ');
    const more = known.length > 6 ? ` and ${known.length - 6} more` : '';
    return problem(path, 'unknown name', `Name ${what} that exists: ${some}${more}.`);
  };
}

export function list(item: Check, least = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return problem(path, 'wrong form', 'Give a list.');
    if (value.length < least) return problem(path, 'wrong form', `Give a list of at least ${least}, or leave it out.`);
    return value.flatMap((one: unknown, at) => item(one, `${path}[${at}]`));
  };
}

export interface Members {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
  /** Where a member belongs that is none of this object. */
  readonly elsewhere?: Readonly<Record<string, string>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** A plain object with these members and no other; `whole` looks at what its members mean together, when each of them is right. */
export function record({ elsewhere = {}, optional = {}, required = {} }: Members, together: Check = () => none): Check {
  return (value, path) => {
    if (!isRecord(value)) return problem(path === '' ? 'plan' : path, 'wrong form', 'Give a plain object.');
    const at = (member: string): string => (path === '' ? member : `${path}.${member}`);
    const found: FaultPlanProblem[] = [];
    for (const [member, check] of Object.entries(required)) found.push(...check(value[member], at(member)));
    for (const [member, one] of Object.entries(value)) {
      if (Object.hasOwn(required, member) || one === undefined) continue;
      const check = Object.hasOwn(optional, member) ? optional[member] : undefined;
      if (check !== undefined) found.push(...check(one, at(member)));
      else if (Object.hasOwn(elsewhere, member))
        found.push(...problem(at(member), 'unknown member', `${member} goes into ${elsewhere[member]}.`));
      else {
        const members = [...Object.keys(required), ...Object.keys(optional)].join(', ');
        found.push(...problem(at(member), 'unknown member', `Leave it out, or take one of ${members}.`));
      }
    }
    return found.length > 0 ? found : together(value, path);
  };
}

/** A check of the elements of a list against each other: `clash` says why two of them cannot both be, as what to change. */
export function noTwo<Item>(clash: (a: Item, b: Item) => string | undefined): Check {
  return (value, path) => {
    const items = value as readonly Item[];
    return items.flatMap((one, at) => {
      for (const [before, earlier] of items.slice(0, at).entries()) {
        const change = clash(earlier, one);
        if (change !== undefined) return problem(`${path}[${at}]`, 'contradiction', `${change} (see [${before}])`);
      }
      return none;
    });
  };
}

/** All of them, each only when those before it found nothing. */
export function both(first: Check, second: Check): Check {
  return (value, path) => {
    const found = first(value, path);
    return found.length > 0 ? found : second(value, path);
  };
}
