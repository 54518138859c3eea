// `--target`: a door of kmsim in this process, an address, or the real AWS.

import { credentialsFrom, isAwsHost } from '../endpoint.ts';
import type { OpenTarget, Target } from '../target.ts';
import { type AwsTarget, type CleanUp, openAws } from './aws.ts';
import { type DoorName, doors } from './doors.ts';
import { openEndpoint } from './endpoint.ts';
import { defaultTimeLimitMs } from './http-exchange.ts';
import { sdkCall } from './sdk-client.ts';
import type { Credentials } from './sign.ts';
import { TargetError } from './target-error.ts';

export interface TargetOptions {
  readonly region?: string | undefined;
  readonly timeLimitMs?: number | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Requests are made by the AWS SDK, wherever it would send them as they are. */
  readonly bySdk?: boolean;
}

export interface ChosenTarget {
  readonly name: string;
  readonly open: OpenTarget;
  /** Of the real AWS, once it has been asked. */
  cleanUp(): Promise<CleanUp | undefined>;
}

export function isAws(name: string): boolean {
  return name === 'aws';
}

export function chooseTarget(name: string, options: TargetOptions): ChosenTarget {
  if (Object.hasOwn(doors, name)) return { name, open: doors[name as DoorName], cleanUp: async () => undefined };
  if (isAws(name)) return aws(options);
  const url = URL.canParse(name) ? new URL(name) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new TargetError(
      `no target '${name}': ${Object.keys(doors).join(', ')}, aws, or an address such as http://127.0.0.1:4599`,
    );
  }
  // Behind its own address the real service would be asked without a word on costs.
  if (isAwsHost(url)) throw new TargetError('for the real service say: aws');
  return endpoint(url, options);
}

function endpoint(
  url: URL,
  { bySdk = false, env, region, timeLimitMs = defaultTimeLimitMs }: TargetOptions,
): ChosenTarget {
  const credentials: Credentials = async () => credentialsFrom(env);
  const open = once(async () => {
    const target = await openEndpoint(url, { credentials, timeLimitMs, ...(region !== undefined && { region }) });
    if (!bySdk) return target;
    const sdk = await sdkCall({ endpoint: () => url, credentials, timeLimitMs });
    return { ...target, call: async (request) => (await sdk.ask(request)) ?? target.call(request) };
  });
  return { name: url.href.replace(/\/$/, ''), open, cleanUp: async () => undefined };
}

function aws({ bySdk = false, region, timeLimitMs = defaultTimeLimitMs }: TargetOptions): ChosenTarget {
  let opened: AwsTarget | undefined;
  const open = once(async () => {
    opened = await openAws({ bySdk, timeLimitMs, ...(region !== undefined && { region }) });
    return opened;
  });
  return { name: 'aws', open, cleanUp: async () => opened?.cleanUp() };
}

// The same for every scenario; one that could not be opened is tried again.
function once(open: () => Promise<Target>): OpenTarget {
  let opening: Promise<Target> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}
