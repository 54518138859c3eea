// What a person edits and shares: principals with their policies, and steps that run one after the other.

export interface Principal {
  readonly arn: string;
  /** An identity policy as JSON text; empty: none. */
  readonly policy: string;
}

export interface CallStep {
  readonly kind: 'call';
  /** By which later steps refer to its answer. */
  readonly name: string;
  readonly operation: string;
  /** An ARN; empty: the administrator. */
  readonly as: string;
  /** Empty: the script's. */
  readonly region: string;
  /** The request as JSON text. */
  readonly input: string;
}

export interface ClockStep {
  readonly kind: 'clock';
  /** `366 days`. */
  readonly advance: string;
}

export type Step = CallStep | ClockStep;

export interface Script {
  readonly title: string;
  readonly about: string;
  readonly region: string;
  readonly principals: readonly Principal[];
  readonly steps: readonly Step[];
}

/** What a page computes in an instant, and an address carries. */
export const limits = { steps: 40, principals: 12, text: 20_000, name: 200 } as const;

/** The script that a value of unknown origin is, or the sentence that says why it is none. */
export function readScript(value: unknown): Script | string {
  if (!isRecord(value)) return 'It is no script of the playground.';
  const { principals, steps } = value;
  if (!Array.isArray(principals) || !Array.isArray(steps)) return 'It has no list of principals and steps.';
  if (steps.length > limits.steps) return `It has more than ${limits.steps} steps.`;
  if (principals.length > limits.principals) return `It has more than ${limits.principals} principals.`;
  try {
    return {
      title: textOf(value, 'title', limits.name),
      about: textOf(value, 'about', limits.text),
      region: regionOf(value),
      principals: principals.map(principalOf),
      steps: steps.map(stepOf),
    };
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

class Unreadable extends Error {}

// As createKmsim takes one.
const regionForm = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

function regionOf(value: unknown): string {
  const region = textOf(value, 'region', 32);
  if (region !== '' && !regionForm.test(region))
    throw new Unreadable(`The region in it is no Region: "${region}". One is called us-east-1.`);
  return region;
}

function principalOf(value: unknown): Principal {
  return { arn: textOf(value, 'arn', limits.name), policy: textOf(value, 'policy', limits.text) };
}

function stepOf(value: unknown): Step {
  const kind = textOf(value, 'kind', limits.name);
  if (kind === 'clock') return { kind, advance: textOf(value, 'advance', limits.name) };
  if (kind !== 'call') throw new Unreadable('It has a step that is neither a request nor a push of the clock.');
  return {
    kind,
    name: textOf(value, 'name', limits.name),
    operation: textOf(value, 'operation', limits.name),
    as: textOf(value, 'as', limits.name),
    region: textOf(value, 'region', limits.name),
    input: textOf(value, 'input', limits.text),
  };
}

function textOf(value: unknown, member: string, longest: number): string {
  const text = isRecord(value) && Object.hasOwn(value, member) ? value[member] : undefined;
  if (typeof text !== 'string') throw new Unreadable(`A ${member} is missing in it.`);
  if (text.length > longest) throw new Unreadable(`A ${member} in it is longer than ${longest} characters.`);
  return text;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
