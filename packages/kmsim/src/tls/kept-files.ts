// Files of a directory that are whole whenever somebody reads them, and a private one that nobody else may read.

import { type FileHandle, link, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { machineEntropy } from '@kmsim/world';
import { KmsimError } from '../kmsim-error.ts';

export interface KeptFile {
  readonly text: string;
  /** It belongs to who runs this process, and nobody else may read it. */
  readonly isPrivate: boolean;
}

const most = 65_536;

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such place',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands in its way',
  EEXIST: 'a file stands in its way',
  EISDIR: 'it is a directory',
  ENOSPC: 'no space is left',
  ELOOP: 'it is a symbolic link',
};

export class KeptFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  path(name: string): string {
    return join(this.#directory, name);
  }

  async makeDirectory(): Promise<void> {
    await this.#tried(this.#directory, 'written', () => made(this.#directory));
  }

  /** Undefined when it is not there. */
  async read(name: string): Promise<KeptFile | undefined> {
    const path = this.path(name);
    return this.#tried(path, 'read', async () => {
      const file = await opened(path);
      if (file === undefined) return undefined;
      try {
        const stat = await file.stat();
        if (!stat.isFile() || stat.size > most)
          throw new KmsimError('CannotKeepCertificate', `${path} is not what kmsim writes there.`);
        // Windows has no such modes and no such owners.
        const owner = process.getuid?.();
        const isPrivate = owner === undefined || (stat.uid === owner && (stat.mode & 0o077) === 0);
        return { text: await file.readFile('utf8'), isPrivate };
      } finally {
        await file.close();
      }
    });
  }

  /** A private file, unless there is one already. */
  async create(name: string, text: string): Promise<boolean> {
    return this.#through(name, text, 0o600, async (draft, path) => {
      try {
        await link(draft, path);
        return true;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') return false;
        // Some file systems have no links.
        await rename(draft, path);
        return true;
      }
    });
  }

  async replace(name: string, text: string, mode: number): Promise<void> {
    await this.#through(name, text, mode, rename);
  }

  /** Written under another name first, which nobody can have laid ready: whoever reads `name` sees all of it. */
  #through<Done>(
    name: string,
    text: string,
    mode: number,
    move: (draft: string, path: string) => Promise<Done>,
  ): Promise<Done> {
    const path = this.path(name);
    const draft = `${path}.${Buffer.from(machineEntropy(6)).toString('hex')}`;
    return this.#tried(path, 'written', async () => {
      try {
        await writeFile(draft, text, { flag: 'wx', mode });
        return await move(draft, path);
      } finally {
        await rm(draft, { force: true });
      }
    });
  }

  async #tried<Done>(path: string, what: 'read' | 'written', work: () => Promise<Done>): Promise<Done> {
    try {
      return await work();
    } catch (cause) {
      if (cause instanceof KmsimError) throw cause;
      const { code = '', message } = cause as NodeJS.ErrnoException;
      throw new KmsimError('CannotKeepCertificate', `${path} cannot be ${what}: ${reasons[code] ?? message}.`, {
        cause,
      });
    }
  }
}

// Not with mkdir's own `recursive`: below a directory that takes none and says ENOENT (/proc) that one never ends.
async function made(directory: string, isAgain = false): Promise<void> {
  try {
    await mkdir(directory, 0o755);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(directory);
    if (code === 'ENOENT' && !isAgain && parent !== directory) {
      await made(parent);
      await made(directory, true);
    } else if (code !== 'EEXIST' || !(await stat(directory)).isDirectory()) throw error;
  }
}

async function opened(path: string): Promise<FileHandle | undefined> {
  const { constants } = await import('node:fs');
  // A link could lead anywhere, and a pipe would never end.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    return await open(path, flags);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
