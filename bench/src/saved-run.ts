// A run as a file: what was measured, on what, of which kmsim.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandError } from './command-error.ts';
import type { Machine } from './machine.ts';
import { nearest } from './nearest.ts';
import { faultOf } from './run-form.ts';
import type { Figure, Table } from './suite.ts';

/** What a suite answered. */
export interface Answer {
  readonly name: string;
  readonly about?: string;
  /** What the machine's floor took in the same process. */
  readonly yardstick?: Figure;
  readonly tables: readonly Table[];
}

export interface Run {
  readonly machine: Machine;
  /** Of kmsim. The commit is that of the checkout; `dirty` when files of it were changed. */
  readonly version?: string;
  readonly commit?: string;
  readonly seed?: string;
  readonly smoke?: boolean;
  readonly suites: readonly Answer[];
}

const bench = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs of one's own, which Git ignores, and those that are kept on purpose. */
export const folders: Readonly<Record<'own' | 'kept', string>> = {
  own: join(bench, 'runs'),
  kept: join(bench, 'results'),
};

const plainName = /^[\w-][\w.-]*$/;

/** Where a run of this name goes: among one's own, or the path that it is. */
export function fileToSave(name: string): string {
  if (name.endsWith('.json')) return absolute(name);
  if (!plainName.test(name))
    throw new CommandError(
      `'${name}' is no name for a run: letters, digits, '-', '_' and '.', or a path that ends in .json.`,
    );
  return join(folders.own, `${name}.json`);
}

export function saveRun(name: string, run: Run): string {
  const file = fileToSave(name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, runText(run));
  return file;
}

/** A row a line: a difference of two files is read row by row. */
export function runText({ suites, ...rest }: Run): string {
  const head = JSON.stringify(rest).slice(0, -1);
  const answers = suites.map(({ tables, ...answer }) => {
    const texts = tables.map(({ rows, title }) => {
      const lines = rows.map((row) => `      ${JSON.stringify(row)}`);
      return `    {"title":${JSON.stringify(title)},"rows":[\n${lines.join(',\n')}\n    ]}`;
    });
    return `  ${JSON.stringify(answer).slice(0, -1)},"tables":[\n${texts.join(',\n')}\n  ]}`;
  });
  return `${head},"suites":[\n${answers.join(',\n')}\n]}\n`;
}

/** One's own run of this name, else the kept one; or the run at a path. */
export function readRun(name: string): Run {
  const files = name.endsWith('.json')
    ? [absolute(name)]
    : [join(folders.own, `${name}.json`), join(folders.kept, `${name}.json`)];
  const file = files.find((path) => existsSync(path));
  if (file === undefined) throw new CommandError(`There is no saved run '${name}'. ${whatThereIs(name)}`);
  const read = parsed(textOf(file));
  const fault = faultOf(read);
  if (fault === undefined) return read as Run;
  const where = fault === '' ? '' : `, by its ${fault}`;
  throw new CommandError(`${file} holds no run: it is not what --save or --json writes${where}.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whatThereIs(name: string): string {
  const names = Object.values(folders).flatMap((folder) =>
    existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [],
  );
  const known = names.map((file) => file.replace(/\.json$/, ''));
  const near = nearest(name, known);
  if (near !== undefined) return `Did you mean '${near}'?`;
  return known.length === 0 ? 'None was saved yet: --save <name> does.' : `There are: ${known.join(', ')}.`;
}

// npm runs scripts in the folder of the workspace and remembers where it was called.
function absolute(path: string): string {
  return isAbsolute(path) ? path : join(process.env['INIT_CWD'] ?? process.cwd(), path);
}
