// T22: hostile values into every public method: what comes out is an answer or an error that the API knows, soon, and nothing is polluted.

import fc from 'fast-check';
import { createKmsim, KmsError, type Kmsim, KmsimError } from 'kmsim';
import { assertProperty } from '../../src/properties.ts';
import { trial } from '../../src/trial.ts';
import { type Public, publicMethods } from './methods.ts';
import { pollution } from './prototypes.ts';
import { type Argument, givenArguments, log, longList, made, planted } from './values.ts';

const callsOfSimulation = 300;
const longestMs = 1_000;

trial('T22', 'hostile values into every public method', async (context) => {
  const methods = publicMethods();
  const byName = new Map(methods.map(({ name, of }) => [name, of]));
  const met = new Map<string, number>();
  const outcomes = { answered: 0, refused: 0 };
  const stray: unknown[] = [];
  const listen = (reason: unknown): void => void stray.push(reason);
  process.on('unhandledRejection', listen);
  let sim: Kmsim = createKmsim({ seed: 'hostile', trace: true });
  let calls = 0;
  const property = fc.asyncProperty(fc.constantFrom(...byName.keys()), givenArguments, async (name, given) => {
    const of = byName.get(name) as Public['of'];
    calls += 1;
    if (calls % callsOfSimulation === 0) sim = createKmsim({ seed: 'hostile', trace: true });
    met.set(name, (met.get(name) ?? 0) + 1);
    const before = process.cpuUsage();
    const fault = await faultOf(
      name,
      () => of(sim)(...given.map((one) => made(one, name === 'replayCloudTrail' ? log : longList))),
      outcomes,
    );
    const { user } = process.cpuUsage(before);
    if (fault !== undefined) throw new Error(`${name}(${told(given)}): ${fault}`);
    if (user / 1_000 > longestMs) throw new Error(`${name}(${told(given)}) took ${Math.round(user / 1_000)} ms`);
    if (stray.length > 0) throw new Error(`${name}(${told(given)}) leaves a rejection behind: ${stray.splice(0)}`);
    const polluted = pollution();
    if (polluted !== undefined) throw new Error(`${name}(${told(given)}) changes ${polluted}`);
  });
  try {
    const count = await assertProperty(context, property, {
      runs: context.size(20_000, 2_000_000),
    });
    const missed = methods.filter(({ name }) => !met.has(name)).map(({ name }) => name);
    return [
      {
        count,
        of: 'calls hang, pollute a prototype, or end with what is no answer and no error of ours',
        failures: 0,
        note: `${outcomes.answered.toLocaleString('en-US')} answered, ${outcomes.refused.toLocaleString('en-US')} refused`,
      },
      ...(context.path === undefined
        ? [
            {
              count: methods.length,
              of: 'public methods never called',
              failures: missed.length,
              note: missed.join(', ') || 'none',
            },
          ]
        : []),
    ];
  } finally {
    process.off('unhandledRejection', listen);
  }
});

/** What nobody answers is a hang, too. */
async function within(answer: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), 10 * longestMs);
  });
  await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** What is wrong with the outcome of a call. */
async function faultOf(
  name: string,
  call: () => unknown,
  outcomes: { answered: number; refused: number },
): Promise<string | undefined> {
  try {
    const answer = call();
    // Only a promise is waited for: what else has a `then` came from the caller.
    if (answer instanceof Promise) await within(answer);
    outcomes.answered += 1;
    return undefined;
  } catch (error) {
    // Of an option it is the caller's own getter that throws; a request to KMS is answered whatever it does.
    if (isOfValue(error) && !name.startsWith('sim.as().')) return undefined;
    if (error === planted) return 'what the value throws comes out';
    const isOurs = error instanceof KmsimError || error instanceof KmsError;
    if (!isOurs) return error instanceof Error ? (error.stack ?? error.message) : `throws ${typeof error}`;
    if (/Internal/.test(error.code)) return `${error.code}: ${error.message}`;
    outcomes.refused += 1;
    return undefined;
  }
}

function isOfValue(error: unknown): boolean {
  return (
    error === planted ||
    (error instanceof TypeError &&
      /proxy that has been revoked$|^Class constructors? .*without 'new'$/.test(error.message))
  );
}

function told(given: readonly Argument[]): string {
  return given
    .map((one) => fc.stringify(one))
    .join(', ')
    .slice(0, 300);
}
