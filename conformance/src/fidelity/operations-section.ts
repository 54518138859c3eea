// Operation by operation: what of it is proved by a recording, asserted by documentation, or unproved.

import { operationShapes } from '@kmsim/kms';
import type { Measurement } from './measure.ts';
import type { Observation, Proof } from './observe.ts';

// No caller can bring these about, and a simulation has none of the causes.
const faultsOfTheService: ReadonlySet<string> = new Set([
  'DependencyTimeoutException',
  'KMSInternalException',
  'KeyUnavailableException',
]);

/** On whose word an outcome of an operation stands; the recording before the page. */
export function standingOf(observations: readonly Observation[], wanted: Partial<Observation>): Proof | undefined {
  const seen = observations.filter((one) =>
    Object.entries(wanted).every(([name, value]) => one[name as keyof Observation] === value),
  );
  if (seen.some(({ proof }) => proof === 'recording')) return 'recording';
  return seen.length > 0 ? 'documentation' : undefined;
}

/** Operations that were answered with HTTP 501, for all keys or for some. */
function unbuilt({ documented, recorded }: Measurement): ReadonlySet<string> {
  const names = [...recorded, ...documented].map(({ result }) => (result.outcome === 'not built' ? result.what : ''));
  return new Set(names.filter((name) => name !== ''));
}

export function operationsSection(measurement: Measurement): readonly string[] {
  const { observations } = measurement;
  const missing = unbuilt(measurement);
  const rows = Object.entries(operationShapes).map(([operation, { errors }]) => {
    const modelled = errors.filter((code) => !faultsOfTheService.has(code));
    const others = observations.filter((one) => one.operation === operation).map(({ outcome }) => outcome);
    const outcomes = ['success', ...new Set([...modelled, ...others.filter((code) => code !== 'success')])];
    const cells = (standing: Proof | undefined): string =>
      outcomes.filter((outcome) => standingOf(observations, { operation, outcome }) === standing).join(', ');
    const nothing = !observations.some((one) => one.operation === operation);
    const name = nothing && missing.has(operation) ? `${operation} (not built)` : operation;
    return `| ${[name, cells('recording'), cells('documentation'), cells(undefined)].join(' | ')} |`;
  });
  return [
    '## Operations',
    '',
    'How each operation can end: success, the errors that the API model lists for it, and others that were seen. An outcome is',
    '*proved* when a step of a recording that has it is answered so, *asserted* when a scenario out of the documentation is, and',
    `*unproved* otherwise. Left out: ${[...faultsOfTheService].join(', ')}, which no caller can bring about.`,
    '',
    '| operation | proved by a recording | asserted by documentation | unproved |',
    '|---|---|---|---|',
    ...rows,
  ];
}
