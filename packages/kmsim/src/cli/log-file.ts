// A CloudTrail log file from the command line: JSON or gzip, and not more of it than there is memory for.

import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { CloudTrailRecord } from '@kmsim/kms';
import { kmsRecordsIn } from '../analysis/log-records.ts';
import { KmsimError } from '../kmsim-error.ts';
import { nameOf } from './input-files.ts';

export interface LogLimits {
  /** Of the file as it is. */
  readonly fileBytes: number;
  /** Of what is in it: a small gzip file can hold gigabytes. */
  readonly textBytes: number;
}

/** CloudTrail's own files have at most 50 MB. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const logLimits: LogLimits = { fileBytes: 128 * 1024 * 1024, textBytes: 256 * 1024 * 1024 };

const unzip = promisify(gunzip);

export async function kmsRecordsInFile(
  path: string,
  stdin: AsyncIterable<Uint8Array | string> = process.stdin,
  limits: LogLimits = logLimits,
): Promise<readonly CloudTrailRecord[]> {
  const name = nameOf(path);
  const bytes = await bytesOf(path, stdin, limits.fileBytes);
  return kmsRecordsIn(isGzip(bytes) ? await textOf(bytes, name, limits) : bytes.toString('utf8'), name);
}

// https://www.rfc-editor.org/rfc/rfc1952#page-6
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function textOf(bytes: Uint8Array, name: string, { textBytes }: LogLimits): Promise<string> {
  try {
    return (await unzip(bytes, { maxOutputLength: textBytes })).toString('utf8');
  } catch (cause) {
    const tooMuch = (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    const problem = tooMuch ? `holds more than ${textBytes} bytes` : 'is no whole gzip file';
    throw new KmsimError('InvalidLog', `${name} ${problem}.`, { cause });
  }
}

async function bytesOf(path: string, stdin: AsyncIterable<Uint8Array | string>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const file = path === '-' ? undefined : await open(path).catch((cause: unknown) => refuse(path, cause));
  try {
    for await (const part of file === undefined ? stdin : file.createReadStream({ autoClose: false })) {
      const bytes = typeof part === 'string' ? Buffer.from(part) : (part as Uint8Array);
      length += bytes.length;
      if (length > most) throw new KmsimError('InvalidLog', `${nameOf(path)} has more than ${most} bytes.`);
      parts.push(bytes);
    }
  } catch (cause) {
    if (cause instanceof KmsimError) throw cause;
    refuse(path, cause);
  } finally {
    await file?.close();
  }
  return Buffer.concat(parts);
}

function refuse(path: string, cause: unknown): never {
  const { message } = cause as Error;
  throw new KmsimError('InvalidLog', `${nameOf(path)} cannot be read: ${message}.`, { cause });
}
