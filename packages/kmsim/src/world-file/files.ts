// The files of a world: the one that describes it, and those that it names. Nothing outside of its folder is read.

import type { KmsimErrorCode } from '../kmsim-error.ts';
import { KmsimError } from '../kmsim-error.ts';
import { nodeFiles, nodePaths } from '../node-files.ts';
import type { ReadReference } from './material.ts';
import { limits } from './read-text.ts';

const code: KmsimErrorCode = 'InvalidWorld';
const longestReference = 2 ** 20;

/** The text of a world file. */
export function readWorldFile(path: string): string {
  const refuse = (problem: string): never => {
    throw new KmsimError(code, `${path} ${problem}`);
  };
  const content = fileOf(path, limits.bytes);
  return typeof content === 'string' ? refuse(content) : new TextDecoder().decode(content).replace(/^\ufeff/, '');
}

/** For what has no file: nothing is read. */
export const noReferences: ReadReference = () => ({
  refused: 'names a file, and only a world that is loaded from a file can: write the material itself.',
});

/** Reads what a world file names: in its folder or below, whatever links say. */
export function referencesOf(worldPath: string): ReadReference {
  const { dirname, isAbsolute, join, relative, sep } = nodePaths();
  const { realpathSync } = nodeFiles();
  return (reference) => {
    const parts = reference.split(/[\\/]/);
    if (isAbsolute(reference) || /^[A-Za-z]:|\0/.test(reference) || parts.includes('..') || reference === '')
      return { refused: 'leads out of the folder of the world file: put the file there, and name it without ..' };
    const folder = realpathSync(dirname(worldPath));
    const path = join(folder, ...parts);
    const real = realPath(path);
    if (real === undefined) return { refused: 'is no file that is there: put it into the folder of the world file.' };
    const inside = relative(folder, real);
    if (isAbsolute(inside) || inside.split(sep)[0] === '..')
      return { refused: 'is a link that leads out of the folder of the world file: copy the file.' };
    const content = fileOf(real, longestReference);
    return typeof content === 'string' ? { refused: content } : content;
  };
}

function realPath(path: string): string | undefined {
  try {
    return nodeFiles().realpathSync(path);
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'is not there: look at its name.',
  EACCES: 'may not be read: change its permissions.',
  EISDIR: 'is a folder: name a file.',
};

/** The bytes of a file, or what is wrong with it. Devices and pipes, which may have no end, are none. */
function fileOf(path: string, most: number): Uint8Array | string {
  const { closeSync, fstatSync, openSync, readFileSync, statSync } = nodeFiles();
  try {
    const looked = statSync(path);
    if (looked.isDirectory()) return reasons['EISDIR'] ?? '';
    if (!looked.isFile()) return 'is no file: name one.';
    const handle = openSync(path, 'r');
    try {
      if (!fstatSync(handle).isFile()) return 'is no file: name one.';
      if (fstatSync(handle).size > most) return `is larger than ${most} bytes: divide it.`;
      return readFileSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const { code: reason = '', message = '' } = error as { code?: string; message?: string };
    return reasons[reason] ?? `cannot be read: ${message}.`;
  }
}
