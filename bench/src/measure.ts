// Runs suites, each in a process of its own, and hears how far they are.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { profiled } from './profile.ts';
import { listen, type Round } from './progress.ts';
import type { Answer } from './saved-run.ts';
import { figure } from './statistics.ts';
import { fullEffort, type Suite, smokeEffort } from './suite.ts';
import { yardstick } from './yardstick.ts';

/** What a process says that runs a suite for another. */
type Message = { readonly round: Round } | { readonly answer: Answer };

export interface Way {
  readonly smoke: boolean;
  /** Where the profile of the suite goes. */
  readonly profile: string | undefined;
}

/** Runs a suite in this process. The machine's floor is measured before and after it. */
export async function runHere(suite: Suite, { profile, smoke }: Way): Promise<Answer> {
  const effort = smoke ? smokeEffort : fullEffort;
  const before = await yardstick(effort);
  const tables = await (profile === undefined ? suite.run(effort) : profiled(profile, () => suite.run(effort)));
  const after = await yardstick(effort);
  return { name: suite.name, about: suite.about, yardstick: figure('ns', [...before, ...after]), tables };
}

/** The process of one suite: its answer goes to the process that started it. False in any other process. */
export async function answerParent(suite: Suite, way: Way): Promise<boolean> {
  if (process.send === undefined) return false;
  const tell = (message: Message): Promise<void> =>
    new Promise((resolve, reject) => {
      process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
    });
  listen((round) => void tell({ round }).catch(() => {}));
  await tell({ answer: await runHere(suite, way) });
  process.disconnect();
  return true;
}

/** Runs a suite in a process of its own, started as the suite wants it; `args` ask for it. Rejects when it fails. */
export function runElsewhere(
  { name, nodeFlags }: Suite,
  args: readonly string[],
  onRound: (round: Round) => void,
): Promise<Answer> {
  const main = fileURLToPath(new URL('main.js', import.meta.url));
  // What it prints is no part of its answer, so it goes where progress and mistakes go.
  const child = spawn(process.execPath, [...nodeFlags, main, '--here', ...args], {
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.on('message', (message: Message) => {
      if ('round' in message) onRound(message.round);
      else answer = message.answer;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (answer !== undefined && code === 0) resolve(answer);
      else reject(new Error(`The suite ${name} failed${signal === null ? '' : ` (${signal})`}.`));
    });
  });
}
