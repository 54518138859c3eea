// The AWS CLI as a child of a test, in an environment from which no request can leave this machine.

import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnv, type Child, type Ended, kmsimServe, type Served, start } from './child.ts';

/** Why the AWS CLI cannot be tried here; undefined when it can. */
export function whyNoAwsCli(): string | undefined {
  for (const [program, ...args] of [
    ['aws', '--version'],
    ['openssl', 'version'],
    ['bash', '--version'],
  ] as const) {
    // A shim may stand on the PATH before a program that is not there.
    if (spawnSync(program, args, { env: bareEnv, timeout: 20_000 }).status !== 0) return `no working ${program} here`;
  }
  return undefined;
}

export interface Lab extends AsyncDisposable {
  readonly folder: string;
  readonly served: Served;
  /** Connections that would have left this machine. */
  escapes(): number;
  /** A bash script in the folder of the lab; `$URL` is the endpoint. */
  bash(script: string): Promise<Ended>;
}

/** `args`: of `kmsim serve`. */
export async function openLab(args: readonly string[] = []): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'kmsim-aws-cli-'));
  // Whatever is not addressed to 127.0.0.1 goes to this proxy, which lets nothing through and counts.
  let connections = 0;
  const sentinel = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {}).destroy();
  });
  await new Promise<void>((resolve) => sentinel.listen(0, '127.0.0.1', resolve));
  const proxy = `http://127.0.0.1:${(sentinel.address() as AddressInfo).port}`;
  await writeFile(join(folder, 'no-config'), '');
  const server: Child & { readonly served: Served } = await kmsimServe(args);
  const env = {
    URL: server.served.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-config'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
    AWS_CLI_AUTO_PROMPT: 'off',
    NO_PROXY: '127.0.0.1',
    no_proxy: '127.0.0.1',
    ...Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [
        [name, proxy],
        [name.toLowerCase(), proxy],
      ]),
    ),
  };
  const dispose = async (): Promise<void> => {
    await server[Symbol.asyncDispose]();
    await new Promise((resolve) => sentinel.close(resolve));
    await rm(folder, { recursive: true, force: true });
  };
  return {
    folder,
    served: server.served,
    escapes: () => connections,
    bash: (script) => start('bash', ['-euo', 'pipefail', '-c', script], { env, cwd: folder, timeout: 60_000 }).ended,
    [Symbol.asyncDispose]: dispose,
  };
}
