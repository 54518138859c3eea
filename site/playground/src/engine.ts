// Runs a script in the real engine: the requests as JSON over the SDK's door, the decisions and the events from the simulation.

import { createKmsim, type Decision, type ExplainOptions, type Explanation, type Kmsim, KmsimError } from 'kmsim';
import { nearest } from '../../../packages/kmsim/src/did-you-mean.ts';
import { adviceIn, viewOf } from './decision-view.ts';
import { type Input, parse, requestOf, type Unusable } from './request-text.ts';
import type { CallResult, ClockResult, DecisionView, Mistake, Run, StepResult, Waiting } from './run.ts';
import type { CallStep, Principal, Script } from './script.ts';

/** One for all: whoever opens a shared address sees the same ids, and the same bytes. */
const seed = 'playground';
const target = 'TrentService.';

export async function runScript(script: Script): Promise<Run> {
  const began = performance.now();
  const principals = new Map<number, string>();
  const sim = createKmsim({ seed, backend: 'portable', ...(script.region !== '' && { region: script.region }) });
  for (const [at, principal] of script.principals.entries()) {
    const problem = problemOf(() => sim.identities.put(identityOf(principal)));
    if (problem !== undefined) principals.set(at, problem);
  }
  const room = new Room(sim);
  const steps: StepResult[] = [];
  for (const [at, step] of script.steps.entries())
    steps.push(step.kind === 'clock' ? room.advance(step.advance) : await room.call(step, at + 1));
  const now = sim.clock.now().toISOString();
  sim.close();
  return { principals, steps, operations: room.operations, now, milliseconds: performance.now() - began };
}

class Mistaken extends Error {}

function identityOf({ arn, policy }: Principal): Parameters<Kmsim['identities']['put']>[0] {
  if (policy.trim() === '') return { arn };
  const parsed = parse(policy);
  if ('problem' in parsed) throw new Mistaken(parsed.problem);
  return { arn, policies: { [arn.split('/').at(-1) ?? arn]: policy } };
}

/** The sentence of a mistake; what is none is a defect, and goes on. */
function problemOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof KmsimError || error instanceof Mistaken) return error.message;
    throw error;
  }
}

function mistake(problem: string, field: Mistake['field'] = 'other'): Mistake {
  return { kind: 'mistake', field, problem };
}

class Room {
  readonly #sim: Kmsim;
  readonly #answers: Map<string, unknown> = new Map();
  /** By the names of steps: which step has to be mended before there is an answer. */
  readonly #culprits: Map<string, number> = new Map();
  readonly operations: readonly string[];

  constructor(sim: Kmsim) {
    this.#sim = sim;
    this.operations = operationsOf(sim);
  }

  advance(duration: string): ClockResult | Mistake {
    const before = this.#sim.trail.events.length;
    const problem = problemOf(() => this.#sim.clock.advance(duration.trim()));
    if (problem !== undefined) return mistake(problem);
    const events = this.#sim.trail.events.slice(before);
    return { kind: 'clock', at: this.#now(), events, due: events.map(({ eventName }) => eventName) };
  }

  async call(step: CallStep, number: number): Promise<CallResult | Mistake | Waiting> {
    const { name, operation } = step;
    const sim = this.#sim;
    if (name !== '') this.#expect(name, number);
    if (!this.operations.includes(operation)) return mistake(this.#unknown(operation));
    const read = requestOf(step.input, this.#answers);
    if ('problem' in read) return this.#notSent(read, step);
    const caller = { ...(step.as !== '' && { as: step.as }), ...(step.region !== '' && { region: step.region }) };
    const handler = configured(sim, caller);
    if (typeof handler === 'string') return mistake(handler);
    const before = sim.fork();
    try {
      const known = sim.trail.events.length;
      const headers = { 'x-amz-target': `${target}${operation}`, 'content-type': 'application/x-amz-json-1.1' };
      const { response } = await handler.handle({ headers, body: JSON.stringify(read.input) });
      const answer: unknown = JSON.parse(new TextDecoder().decode(response.body) || '{}');
      const isAnswered = response.statusCode === 200;
      if (isAnswered && name !== '') this.#answers.set(name, answer);
      const events = sim.trail.events.slice(known);
      const { decision, key } = this.#decided(events);
      const question = (keyId?: string): ExplainOptions => ({ ...caller, ...questionOf(operation, read.input, keyId) });
      const why = reasons(before, [question(key), question()], decision);
      return {
        kind: 'call',
        outcome: isAnswered ? 'answer' : why.decisions.some(({ outcome }) => outcome !== 'Allow') ? 'denied' : 'error',
        ...faultIn(isAnswered ? {} : answer),
        answer,
        readable: isAnswered ? readableIn(answer) : [],
        ...why,
        events,
        at: this.#now(),
      };
    } finally {
      before.close();
    }
  }

  /** What a refusal was decided on, and which key the call was about. */
  #decided(events: Kmsim['trail']['events']): {
    readonly decision: Decision | undefined;
    readonly key: string | undefined;
  } {
    const event = events.find(({ eventType }) => eventType === 'AwsApiCall');
    const decision = event && this.#sim.trail.decisionOn(event);
    const resource = decision?.request.resource ?? event?.resources?.[0]?.ARN;
    return { decision, key: resource?.includes(':key/') ? resource : undefined };
  }

  #expect(name: string, number: number): void {
    this.#answers.set(name, undefined);
    this.#culprits.set(name, number);
  }

  /** What waits for a step that waits, waits for what that one waits for. */
  #notSent({ problem, waitsFor }: Unusable, { name }: CallStep): Mistake | Waiting {
    const culprit = this.#culprits.get(waitsFor ?? '');
    if (culprit === undefined || waitsFor === name) return mistake(problem, 'request');
    if (name !== '') this.#culprits.set(name, culprit);
    return { kind: 'waits', step: culprit };
  }

  #unknown(operation: string): string {
    const near = nearest(operation, this.operations);
    const like = near === undefined ? 'The list of the field has all 56.' : `Did you mean ${near}?`;
    return operation === ''
      ? 'Name the operation: Encrypt, Decrypt, CreateKey.'
      : `KMS has no operation "${operation}". ${like}`;
  }

  #now(): string {
    return this.#sim.clock.now().toISOString();
  }
}

function operationsOf(sim: Kmsim): readonly string[] {
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(sim.as()));
  return methods
    .filter((name) => name !== 'constructor')
    .map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`)
    .sort();
}

type Caller = Pick<ExplainOptions, 'as' | 'region'>;

function configured(sim: Kmsim, caller: Caller): ReturnType<Kmsim['clientConfig']>['requestHandler'] | string {
  try {
    return sim.clientConfig(caller).requestHandler;
  } catch (error) {
    if (error instanceof KmsimError) return error.message;
    throw error;
  }
}

function questionOf(operation: string, input: Input, key: string | undefined): ExplainOptions {
  const { AliasName, EncryptionAlgorithm: _, EncryptionContext, GrantId, GrantTokens, KeyId, ...rest } = input;
  const keyId = key ?? (typeof KeyId === 'string' ? KeyId : undefined);
  const context = EncryptionContext as Readonly<Record<string, string>> | undefined;
  return {
    operation: operation as ExplainOptions['operation'],
    input: rest,
    ...(keyId !== undefined && { keyId }),
    ...(typeof AliasName === 'string' && { aliasName: AliasName }),
    ...(typeof GrantId === 'string' && { grantId: GrantId }),
    ...(Array.isArray(GrantTokens) && { grantTokens: GrantTokens }),
    ...(context !== undefined && { encryptionContext: context }),
  };
}

/** As it was decided. For an answer, and for advice, the same question is asked in a copy of the simulation from before the call. */
function reasons(
  before: Kmsim,
  questions: readonly ExplainOptions[],
  refused: Decision | undefined,
): { readonly decisions: readonly DecisionView[]; readonly advice: readonly string[] } {
  const explanation = questions.map((question) => explained(before, question)).find((found) => found !== undefined);
  if (refused !== undefined) {
    const advice = explanation === undefined || explanation.allowed ? [] : adviceIn(explanation);
    return { decisions: [viewOf(refused)], advice };
  }
  return { decisions: explanation?.allowed ? explanation.decisions.map(viewOf) : [], advice: [] };
}

/** Nothing for a key that was not there, and for a request that KMS does not take: nothing was decided. */
function explained(sim: Kmsim, question: ExplainOptions): Explanation | undefined {
  try {
    return sim.explain(question);
  } catch {
    return undefined;
  }
}

function faultIn(answer: unknown): { readonly error: string; readonly message: string } {
  const { Message, __type, message } = answer as { __type?: string; Message?: string; message?: string };
  return { error: __type?.split('#').at(-1) ?? '', message: Message ?? message ?? '' };
}

// Letters, digits, signs and spaces alone: ciphertexts are none.
const readable = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}\n]{1,200}$/u;

function readableIn(answer: unknown): readonly (readonly [string, string])[] {
  const { Plaintext } = answer as { Plaintext?: unknown };
  if (typeof Plaintext !== 'string') return [];
  try {
    const bytes = Uint8Array.from(atob(Plaintext), (octet) => octet.charCodeAt(0));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return readable.test(text) ? [['Plaintext', text]] : [];
  } catch {
    return [];
  }
}
