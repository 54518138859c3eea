// `kmsim record`: performs a scenario and writes it down as a transcript; an HTTP archive is written down without asking anybody.

import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { machineNow } from '@kmsim/world';
import { loadTranscripts } from '../load.ts';
import { parseJson } from '../parse-json.ts';
import { isHar } from '../record/har.ts';
import { importHar } from '../record/import-har.ts';
import { record, scenarioOf } from '../record/record.ts';
import { describeResult } from '../result.ts';
import { isAws } from '../targets/choose-target.ts';
import { TargetError } from '../targets/target-error.ts';
import type { Source, Transcript } from '../transcript.ts';
import { type ExitCode, exitCodes, type Io } from './io.ts';
import { choose, cleanUp, inOrder, type TargetFlags } from './run.ts';

export interface RecordFlags extends TargetFlags {
  /** A file, or the path of a transcript of this package: `tags/tag-duplicate-keys`. */
  readonly scenario: string;
  /** Where the transcript goes; to the standard output when absent. */
  readonly output?: string | undefined;
  /** Replaces a file that is there. */
  readonly force?: boolean | undefined;
}

export async function recordCommand(flags: RecordFlags, io: Io): Promise<ExitCode> {
  const { scenario: name } = flags;
  const own = loadTranscripts().find(({ path }) => path === name)?.transcript;
  const value = own ?? parseJson(name, readFileSync(name, 'utf8'));
  if (isHar(value)) {
    write(importHar(name, plainName(name), value), flags, io);
    return exitCodes.good;
  }
  return perform(own ?? scenarioOf(name, value), flags, io);
}

async function perform(scenario: Transcript, flags: RecordFlags, io: Io): Promise<ExitCode> {
  const chosen = choose(flags, io, true);
  if (chosen === undefined) return exitCodes.misused;
  const unlisten = inOrder(io);
  try {
    const target = await chosen.open(scenario.name);
    try {
      const { result, transcript } = await record(scenario, target, sourceOf(flags, chosen.name));
      if (result.outcome === 'passed') write(transcript, flags, io);
      else io.stderr.write(`${scenario.name}: ${describeResult(result)}\n`);
      return result.outcome === 'passed' ? exitCodes.good : exitCodes.bad;
    } finally {
      await target.close?.();
    }
  } finally {
    unlisten();
    await cleanUp(chosen, io);
  }
}

function sourceOf({ region, target }: RecordFlags, name: string): Source {
  const recorded = new Date(machineNow()).toISOString().slice(0, 10);
  if (isAws(target))
    return { kind: 'recording', cite: `AWS KMS${region === undefined ? '' : `, ${region}`}`, recorded };
  return { kind: 'recording of a simulation', cite: name, recorded };
}

function write(transcript: Transcript, { force = false, output }: RecordFlags, io: Io): void {
  const named = output === undefined ? transcript : { ...transcript, name: plainName(output) };
  const text = `${JSON.stringify(named, undefined, 2)}\n`;
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(output, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new TargetError(`${output} is there already: --force replaces it`);
  }
  io.stderr.write(`${output}: ${transcript.steps.length} steps\n`);
}

function plainName(file: string): string {
  return basename(file).replace(/\.(har|json)$/, '');
}
