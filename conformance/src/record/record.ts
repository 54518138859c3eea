// Performs a scenario against a target and writes down what came back, so that it can be replayed anywhere.

import { checkTranscript } from '../check.ts';
import { type Played, replay } from '../replay.ts';
import type { Result } from '../result.ts';
import { createScope, placedRegions } from '../scope.ts';
import type { Target } from '../target.ts';
import type { CallStep, Json, Source, Step, Transcript } from '../transcript.ts';
import { isRecord } from '../values.ts';
import { blobMembers } from '../wire-blobs.ts';
import { errorPatternOf, patternOf } from './pattern.ts';
import { createSymbols, type Symbols } from './symbols.ts';

export interface Recording {
  /** Passed, or why the scenario could not be performed to its end. */
  readonly result: Result;
  /** What was recorded up to there. */
  readonly transcript: Transcript;
}

/** The requests of the scenario are made as it writes them; of what it expects only the steps that wait are used. */
export async function record(scenario: Transcript, target: Target, source: Source): Promise<Recording> {
  const played = new Map<string, Played>();
  const bare: Transcript = { ...scenario, replay: 'as-is', steps: scenario.steps.map(withoutExpectation) };
  const result = await replay(bare, target, { onStep: (step) => played.set(step.step.id, step) });
  const symbols = createSymbols({
    account: target.account,
    // The root user of an account is named for other reasons too.
    ...(JSON.stringify(scenario.steps).includes('${callerArn}') && { callerArn: target.callerArn }),
    regions: placedRegions(scenario.regions, target.region),
    words: wordsOf(scenario, target),
  });
  const steps = scenario.steps.flatMap((step): readonly Step[] => {
    if (!('op' in step)) return [step];
    const answered = played.get(step.id);
    return answered === undefined ? [] : [recorded(step, answered, symbols)];
  });
  const { about, name, regions } = scenario;
  const transcript: Transcript = { name, about, source, replay: 'as-is', regions, steps };
  return { result, transcript: steps.length === 0 ? transcript : checkTranscript(name, transcript) };
}

/** A scenario as people write it: a transcript that may leave out everything but names, Regions and requests. */
export function scenarioOf(file: string, value: unknown): Transcript {
  if (!isRecord(value)) return checkTranscript(file, value);
  const steps = Array.isArray(value['steps']) ? value['steps'].map(withEvidence) : value['steps'];
  const source = { kind: 'scenario', cite: file, recorded: null };
  return checkTranscript(file, { about: '', source, replay: 'as-is', regions: ['us-east-1'], ...value, steps });
}

function withEvidence(step: unknown): unknown {
  return isRecord(step) && 'op' in step && !('evidence' in step)
    ? { ...step, evidence: 'output' in step || 'error' in step ? 'asserted' : 'succeeded' }
    : step;
}

// A stale step is played and not compared. A step that waits has to know what for.
function withoutExpectation(step: Step): Step {
  if (!('op' in step) || step.poll !== undefined) return step;
  const { additionalFields: _closed, error: _error, output: _output, ...asked } = step;
  return { ...asked, evidence: 'succeeded', stale: ['being recorded'] };
}

function recorded(step: CallStep, { reply, request }: Played, symbols: Symbols): CallStep {
  const { as, id, input, notes, op, paginate, poll, region } = step;
  const asked = { id, op, ...(region !== undefined && { region }), ...(as !== undefined && { as }), input };
  // How often it was asked and how many pages there were is no part of an answer.
  if (poll !== undefined || paginate === true) {
    const { evidence, output } = step;
    const how = { ...(poll !== undefined && { poll }), ...(paginate === true && { paginate }) };
    return { ...asked, ...how, ...(output !== undefined && { output }), evidence };
  }
  // What went in comes out again: Decrypt gives the plaintext that the scenario wrote down itself.
  for (const [member, form] of Object.entries(input)) {
    const bytes = request.body[member];
    if (blobMembers.has(member) && isRecord(form) && typeof bytes === 'string') symbols.learnForm(bytes, form as Json);
  }
  const kept = { ...asked, ...(notes !== undefined && { notes }), evidence: 'recorded' as const };
  const body = isRecord(reply.body) ? reply.body : {};
  if (reply.status !== 200) return { ...kept, error: errorPatternOf(reply.status, body, symbols) };
  return {
    ...kept,
    output: patternOf(id, body, symbols),
    additionalFields: false,
    emptyBody: reply.body === undefined,
  };
}

function wordsOf(scenario: Transcript, target: Target): Record<string, string> {
  const scope = createScope(scenario, target);
  const names = new Set([...JSON.stringify(scenario.steps).matchAll(/\$\{(uid\d+)\}/g)].map(([, name = '']) => name));
  return Object.fromEntries([...names].map((name) => [name, scope.variable(name)]));
}
