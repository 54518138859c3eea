// The files that a command line names, `-` for the standard input.

import { readFile } from 'node:fs/promises';
import { repeatedMember } from '@kmsim/authz';
import { jsonFault } from '../json-fault.ts';

/** What a file says, or an error that says what is wrong with it and where. */
export class InputFiles {
  readonly #stdin: AsyncIterable<Uint8Array | string>;
  #stdinRead = false;

  constructor(stdin: AsyncIterable<Uint8Array | string> = process.stdin) {
    this.#stdin = stdin;
  }

  async json(path: string): Promise<unknown> {
    const text = path === '-' ? await this.#standardInput() : await textIn(path);
    // Windows likes to put a mark at the beginning.
    const content = text.replace(/^\ufeff/, '');
    const value = parsed(path, content);
    const twice = repeatedMember(content);
    if (twice !== undefined) throw new Error(`${nameOf(path)} has the member ${JSON.stringify(twice)} twice.`);
    return value;
  }

  async #standardInput(): Promise<string> {
    if (this.#stdinRead) throw new Error('The standard input (-) can be read only once.');
    this.#stdinRead = true;
    const parts: Uint8Array[] = [];
    for await (const part of this.#stdin) parts.push(typeof part === 'string' ? Buffer.from(part) : part);
    return Buffer.concat(parts).toString('utf8');
  }
}

function parsed(path: string, content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    throw new Error(`${nameOf(path)} is not JSON: ${jsonFault(content)}.`);
  }
}

/** How a file is spoken of. */
export function nameOf(path: string): string {
  return path === '-' ? 'the standard input' : path;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
};

export async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    throw new Error(`${path} cannot be read: ${reasons[code] ?? message}.`);
  }
}
