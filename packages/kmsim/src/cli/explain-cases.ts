// `kmsim explain --cases`: every case of a file with its outcome and who decided.

import { printable } from '@kmsim/authz';
import { KmsimError } from '../kmsim-error.ts';
import { outcomeOf, policyCases, reasonsOf } from '../policy-cases.ts';
import { visibleJson } from './command-error.ts';
import { nameOf } from './input-files.ts';

interface Answered {
  readonly failed: boolean;
  readonly text: string;
  /** What keeps a case from being asked at all. */
  readonly problems: string;
}

export function explainCases(value: unknown, path: string, json: boolean): Answered {
  const cases = read(value, path).map((one) => ({ one, result: one.run() }));
  const failures = cases.filter(({ result }) => !result.passed);
  const failed = failures.length > 0;
  if (json) {
    const listed = cases.map(({ result: { id, outcome, decidedBy, expected, passed } }) => {
      return { id, outcome, decidedBy: decidedBy ?? null, expected, passed };
    });
    const problems = cases.flatMap(({ result: { id, problem } }) =>
      problem === undefined ? [] : [`${printable(`${id}: ${problem}`)}\n`],
    );
    return { failed, text: `${visibleJson({ cases: listed })}\n`, problems: problems.join('') };
  }
  const lines = cases.map(
    ({ one, result }) =>
      `${result.passed ? 'ok    ' : 'FAILED'}  ${printable(one.title)}\n        ${printable(outcomeOf(result))}`,
  );
  const reasons = failures.flatMap(({ one, result }) => {
    const why = reasonsOf(result);
    return why === undefined ? [] : [`\n${printable(one.title)}\n${why.replace(/^/gm, '  ')}`];
  });
  const count = `\n${cases.length - failures.length} of ${cases.length} cases are as expected.`;
  return { failed, text: `${[...lines, ...reasons, count].join('\n')}\n`, problems: '' };
}

function read(value: unknown, path: string): ReturnType<typeof policyCases> {
  if (typeof value !== 'object' || value === null) throw new Error(`${nameOf(path)}: the file is not an object.`);
  try {
    return policyCases(value);
  } catch (error) {
    if (error instanceof KmsimError) throw new Error(`${nameOf(path)}: ${error.problem}`);
    throw error;
  }
}
