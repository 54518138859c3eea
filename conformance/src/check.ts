// Checks of a transcript before it is played: a misspelt member or form must not pass as one that demands nothing.

import { isOperationName } from '@kmsim/kms';
import { pairSpecs } from './client/key-pair.ts';
import { inputForms, soleForm } from './inputs.ts';
import { kinds } from './kinds.ts';
import { matcherForms } from './match.ts';
import { type Transcript, TranscriptError } from './transcript.ts';
import { isRecord, show } from './values.ts';

const transcriptMembers = ['name', 'about', 'source', 'replay', 'stale', 'notes', 'regions', 'steps'];
const replays = ['as-is', 'adjust', 'superseded', 'unconfirmed', 'external'];
const stepMembers: readonly string[] = [
  ...[
    'id',
    'op',
    'region',
    'as',
    'input',
    'output',
    'error',
    'make',
    'waitSeconds',
    'evidence',
    'condition',
    'recordedAs',
    'recordedScope',
  ],
  ...['additionalFields', 'emptyBody', 'laterFields', 'poll', 'paginate', 'stale', 'notes'],
];
const errorMembers = ['code', 'status', 'message', 'type', 'messageMember'];
const makeKinds = ['randomBytes', 'value', 'keyPair', 'rsaOaepEncrypt'];
const makeMembers = ['as', 'publicExponent', ...makeKinds];
const evidences = ['recorded', 'asserted', 'succeeded', 'documented'];
const ownWords = /^(region\d*|account|callerArn|dollar|uid\d+|any:\w+)$/;

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
    const reason = isRecord(step) ? faultOfStep(step, known, value) : 'not an object';
    if (reason !== undefined) fail(`step ${id}: ${reason}`);
  }
  return value as unknown as Transcript;
}

function faultOfStep(
  step: Record<string, unknown>,
  known: Set<string>,
  transcript: Record<string, unknown>,
): string | undefined {
  const { id, op, make, input, output, error, region, evidence, poll, waitSeconds } = step;
  if (typeof id !== 'string') return 'has no id';
  if (known.has(id)) return 'another step has this id';
  const stranger = Object.keys(step).find((name) => !stepMembers.includes(name));
  if (stranger !== undefined) return `no member '${stranger}' is known`;
  if ([op, make, waitSeconds].filter((kind) => kind !== undefined).length !== 1) {
    return 'has not exactly one of op, make and waitSeconds';
  }
  if (waitSeconds !== undefined) return isTime(waitSeconds) ? undefined : 'waitSeconds is no time above zero';
  if (make !== undefined) {
    const fault = faultOfMake(make) ?? faultOfForms(make, known, inputForms);
    known.add(id);
    return fault;
  }
  if (!isKnown(op, transcript)) return `${show(op)} is no operation of KMS`;
  if (!isRecord(input)) return 'has no input';
  if (output !== undefined && error !== undefined) return 'has both output and error';
  if (!evidences.includes(evidence as string))
    return `evidence is ${show(evidence)}, not one of ${evidences.join(', ')}`;
  if (evidence === 'succeeded' && (output ?? error) !== undefined) return 'expects more than success on no evidence';
  if (region !== undefined && !(transcript['regions'] as unknown[]).includes(region)) {
    return `${show(region)} is none of the regions`;
  }
  const inError = error === undefined ? undefined : faultOfError(error);
  if (inError !== undefined) return inError;
  if (poll !== undefined && !isPoll(poll)) return 'poll has no timeoutSeconds and intervalSeconds above zero';
  const asked = faultOfForms([input, step['as'] ?? null], known, inputForms);
  known.add(id);
  return asked ?? faultOfForms(output ?? error, known, [...inputForms, ...matcherForms]);
}

// A scenario that needs another service says so as a whole, and names its operations with the service.
function isKnown(op: unknown, { replay }: Record<string, unknown>): boolean {
  if (typeof op !== 'string') return false;
  return isOperationName(op) || (replay === 'external' && /^[a-z]+:[A-Za-z]+$/.test(op));
}

function faultOfError(error: unknown): string | undefined {
  if (!isRecord(error) || typeof error['code'] !== 'string') return 'error has no code';
  const stranger = Object.keys(error).find((name) => !errorMembers.includes(name));
  return stranger === undefined ? undefined : `no member '${stranger}' of an error is known`;
}

function isPoll(poll: unknown): boolean {
  if (!isRecord(poll)) return false;
  return isTime(poll['timeoutSeconds']) && isTime(poll['intervalSeconds']);
}

function isTime(seconds: unknown): boolean {
  return typeof seconds === 'number' && seconds > 0;
}

function faultOfMake(make: unknown): string | undefined {
  if (!isRecord(make) || typeof make['as'] !== 'string') return 'make has no name for what it makes';
  const stranger = Object.keys(make).find((name) => !makeMembers.includes(name));
  if (stranger !== undefined) return `nothing makes '${stranger}'`;
  const { as, keyPair } = make;
  if (makeKinds.filter((kind) => make[kind] !== undefined).length !== 1) {
    return `make has not exactly one of ${makeKinds.join(', ')}`;
  }
  if (keyPair === undefined) return undefined;
  if (!pairSpecs.includes(keyPair as string)) return `no key pair of ${show(keyPair)} can be made`;
  return /^\w+,\s*\w+$/.test(as) ? undefined : 'a key pair has two names: private key, public key';
}

// Forms are known ones, alone in their object, and refer to steps that came before.
function faultOfForms(value: unknown, known: ReadonlySet<string>, forms: readonly string[]): string | undefined {
  if (Array.isArray(value)) return firstFault(value, (part) => faultOfForms(part, known, forms));
  if (!isRecord(value)) return undefined;
  const [name, argument] = soleForm(value) ?? [];
  if (name === undefined) return firstFault(Object.values(value), (part) => faultOfForms(part, known, forms));
  if (Object.keys(value).length > 1) return `${name} is not alone in its object`;
  if (!forms.includes(name)) return `${name} is not known here`;
  if (name === '$literal') return undefined;
  if (name === '$any' && !Object.hasOwn(kinds, String(argument))) return `no kind ${show(argument)} is known`;
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
