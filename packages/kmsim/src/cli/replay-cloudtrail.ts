// `kmsim replay cloudtrail.json.gz`: the calls of a log under other policies, and where their outcome would differ.

import { stat } from 'node:fs/promises';
import { printable } from '@kmsim/authz';
import { beginningOf, logFiles, recordsOf } from '../cloudtrail/log-files.ts';
import { replayCloudTrail } from '../cloudtrail/replay-cloudtrail.ts';
import { cloudTrailText } from '../cloudtrail/report-text.ts';
import { type CloudTrailFiles, givenIn } from './cloudtrail-files.ts';
import { visibleJson, wordsFor } from './command-error.ts';
import { InputFiles } from './input-files.ts';

export interface CloudTrailFlags extends CloudTrailFiles {
  readonly json: boolean;
  /** Uncertain differences count, too, and keys that are given and not in the log. */
  readonly strict: boolean;
  readonly target: string;
}

/** Whether a path has CloudTrail records: the first file of a folder tells. What cannot be read is for others to complain about. */
export async function isCloudTrail(path: string): Promise<boolean> {
  try {
    const [first] = (await stat(path)).isDirectory() ? await logFiles([path]) : [path];
    if (first === undefined) return false;
    return looksLikeLog(await beginningOf(first));
  } catch {
    return false;
  }
}

// A list of records under its name, or the members that every record has near its beginning, also in a text of lookup-events.
function looksLikeLog(beginning: string): boolean {
  return (
    /^\W*"(?:Records|Events)"\s*:\s*\[/.test(beginning) || /\\?"event(?:Source|Version|Name)\\?"\s*:/.test(beginning)
  );
}

/** The exit code: 0 when every outcome would be as it was, 1 when one differs (`strict`: or may, or a given key is not in the log), 2 when nothing can be said. */
export async function replayCloudTrailFiles(paths: readonly string[], flags: CloudTrailFlags): Promise<0 | 1 | 2> {
  const { json, strict, target } = flags;
  const { stderr, stdout } = process;
  // The line is written over.
  const clear = (): void => void (stderr.isTTY === true && stderr.write('\r\u001b[K'));
  try {
    if (paths.length === 0) throw new Error('Policies go with a CloudTrail log: name one.');
    if (target !== 'in-process') throw new Error('A log is judged in a simulation of its own: leave --target out.');
    const given = await givenIn(new InputFiles(), flags);
    const files = await logFiles(paths);
    const report = await replayCloudTrail(() => recordsOf(files), {
      ...given,
      onProgress: ({ phase, records }) => {
        if (stderr.isTTY === true) stderr.write(`\r\u001b[K${phase}: ${records} records`);
      },
    });
    clear();
    if (report.events.kms === 0) throw new Error(`${paths.join(', ')}: no event of KMS is in it.`);
    stdout.write(json ? `${visibleJson(report)}\n` : cloudTrailText(report, paths));
    return report.events.different + (strict ? report.events.uncertain + report.unused.length : 0) > 0 ? 1 : 0;
  } catch (error) {
    clear();
    stderr.write(`kmsim: ${printable(wordsFor(error, 'replay'))}\n`);
    return 2;
  }
}
