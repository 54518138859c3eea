// Checks of a transcript before it is played: a misspelt member or form must not pass as one that demands nothing.

import { inputForms, soleForm } from './inputs.ts';
import { matcherForms } from './match.ts';
import { unbuiltForms, unbuiltMakes } from './not-built.ts';
import { type Transcript, TranscriptError } from './transcript.ts';
import { isRecord, show } from './values.ts';

const transcriptMembers = ['name', 'about', 'source', 'replay', 'stale', 'notes', 'regions', 'steps'];
const replays = ['as-is', 'adjust', 'superseded', 'unconfirmed', 'external'];
const stepMembers: readonly string[] = [
  ...['id', 'op', 'region', 'input', 'output', 'error', 'make', 'evidence', 'condition', 'recordedAs', 'recordedScope'],
  ...['additionalFields', 'laterFields', 'poll', 'paginate', 'stale', 'notes'],
];
const makeMembers = ['as', 'randomBytes', 'value', 'publicExponent', ...unbuiltMakes];
const evidences = ['recorded', 'asserted', 'succeeded'];
const ownWords = /^(region\d*|account|callerArn|uid\d+|any:\w+)$/;

/** The value as a transcript; raises a TranscriptError with file, step and reason when it is none. */
export function checkTranscript(file: string, value: unknown): Transcript {
  const fail = (reason: string): never => {
    throw new TranscriptError(`${file}: ${reason}`);
  };
  if (!isRecord(value)) return fail('not an object');
  const stranger = Object.keys(value).find((name) => !transcriptMembers.includes(name));
  if (stranger !== undefined) fail(`no member '${stranger}' is known`);
  for (const name of ['name', 'about']) if (typeof value[name] !== 'string') fail(`${name} is no text`);
  if (!replays.includes(value['replay'] as string))
    fail(`replay is ${show(value['replay'])}, not one of ${replays.join(', ')}`);
  if (!isRecord(value['source']) || !('recorded' in value['source'])) fail('source does not say when it was recorded');
  if (!isListOfTexts(value['regions']) || value['regions'].length === 0) fail('regions is no list of Regions');
  if (!Array.isArray(value['steps']) || value['steps'].length === 0) fail('steps is no list of steps');
  const known = new Set<string>();
  for (const [at, step] of (value['steps'] as unknown[]).entries()) {
    const id = isRecord(step) && typeof step['id'] === 'string' ? step['id'] : `number ${at + 1}`;
    const reason = isRecord(step) ? faultOfStep(step, known, value['regions'] as string[]) : 'not an object';
    if (reason !== undefined) fail(`step ${id}: ${reason}`);
  }
  return value as unknown as Transcript;
}

function faultOfStep(
  step: Record<string, unknown>,
  known: Set<string>,
  regions: readonly string[],
): string | undefined {
  const { id, op, make, input, output, error, region, evidence } = step;
  if (typeof id !== 'string') return 'has no id';
  if (known.has(id)) return 'another step has this id';
  const stranger = Object.keys(step).find((name) => !stepMembers.includes(name));
  if (stranger !== undefined) return `no member '${stranger}' is known`;
  if ((op === undefined) === (make === undefined)) return 'has not exactly one of op and make';
  if (make !== undefined) {
    const fault = faultOfMake(make) ?? faultOfForms(make, known, inputForms);
    known.add(id);
    return fault;
  }
  if (!isRecord(input)) return 'has no input';
  if (output !== undefined && error !== undefined) return 'has both output and error';
  if (!evidences.includes(evidence as string))
    return `evidence is ${show(evidence)}, not one of ${evidences.join(', ')}`;
  if (evidence === 'succeeded' && (output ?? error) !== undefined) return 'expects more than success on no evidence';
  if (region !== undefined && !regions.includes(region as string)) return `${show(region)} is none of the regions`;
  if (error !== undefined && (!isRecord(error) || typeof error['code'] !== 'string')) return 'error has no code';
  const inInput = faultOfForms(input, known, inputForms);
  known.add(id);
  return inInput ?? faultOfForms(output ?? error, known, [...inputForms, ...matcherForms]);
}

function faultOfMake(make: unknown): string | undefined {
  if (!isRecord(make) || typeof make['as'] !== 'string') return 'make has no name for what it makes';
  const stranger = Object.keys(make).find((name) => !makeMembers.includes(name));
  return stranger === undefined ? undefined : `nothing makes '${stranger}'`;
}

// Forms are known ones, alone in their object, and refer to steps that came before.
function faultOfForms(value: unknown, known: ReadonlySet<string>, forms: readonly string[]): string | undefined {
  if (Array.isArray(value)) return firstFault(value, (part) => faultOfForms(part, known, forms));
  if (!isRecord(value)) return undefined;
  const [name, argument] = soleForm(value) ?? [];
  if (name === undefined) return firstFault(Object.values(value), (part) => faultOfForms(part, known, forms));
  if (Object.keys(value).length > 1) return `${name} is not alone in its object`;
  if (!forms.includes(name) && !unbuiltForms.includes(name)) return `${name} is not known here`;
  if (name === '$ref') return faultOfReference(argument, known);
  if (name === '$template') return faultOfTemplate(argument, known);
  return faultOfForms(argument, known, forms);
}

function faultOfReference(reference: unknown, known: ReadonlySet<string>): string | undefined {
  const [step = ''] = String(reference).split('.');
  return known.has(step) ? undefined : `refers to ${show(reference)}, and no step ${step} came before`;
}

function faultOfTemplate(template: unknown, known: ReadonlySet<string>): string | undefined {
  const names = [...String(template).matchAll(/\$\{([^}]*)\}/g)].map((found) => found[1] ?? '');
  return firstFault(names, (name) => (ownWords.test(name) ? undefined : faultOfReference(name, known)));
}

function firstFault<T>(items: readonly T[], fault: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = fault(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isListOfTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
