// The log of a run as a transcript: values that were minted become references, so that it can be replayed elsewhere.

import type { Place } from '../scope.ts';
import type { CallStep, Json, Step, Transcript } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { type Asked, outcomeOf, type Wanted } from './run.ts';

export interface ScenarioOptions {
  readonly name: string;
  readonly about: string;
  readonly regions: readonly string[];
  readonly place: Place;
  /** What the last command should have been answered. */
  readonly expected: Wanted;
}

export function scenarioOf(log: readonly Asked[], options: ScenarioOptions): Transcript {
  const { about, expected, name, regions } = options;
  const minted = new Map<string, string>();
  const steps = log.flatMap((asked, at): readonly Step[] => {
    const { input, step, waitMs } = asked;
    const { as, operation, region } = asked.request;
    const last = at === log.length - 1;
    const answer = last ? { evidence: 'asserted' as const, ...renewed(expected, asked, minted) } : answerOf(asked);
    const told = { ...(as !== undefined && { as }), input, ...answer };
    const written = referred(told, minted, options.place) as typeof told;
    remember(asked, minted);
    const call = { id: step, op: operation, ...(region !== regions[0] && { region }), ...written };
    return waitMs > 0 ? [{ id: `${step}wait`, waitSeconds: waitMs / 1000 }, call] : [call];
  });
  const source = { kind: 'reference model', cite: 'conformance/src/model', recorded: null };
  return { name, about, source, replay: 'as-is', regions, steps };
}

// Of the commands before the last only the outcome is told.
function answerOf({ reply }: Asked): Pick<CallStep, 'evidence' | 'error'> {
  if (reply.status === 200) return { evidence: 'succeeded' };
  return { evidence: 'asserted', error: { code: outcomeOf(reply) } };
}

// Where something new was wanted and something known came, the transcript says which.
function renewed(expected: Wanted, { reply }: Asked, minted: ReadonlyMap<string, string>): Wanted {
  const again = (pattern: Json, got: unknown): Json => {
    if (!isRecord(pattern)) return pattern;
    const known = '$any' in pattern && typeof got === 'string' ? minted.get(got) : undefined;
    if (known !== undefined) return { $allOf: [pattern as Json, { $not: { $ref: known } }] };
    const parts = isRecord(got) ? got : {};
    return Object.fromEntries(Object.entries(pattern).map(([name, part]) => [name, again(part as Json, parts[name])]));
  };
  return expected.output === undefined ? expected : { ...expected, output: again(expected.output, reply.body) };
}

// Long enough that nobody meets them by accident.
const shortest = 20;

function remember({ reply, step }: Asked, minted: Map<string, string>): void {
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string' && value.length >= shortest && !/\s/.test(value) && !minted.has(value))
      minted.set(value, path);
    if (isRecord(value)) for (const [member, part] of Object.entries(value)) visit(part, `${path}.${member}`);
  };
  if (reply.status === 200) visit(reply.body, step);
}

/** The value with references in the place of minted texts, and words in that of the account. */
function referred(value: unknown, minted: ReadonlyMap<string, string>, place: Place): unknown {
  if (typeof value === 'string') return referredText(value, minted, place);
  if (Array.isArray(value)) return value.map((part) => referred(part, minted, place));
  if (!isRecord(value)) return value;
  const { $base64: base64 } = value;
  const known = typeof base64 === 'string' ? minted.get(base64) : undefined;
  if (known !== undefined) return { $ref: known };
  const form = Object.keys(value)[0] ?? '';
  if (['$ref', '$literal', '$template', '$base64', '$any'].includes(form)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, part]) => [member, referred(part, minted, place)]));
}

function referredText(text: string, minted: ReadonlyMap<string, string>, place: Place): Json {
  const whole = minted.get(text);
  if (whole !== undefined) return { $ref: whole };
  let template = text.replaceAll('$', '${dollar}');
  for (const [value, path] of minted) template = template.replaceAll(value, `\${${path}}`);
  template = template.replaceAll(place.callerArn, '${callerArn}').replaceAll(place.account, '${account}');
  return template === text ? text : { $template: template };
}
