// The entry kmsim/world: worlds described in a file. docs/world-files.md

import { stringify } from 'yaml';
import { KmsimError } from './kmsim-error.ts';
import type { KmsimWorld } from './options.ts';
import type { WorldContent } from './world-file/content.ts';
import { noReferences, readWorldFile, referencesOf } from './world-file/files.ts';
import { described, type Source } from './world-file/kmsim-world.ts';
import { invalidWorld, located, type WorldProblem } from './world-file/problem.ts';
import { readText } from './world-file/read-text.ts';

export type { KmsimWorld } from './options.ts';
export type {
  AccountContent,
  GrantContent,
  KeyContent,
  MaterialContent,
  ReplicaContent,
  WorldContent,
} from './world-file/content.ts';
export { type ExportOptions, exportWorld } from './world-file/export-world.ts';
export { problemLine, type WorldProblem } from './world-file/problem.ts';

/** The world of a file, YAML or JSON: `createKmsim({ world: loadWorld('./kms.yaml') })`. Files that it names stand in its folder. */
export function loadWorld(path: string): KmsimWorld {
  return worldIn(requireText('loadWorld', 'the path of a file', path), readWorldFile(path), true);
}

/** The world of a text, YAML or JSON. It can name no files. */
export function readWorld(text: string): KmsimWorld {
  return worldIn(undefined, requireText('readWorld', 'the text of a world', text), false);
}

/** A world as an object of the program. */
export function worldOf(content: WorldContent): KmsimWorld {
  return good(described({ value: content, placeOf: () => undefined, read: noReferences }));
}

/** A world as the text of a file, YAML. */
export function worldText(content: WorldContent): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** Everything that is wrong with a file. Empty: nothing. */
export function checkWorldFile(path: string): readonly WorldProblem[] {
  const { problems, source } = sourceOf(path, readWorldFile(path), true);
  return problems.length > 0 ? problems : described(source).problems;
}

function worldIn(file: string | undefined, text: string, hasFiles: boolean): KmsimWorld {
  const { problems, source } = sourceOf(file, text, hasFiles);
  if (problems.length > 0) throw invalidWorld(problems);
  return good(described(source));
}

function sourceOf(
  file: string | undefined,
  text: string,
  hasFiles: boolean,
): { readonly problems: readonly WorldProblem[]; readonly source: Source } {
  const { placeOf, problems, value } = readText(text);
  const read = hasFiles && file !== undefined ? referencesOf(file) : noReferences;
  // An empty file is an empty world.
  const source = { value: value ?? {}, file, placeOf, read };
  return { problems: located(problems, file, placeOf), source };
}

function good({ problems, world }: ReturnType<typeof described>): KmsimWorld {
  if (problems.length > 0) throw invalidWorld(problems);
  return world;
}

function requireText(who: string, what: string, value: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new KmsimError('InvalidWorld', `${who} takes ${what}.`);
}
