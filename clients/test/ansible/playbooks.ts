// Runs playbooks with the real Ansible against `kmsim serve`: in one process, as its start costs more than a task does. What each task asked of KMS
// is read from the events of the admin port.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnv, kmsimServe, type Served, start } from '../../../packages/kmsim/test/child.ts';

const usual = { env: bareEnv, encoding: 'utf8', timeout: 30_000 } as const;

/** Why Ansible cannot be tried here; undefined when it can. */
export function whyNoAnsible(): string | undefined {
  const { status, stdout } = spawnSync('ansible-playbook', ['--version'], usual);
  const python = /python version = .*\((\/[^()]+)\)\s*$/m.exec(stdout ?? '')?.[1];
  if (status !== 0 || python === undefined) return 'no working ansible-playbook here';
  const modules = 'import boto3, ansible_collections.amazon.aws.plugins.modules.kms_key';
  return spawnSync(python, ['-c', modules], usual).status === 0
    ? undefined
    : 'no boto3, or no collection amazon.aws, here';
}

/** What a task gave, and the calls that it made, in their order. */
export interface Played {
  readonly result: Readonly<Record<string, unknown>>;
  readonly calls: readonly string[];
}

interface Report {
  readonly plays: readonly {
    readonly tasks: readonly { readonly hosts: { readonly localhost: Played['result'] } }[];
  }[];
}

interface Event {
  readonly eventName: string;
  readonly requestParameters: { readonly keyId?: string } | null;
}

/** Plays them one after the other on a new simulation. Each has one task, which begins with a look at `alias`. */
export async function play(playbooks: readonly string[], alias: string): Promise<readonly Played[]> {
  await using server = await kmsimServe(['--admin'], { timeout: 300_000 });
  const folder = await mkdtemp(join(tmpdir(), 'kmsim-ansible-'));
  try {
    const files = playbooks.map((_, index) => join(folder, `${index}.yml`));
    for (const [index, file] of files.entries()) await writeFile(file, playbooks[index] ?? '');
    const all = join(folder, 'all.yml');
    await writeFile(all, files.map((file) => `- import_playbook: ${file}\n`).join(''));
    const results = await resultsOf(all, folder, server.served);
    const calls = await callsOf(server.served, alias);
    return results.map((result, index) => ({ result, calls: calls[index] ?? [] }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function resultsOf(playbook: string, folder: string, { env }: Served): Promise<Played['result'][]> {
  // Nothing but loopback is reached: there is no proxy at that port.
  const nowhere = 'http://127.0.0.1:9';
  const closed = { HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, http_proxy: nowhere, https_proxy: nowhere };
  const own = { HOME: folder, ANSIBLE_STDOUT_CALLBACK: 'json', ANSIBLE_LOCALHOST_WARNING: 'False' };
  const options = {
    env: { ...env, ...closed, ...own, NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1', AWS_EC2_METADATA_DISABLED: 'true' },
    cwd: folder,
    timeout: 240_000,
  };
  const { code, stderr, stdout } = await start('ansible-playbook', [playbook], options).ended;
  if (code !== 0) throw new Error(`ansible-playbook ended with ${code}: ${stderr}\n${stdout}`);
  // Some versions warn on standard output before the report.
  const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Report;
  return report.plays.flatMap(({ tasks }) => tasks.map(({ hosts }) => hosts.localhost));
}

async function callsOf({ admin }: Served, alias: string): Promise<string[][]> {
  const headers = { authorization: `Bearer ${admin?.token}` };
  const response = await fetch(`${admin?.url}/api/events?limit=10000`, {
    headers,
    signal: AbortSignal.timeout(10_000),
  });
  const { events } = (await response.json()) as { events: readonly Event[] };
  const tasks: string[][] = [];
  for (const { eventName, requestParameters } of events) {
    if (eventName === 'DescribeKey' && requestParameters?.keyId === alias) tasks.push([]);
    tasks.at(-1)?.push(eventName);
  }
  return tasks;
}
