// Files of a directory that are whole whenever somebody reads them, and a private one that nobody else may read.

import { type FileHandle, link, lstat, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { machineEntropy } from '@kmsim/world';
import { KmsimError } from '../kmsim-error.ts';

export interface KeptFile {
  readonly text: string;
  /** It belongs to who runs this process, and nobody else may read it. */
  readonly isPrivate: boolean;
}

// A server's certificate and its authority are far below it: OpenSSL refuses what is sent with more than 100 KiB, SSL_CTX_set_max_cert_list(3).
const most = 2 ** 20;

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
    await this.#tried(this.#directory, 'written', async () => {
      await made(this.#directory);
      await checkWriters(this.#directory);
    });
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

  async remove(name: string): Promise<void> {
    const path = this.path(name);
    await this.#tried(path, 'written', () => rm(path, { force: true }));
  }

  /** Written under another name first, which nobody can have laid ready: whoever reads `name` sees all of it. */
  #through<Done>(
    name: string,
    text: string,
    mode: number,
    move: (draft: string, path: string) => Promise<Done>,
  ): Promise<Done> {
    const path = this.path(name);
    if (Buffer.byteLength(text) > most)
      throw new KmsimError('CannotKeepCertificate', `${path} would be larger than 1 MiB.`, {
        hint: 'Name fewer hosts in allowedHosts (--allow-host).',
      });
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

// Who writes there, or leads there, could lay another authority in the place of this one, and be trusted for every host.
async function checkWriters(directory: string): Promise<void> {
  const owner = process.getuid?.();
  // Windows has no such modes and no such owners.
  if (owner === undefined) return;
  const [way, itself] = [await lstat(directory), await stat(directory)];
  if ([way, itself].some(({ uid }) => uid !== owner && uid !== 0))
    throw new KmsimError('CannotKeepCertificate', `${directory} belongs to somebody else.`, {
      hint: 'Name a directory that is not there yet: kmsim makes it for itself. docs/https.md.',
    });
  if ((itself.mode & 0o022) !== 0)
    throw new KmsimError(
      'CannotKeepCertificate',
      `${directory} is open to others: more users than its owner may write there.`,
      {
        hint: `Close it (chmod go-w ${directory}), or name a directory that is not there yet: docs/https.md.`,
      },
    );
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
