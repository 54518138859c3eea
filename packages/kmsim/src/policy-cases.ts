// Policy tests in a file, each a test of its own: `for (const c of policyCases(file)) test(c.title, () => c.check())`.

import { type CaseResult, explainDecision, readCases, repeatedMember, runCase } from '@kmsim/authz';
import { jsonFault } from './json-fault.ts';
import { KmsimError } from './kmsim-error.ts';
import { nodeFiles } from './node-files.ts';
import { shown } from './option-forms.ts';
import { plainJson } from './plain-json.ts';

export interface PolicyCase {
  readonly id: string;
  /** `AZ004: Key policy names the user directly`. */
  readonly title: string;
  /** The outcome, who decided, and whether that is what the case expects. */
  run(): CaseResult;
  /** Throws, with the reasons of the decision, when the outcome is not what the case expects. */
  check(): void;
}

/** `file`: a path, a URL (`new URL('./cases.json', import.meta.url)`), or what such a file contains. */
export function policyCases(file: string | object): readonly PolicyCase[] {
  const fromFile = typeof file === 'string' || file instanceof URL;
  const read = readCases(fromFile ? contentOf(file) : contentIn(file));
  if (!read.ok) throw new KmsimError('InvalidCases', `${fromFile ? `${file}: ` : ''}${read.problem}.`);
  const { cases, defaults } = read;
  return cases.map((written) => {
    const { id, title } = written;
    const run = (): CaseResult => runCase(written, defaults);
    return { id, title: title === undefined ? id : `${id}: ${title}`, run, check: () => check(run()) };
  });
}

/** What came and what was expected, in one line. */
export function outcomeOf(result: CaseResult): string {
  const { decidedBy, expected, outcome, passed, problem } = result;
  const by = decidedBy === undefined ? '' : ` by ${decidedBy}`;
  if (problem !== undefined) return `cannot be asked: ${problem} Expected: ${expected}`;
  return `${outcome}${by}${passed ? '' : `, not as expected: ${wantedOf(result)}`}`;
}

function wantedOf({ expected, expectedBy, expectedOutcome }: CaseResult): string {
  const isSaid = expectedOutcome === undefined || expectedOutcome.toLowerCase() === expected.toLowerCase();
  const outcome = isSaid ? expected : `${expected} (${expectedOutcome})`;
  if (expectedBy === undefined) return outcome;
  return `${outcome} by ${expectedBy ?? 'no statement'}`;
}

/** The reasons: of all permissions that were asked for, the last one decided. */
export function reasonsOf({ decisions }: CaseResult): string | undefined {
  const last = decisions.at(-1);
  return last && explainDecision(last);
}

function check(result: CaseResult): void {
  if (!result.passed) throw new Error([outcomeOf(result), reasonsOf(result) ?? []].flat().join('\n'));
}

// As it would come out of a file: without holes, and without what only a program can hold.
function contentIn(file: object): unknown {
  const text = plainJson(file);
  if (text === undefined) throw new KmsimError('InvalidCases', `${shown(file)} cannot be written as JSON.`);
  return JSON.parse(text) as unknown;
}

function contentOf(file: string | URL): unknown {
  let text: string;
  try {
    text = nodeFiles().readFileSync(file, 'utf8');
  } catch (cause) {
    throw new KmsimError('InvalidCases', `${file} cannot be read.`, { cause });
  }
  const fault = jsonFault(text);
  if (fault !== undefined) throw new KmsimError('InvalidCases', `${file} is not JSON: ${fault}.`);
  const twice = repeatedMember(text);
  if (twice !== undefined)
    throw new KmsimError('InvalidCases', `${file} has the member ${JSON.stringify(twice)} twice.`);
  return JSON.parse(text) as unknown;
}
