// The files that `kmsim replay` is given with a CloudTrail log: key policies, grants, and what createKmsim takes.

import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { CloudTrailReplayOptions, ReplayKey } from '../cloudtrail/options.ts';
import { isRecord } from '../option-forms.ts';
import { kmsimOptionForms } from '../options.ts';
import { documentIn } from './explain-files.ts';
import { type InputFiles, nameOf } from './input-files.ts';
import { written } from './serve-files.ts';

/** What commander makes of the options that name files. */
export interface CloudTrailFiles {
  readonly policies?: readonly string[];
  readonly grants?: readonly string[];
  readonly identities?: string;
  readonly organization?: string;
  readonly endpoints?: string;
}

type Given = Pick<CloudTrailReplayOptions, 'endpoints' | 'identities' | 'keys' | 'organization'>;

export async function givenIn(files: InputFiles, flags: CloudTrailFiles): Promise<Given> {
  const { grants = [], policies = [] } = flags;
  const keys = new Map<string, ReplayKey>();
  for (const path of policies)
    for (const [name, key] of await keysIn(files, path)) {
      if (keys.has(name)) throw new Error(`${nameOf(path)}: the key ${name} has a policy already.`);
      keys.set(name, key);
    }
  for (const path of grants) {
    for (const [name, list] of grantsByKey(await files.json(path), path)) {
      const known = keys.get(name);
      keys.set(name, { ...known, grants: [...(known?.grants ?? []), ...list] });
    }
  }
  const options = await Promise.all(
    (['identities', 'organization', 'endpoints'] as const).map(async (name) => {
      const path = flags[name];
      return path === undefined ? [] : [[name, await written(files, path, kmsimOptionForms[name])]];
    }),
  );
  return { ...(Object.fromEntries(options.flat()) as Given), keys: Object.fromEntries(keys) };
}

type Entry = readonly [name: string, key: ReplayKey];

async function keysIn(files: InputFiles, path: string): Promise<readonly Entry[]> {
  if (path !== '-' && (await isFolder(path))) return folderOf(files, path);
  const value = await files.json(path);
  const problem = !isRecord(value)
    ? 'is no object'
    : isPolicy(value)
      ? 'is one policy, and does not say whose'
      : undefined;
  if (problem !== undefined)
    throw new Error(
      `${nameOf(path)} ${problem}: write {"KEY ARN, key id or alias/name": policy, ...}, or name a folder with a file for each key.`,
    );
  return Object.entries(value as Readonly<Record<string, unknown>>).map(([name, one]) => [name, keyOf(one)]);
}

/** `FOLDER/1234abcd-....json`, `FOLDER/alias/orders.json`: a file is named after its key. */
async function folderOf(files: InputFiles, folder: string): Promise<readonly Entry[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (paths.length === 0) throw new Error(`${folder} has no .json file: each is named after its key.`);
  return Promise.all(
    paths.map(async (path): Promise<Entry> => {
      const name = relative(folder, path)
        .split(sep)
        .join('/')
        .replace(/\.json$/, '');
      return [name, keyOf(await files.json(path))];
    }),
  );
}

// A policy as it is attached or as the AWS CLI prints it; else what is to be known of the key.
function keyOf(value: unknown): ReplayKey {
  return typeof value === 'string' || isPolicy(value) ? { policy: documentIn(value) as string } : (value as ReplayKey);
}

function isPolicy(value: unknown): boolean {
  return isRecord(value) && ['Statement', 'Policy', 'PolicyDocument'].some((name) => Object.hasOwn(value, name));
}

function grantsByKey(value: unknown, path: string): ReadonlyMap<string, readonly object[]> {
  const listed: unknown = isRecord(value) && Object.hasOwn(value, 'Grants') ? value['Grants'] : value;
  const grants: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  const byKey = new Map<string, object[]>();
  for (const grant of grants) {
    const key = isRecord(grant) ? grant['KeyId'] : undefined;
    if (!isRecord(grant) || typeof key !== 'string')
      throw new Error(`${nameOf(path)}: a grant does not say which key it is on (KeyId).`);
    byKey.set(key, [...(byKey.get(key) ?? []), grant]);
  }
  return byKey;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
