// Whether a fault plan is possible: every problem of it, with its path and what to change.

import type {
  ClockPlan,
  LinkPlan,
  NamedLinkPlan,
  PartitionPlan,
  PausePlan,
  ServiceFault,
  Window,
} from './fault-plan.ts';
import {
  aText,
  both,
  type Check,
  type FaultPlanProblem,
  list,
  name,
  noTwo,
  number,
  problem,
  record,
  whole,
} from './plan-checks.ts';

/** The names that a plan may use. A list that is absent lets every text pass. */
export interface FaultVocabulary {
  readonly operations?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  /** How a service can fail -> the operations that can. */
  readonly faults?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The faults that are nothing without their `delayMs`. */
  readonly slow?: readonly string[] | undefined;
  /** Whether a request can come from a principal of that name. */
  readonly isPrincipal?: ((name: string) => boolean) | undefined;
}

// 10,000 years: what a clock can show.
const mostMs = 315_576_000_000_000;
const yearMs = 366 * 86_400_000;
const hourMs = 3_600_000;
/** A network that loses more hardly ever gets anything through, and its senders never end. */
const mostLoss = 0.95;

const milliseconds = whole(0, mostMs, 'of milliseconds');
const delay = number(0, hourMs, 'of milliseconds');
const probability = number(0, 1, '(a probability)');
const none: FaultPlanProblem[] = [];

/** Empty: the plan can be carried out. */
export function checkFaultPlan(plan: unknown, vocabulary: FaultVocabulary = {}): FaultPlanProblem[] {
  const region = name('a Region', vocabulary.regions);
  const optional = { network: network(region), services: list(serviceFault(region, vocabulary)) };
  const elsewhere = Object.fromEntries(networkMembers.map((member) => [member, 'network']));
  return record({ optional, elsewhere })(plan, '');
}

const linkMembers: Readonly<Record<keyof LinkPlan, Check>> = {
  minDelayMs: delay,
  meanDelayMs: delay,
  lossProbability: probability,
  duplicateProbability: probability,
  reorderProbability: probability,
  reorderMs: delay,
};

const networkMembers = [...Object.keys(linkMembers), 'resend', 'links', 'partitions', 'pauses', 'clogs', 'clocks'];

const meanAboveMinimum: Check = (value, path) => {
  const { meanDelayMs, minDelayMs = 0 } = value as LinkPlan;
  return meanDelayMs === undefined || meanDelayMs >= minDelayMs
    ? none
    : problem(`${path}.meanDelayMs`, 'contradiction', 'Give a mean that is not below minDelayMs.');
};

// Without a last attempt a message must get through at some time.
const endsAtSomeTime: Check = (value, path) => {
  const {
    links = [],
    lossProbability = 0,
    resend,
  } = value as {
    readonly links?: readonly NamedLinkPlan[];
    readonly lossProbability?: number;
    readonly resend?: { readonly attempts?: number };
  };
  if (resend?.attempts !== undefined) return none;
  const change = `Lose at most ${mostLoss}, use a partition, or let senders give up: resend.attempts.`;
  const lossy: readonly (readonly [string, number])[] = [
    [path, lossProbability],
    ...links.map((link, at) => [`${path}.links[${at}]`, link.lossProbability ?? 0] as const),
  ];
  return lossy.flatMap(([at, loss]) =>
    loss > mostLoss ? problem(`${at}.lossProbability`, 'contradiction', change) : none,
  );
};

const windowMembers = { fromMs: milliseconds, untilMs: milliseconds };
const runsForward: Check = (value, path) => {
  const { fromMs = 0, untilMs = Number.POSITIVE_INFINITY } = value as Partial<Window>;
  return untilMs > fromMs ? none : problem(`${path}.untilMs`, 'contradiction', 'Give an end after fromMs.');
};
const overlap = (a: Window, b: Window): boolean => a.fromMs < b.untilMs && b.fromMs < a.untilMs;

const twoRegions: Check = (value, path) => {
  const { from, to } = value as { readonly from: string; readonly to: string };
  return from === to ? problem(`${path}.to`, 'contradiction', 'Name two different Regions.') : none;
};

function network(region: Check): Check {
  const ends = { from: region, to: region };
  const resend = record({
    required: {
      afterMs: whole(1, hourMs, 'of milliseconds'),
      factor: both(number(1, 10, '(1 repeats evenly)'), (value, path) =>
        value === 1 || (value as number) >= 1.1 ? none : problem(path, 'out of range', 'Give 1, or 1.1 and more.'),
      ),
      maxMs: whole(1, hourMs, 'of milliseconds'),
    },
    optional: { attempts: whole(1, 1_000_000, 'of attempts') },
  });
  const link = record({ required: ends, optional: linkMembers }, both(twoRegions, meanAboveMinimum));
  const clog = record({ required: { ...windowMembers, ...ends } }, both(twoRegions, runsForward));
  const pause = record({ required: { ...windowMembers, region } }, runsForward);
  const clock = record({
    required: { region },
    optional: {
      skewMs: whole(-yearMs, yearMs, 'of milliseconds (a year at most)'),
      driftFraction: number(-0.5, 0.5, '(0.01 gains 1 %)'),
    },
  });
  const optional = {
    ...linkMembers,
    resend,
    links: both(
      list(link),
      noTwo<NamedLinkPlan>((a, b) => (a.from === b.from && a.to === b.to ? 'Give each link once.' : undefined)),
    ),
    partitions: both(list(partition(region)), noTwo(samePartition)),
    pauses: both(
      list(pause),
      noTwo<PausePlan>((a, b) => (a.region === b.region && overlap(a, b) ? 'Make one pause of the two.' : undefined)),
    ),
    clogs: both(
      list(clog),
      noTwo<Window & NamedLinkPlan>((a, b) =>
        a.from === b.from && a.to === b.to && overlap(a, b) ? 'Make one clog of the two.' : undefined,
      ),
    ),
    clocks: both(
      list(clock),
      noTwo<ClockPlan>((a, b) => (a.region === b.region ? 'Give each Region one clock.' : undefined)),
    ),
  };
  return record({ optional }, both(meanAboveMinimum, endsAtSomeTime));
}

function partition(region: Check): Check {
  const side = list(region, 1);
  const halves: Check = (value, path) => {
    if (!Array.isArray(value) || value.length !== 2) return problem(path, 'wrong form', 'Give two lists of Regions.');
    const found = value.flatMap((one: unknown, at) => side(one, `${path}[${at}]`));
    if (found.length > 0) return found;
    const [some, others] = value as [readonly string[], readonly string[]];
    const twice = some.find((one) => others.includes(one));
    return twice === undefined ? none : problem(path, 'contradiction', `Put ${twice} on one side.`);
  };
  const optional = { isolate: region, halves, oneWay: record({ required: { from: region, to: region } }, twoRegions) };
  const one: Check = (value, path) =>
    Object.keys(optional).filter((member) => (value as Readonly<Record<string, unknown>>)[member] !== undefined)
      .length === 1
      ? none
      : problem(path, 'contradiction', 'Say where it runs in exactly one way: isolate, halves or oneWay.');
  return record({ required: windowMembers, optional }, both(one, runsForward));
}

function samePartition(a: PartitionPlan, b: PartitionPlan): string | undefined {
  const place = ({ halves, isolate, oneWay }: PartitionPlan): string =>
    JSON.stringify([halves, isolate, oneWay?.from, oneWay?.to]);
  return place(a) === place(b) && overlap(a, b) ? 'Make one partition of the two.' : undefined;
}

function serviceFault(region: Check, vocabulary: FaultVocabulary): Check {
  const { faults, isPrincipal, operations, slow = [] } = vocabulary;
  const principal = both(aText, (value, path) =>
    isPrincipal === undefined || isPrincipal(value as string)
      ? none
      : problem(
          path,
          'unknown name',
          'Give the ARN of a principal (arn:aws:iam::000000000000:role/App), or a service.',
        ),
  );
  const together: Check = (value, path) => {
    const { delayMs, operations: asked = [], raise } = value as ServiceFault;
    if (slow.includes(raise) && delayMs === undefined)
      return problem(`${path}.delayMs`, 'contradiction', `Say how long: ${raise} is nothing without delayMs.`);
    const able = faults?.[raise];
    return asked.flatMap((operation, at) =>
      able === undefined || able.includes(operation)
        ? none
        : problem(
            `${path}.operations[${at}]`,
            'contradiction',
            `${operation} never answers with ${raise}: leave it out.`,
          ),
    );
  };
  const optional = {
    operations: list(name('an operation', operations), 1),
    keys: list(aText, 1),
    principals: list(principal, 1),
    regions: list(region, 1),
    probability,
    count: whole(1, Number.MAX_SAFE_INTEGER, 'of times'),
    fromMs: milliseconds,
    untilMs: milliseconds,
    delayMs: whole(0, hourMs, 'of milliseconds'),
  };
  const raise = name('a fault', faults && Object.keys(faults));
  return record({ required: { raise }, optional }, both(together, runsForward));
}
