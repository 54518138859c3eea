// Programs that speak TLS in ways of their own, in an environment from which nothing leaves this machine.

import { spawnSync } from 'node:child_process';
import { bareEnv } from '../../packages/kmsim/test/child.ts';

/** Why a suite is skipped; undefined when the program answers. A shim may stand on the PATH before a program that is not there. */
export function whyNot(program: string, ...args: readonly string[]): string | undefined {
  const { status } = spawnSync(program, args, { env: bareEnv, timeout: 20_000 });
  return status === 0 ? undefined : `no working ${program} here`;
}

/** The Python that has boto3: Debian's own, where another one is first on the PATH. */
export function pythonWithBoto3(): string | undefined {
  return ['python3', '/usr/bin/python3'].find((program) => whyNot(program, '-c', 'import boto3') === undefined);
}

export function named(title: string, reason: string | undefined): string {
  return reason === undefined ? title : `${title} (skipped: ${reason})`;
}

/** Nothing is read from the home of whoever runs the test, and no proxy stands between. */
export const awsEnv: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: '/nonexistent',
  AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
  NO_PROXY: '*',
};
