// Key spec by key spec, and each operation in each key state: proved, asserted, unproved, not built.

import { keySpecTable } from '../documented/key-specs.ts';
import { keyStates, stateTable } from '../documented/key-states.ts';
import type { Measurement } from './measure.ts';
import type { Observation } from './observe.ts';
import { standingOf } from './operations-section.ts';

// Raised before anybody looks at the key.
const beforeTheKey: ReadonlySet<string> = new Set(['SerializationException', 'ValidationException']);
// An operation that names no key, such as DeleteAlias, is on the page by its result alone.
const asMarks: Readonly<Record<string, string>> = { passed: 'D', 'not built': '-' };
const marks = { recording: 'R', documentation: 'D' } as const;

export function keySpecsSection({ observations }: Measurement): readonly string[] {
  const rows = Object.keys(keySpecTable).map((keySpec) => {
    const operations = [...new Set(observations.filter((one) => one.keySpec === keySpec).map((one) => one.operation))];
    const by = (standing: string): string =>
      operations
        .filter((operation) => standingOf(observations, { operation, keySpec, outcome: 'success' }) === standing)
        .sort()
        .join(', ');
    return `| ${[keySpec, by('recording'), by('documentation')].join(' | ')} |`;
  });
  return [
    '## Key specs',
    '',
    'Operations that succeed on a key of the spec. What is in neither column is unproved or not built.',
    '',
    '| key spec | proved by a recording | asserted by documentation |',
    '|---|---|---|',
    ...rows,
  ];
}

export function keyStatesSection({ documented, observations }: Measurement): readonly string[] {
  const results = new Map(documented.map(({ path, result }) => [path, result.outcome]));
  const judged = observations.filter(({ outcome }) => !beforeTheKey.has(outcome));
  const operations = [...new Set([...Object.keys(stateTable), ...recordedOnKeys(judged)])].sort();
  const cell = (operation: string, keyState: string): string => {
    const standing = standingOf(judged, { operation, keyState });
    if (standing !== undefined) return marks[standing];
    const asked = results.get(`documented/key-states/${operation}-${keyState}`);
    return asked === undefined ? ' ' : (asMarks[asked] ?? '!');
  };
  return [
    '## Key states',
    '',
    'What an operation does on a key in a state: R proved by a recording, D asserted by the',
    '[table of key states](https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html), - not built, empty unproved.',
    '',
    `| operation | ${keyStates.join(' | ')} |`,
    `|---|${keyStates.map(() => ':-:|').join('')}`,
    ...operations.map(
      (operation) => `| ${[operation, ...keyStates.map((state) => cell(operation, state))].join(' | ')} |`,
    ),
  ];
}

function recordedOnKeys(observations: readonly Observation[]): readonly string[] {
  return observations.filter(({ keyState }) => keyState !== undefined).map(({ operation }) => operation);
}
