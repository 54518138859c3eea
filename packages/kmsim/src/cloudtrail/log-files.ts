// Log files and folders of them, as CloudTrail puts them into a bucket: read as a stream, gzip or not.

import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { KmsimError } from '../kmsim-error.ts';
import { RecordSplitter } from './split-records.ts';

export interface FileLimits {
  /** What a file may come to when it is unpacked. */
  readonly bytes: number;
  /** How many times its size, once it is past `freeBytes`. Logs come to 10 to 50 times, a bomb to 1000. */
  readonly ratio: number;
  readonly freeBytes: number;
}

export const fileLimits: FileLimits = { bytes: 16 * 1024 ** 3, ratio: 300, freeBytes: 16 * 1024 ** 2 };

/** All log files that are named, the oldest first where their names tell. Raises InvalidLog for a name that is none. */
export async function logFiles(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (path) => ((await isFolder(path)) ? filesIn(path) : [path])));
  return found
    .flat()
    .map((path) => ({ path, time: timeIn(path) }))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ path }) => path);
}

/** The records of files, each as JSON text. Raises InvalidLog with the name of the file. */
export async function* recordsOf(files: readonly string[], limits: FileLimits = fileLimits): AsyncIterable<string> {
  for (const path of files) {
    try {
      yield* recordsIn(path, limits);
    } catch (error) {
      const problem = error instanceof KmsimError ? error.problem : reasonOf(error);
      throw new KmsimError('InvalidLog', `${path}: ${problem}`);
    }
  }
}

/** Whether a file begins as gzip does, and with what it begins unpacked: enough to tell what it is. */
export async function beginningOf(path: string): Promise<string> {
  const chunks = unpacked(path, await isGzip(path), fileLimits);
  for await (const chunk of chunks) return new TextDecoder().decode(chunk.subarray(0, 4096));
  return '';
}

async function* recordsIn(path: string, limits: FileLimits): AsyncIterable<string> {
  const splitter = new RecordSplitter();
  for await (const chunk of unpacked(path, await isGzip(path), limits)) yield* splitter.push(chunk);
  splitter.end();
}

async function* unpacked(path: string, isPacked: boolean, limits: FileLimits): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const packed = isPacked ? createGunzip() : undefined;
  if (packed !== undefined) file.on('error', (error) => packed.destroy(error)).pipe(packed);
  let bytes = 0;
  try {
    for await (const chunk of (packed ?? file) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > limits.bytes) throw new KmsimError('InvalidLog', `It comes to more than ${limits.bytes} bytes.`);
      if (packed !== undefined && bytes > limits.freeBytes && bytes > limits.ratio * packed.bytesWritten)
        throw new KmsimError('InvalidLog', `It unpacks to more than ${limits.ratio} times its size: that is no log.`);
      yield chunk;
    }
  } finally {
    file.destroy();
    packed?.destroy();
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw new KmsimError('InvalidLog', `${path}: ${reasonOf(error)}`);
  }
}

// Beside the logs of a trail lie the digests with which they can be verified.
async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(?:json|jsonl|ndjson)(?:\.gz)?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/CloudTrail-Digest/.test(path))
    .sort();
}

// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html: AccountID_CloudTrail_Region_YYYYMMDDTHHmmZ_...
function timeIn(path: string): string {
  return /_(\d{8}T\d{4}Z)_[^/\\]*$/.exec(path)?.[1] ?? '';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file.',
  EACCES: 'It may not be read.',
  Z_DATA_ERROR: 'It is no gzip file, or a broken one.',
  Z_BUF_ERROR: 'It is cut short.',
};

function reasonOf(error: unknown): string {
  const { code = '', message = String(error) } = error as { code?: string; message?: string };
  return reasons[code] ?? message;
}
