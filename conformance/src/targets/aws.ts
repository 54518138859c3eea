// The real AWS KMS, with the credentials that are about. What is created there costs money until it is deleted, so all of it is noted and cleaned up.

import { machineNow } from '@kmsim/world';
import { readError } from '../compare.ts';
import type { Target, WireReply, WireRequest } from '../target.ts';
import { isRecord, member } from '../values.ts';
import { endpointCall } from './endpoint.ts';
import { defaultTimeLimitMs } from './http-exchange.ts';
import { wait } from './real-time.ts';
import { loadSdk, sdkCall } from './sdk-client.ts';
import type { Credentials } from './sign.ts';
import { TargetError } from './target-error.ts';
import { whoAmI } from './who-am-i.ts';

export interface AwsOptions {
  /** The Region of the SDK's configuration when absent. */
  readonly region?: string;
  /** Where the services are; other than AWS only in tests. */
  readonly addresses?: (service: 'kms' | 'sts', region: string) => URL;
  /** Instead of the ambient ones. */
  readonly credentials?: Credentials;
  readonly timeLimitMs?: number;
  /** Before a throttled request is tried again; longer each time. */
  readonly pauseMs?: number;
  /** Requests are made by the AWS SDK, wherever it would send them as they are. */
  readonly bySdk?: boolean;
}

export interface CleanUp {
  /** ARNs of keys that are pending deletion now. */
  readonly scheduled: readonly string[];
  /** ARNs of keys that stay and cost, each with the reason. */
  readonly left: readonly { readonly arn: string; readonly reason: string }[];
}

export interface AwsTarget extends Target {
  /** Schedules the deletion of every key that was created through this target. */
  cleanUp(): Promise<CleanUp>;
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html: the shortest waiting period.
const waitingPeriodDays = 7;

// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html: CreateKey and its like have five a second.
const mostRetries = 6;

export const costNotice: string = `This creates keys in the AWS account of your credentials, in up to two Regions, and calls KMS some hundred times.
AWS bills a key per month, prorated by the hour, until its deletion is scheduled, and requests beyond the free ones:
https://aws.amazon.com/kms/pricing/. At the end the deletion of every key that was created is scheduled, with a waiting
period of ${waitingPeriodDays} days, in which nothing is billed for it.`;

export async function openAws(options: AwsOptions = {}): Promise<AwsTarget> {
  const { addresses = awsAddress, bySdk = false, pauseMs = 1000, timeLimitMs = defaultTimeLimitMs } = options;
  const { credentials, region } = await ambient(options);
  const created: { readonly region: string; readonly arn: string }[] = [];
  const kms = (where: string): URL => addresses('kms', where);
  const sdk = bySdk ? await sdkCall({ endpoint: kms, credentials, timeLimitMs }) : undefined;

  const send = async (request: WireRequest): Promise<WireReply> =>
    (await sdk?.ask(request)) ?? endpointCall(kms(request.region), credentials, timeLimitMs)(request);

  const call = async (request: WireRequest): Promise<WireReply> => {
    for (let left = mostRetries; ; left -= 1) {
      const reply = await send(request);
      const throttled = isRecord(reply.body) && readError(reply.body).code === 'ThrottlingException';
      if (throttled && left > 0) await wait(pauseMs * (mostRetries - left + 1));
      else return noted(request, reply, created);
    }
  };

  const at = { url: kms(region), stsUrl: addresses('sts', region) };
  const caller = await whoAmI({ ...at, credentials, region, timeLimitMs, call: send });
  return {
    ...{ ...caller, region, run: machineNow().toString(36) },
    ...{ call, advance: wait },
    cleanUp: () => cleanUp(created, call),
  };
}

// The default provider chain of the SDK: environment, configuration files, single sign-on, the metadata of a machine.
async function ambient({ credentials, region }: AwsOptions): Promise<{ credentials: Credentials; region: string }> {
  if (credentials !== undefined && region !== undefined) return { credentials, region };
  const { KMSClient } = await loadSdk();
  const { config } = new KMSClient(region === undefined ? {} : { region });
  try {
    const found = { credentials: credentials ?? config.credentials, region: await config.region() };
    await found.credentials();
    return found;
  } catch (error) {
    throw new TargetError(
      `no AWS credentials or Region: ${error instanceof Error ? error.message : String(error)}`,
      true,
    );
  }
}

function awsAddress(service: string, region: string): URL {
  // https://docs.aws.amazon.com/general/latest/gr/kms.html
  return new URL(`https://${service}.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`);
}

function noted(request: WireRequest, reply: WireReply, created: { region: string; arn: string }[]): WireReply {
  const metadata = member(reply.body, 'KeyMetadata') ?? member(reply.body, 'ReplicaKeyMetadata');
  const arn = member(metadata, 'Arn');
  const makes = request.operation === 'CreateKey' || request.operation === 'ReplicateKey';
  // A replica is in the Region of its ARN, not in the one that was called.
  if (makes && reply.status === 200 && typeof arn === 'string')
    created.push({ arn, region: arn.split(':')[3] ?? request.region });
  return reply;
}

async function cleanUp(
  created: readonly { region: string; arn: string }[],
  call: (request: WireRequest) => Promise<WireReply>,
): Promise<CleanUp> {
  const scheduled: string[] = [];
  const left: { arn: string; reason: string }[] = [];
  // Replicas before their primaries: the latest first.
  for (const { arn, region } of created.toReversed()) {
    const reason = await schedule(arn, region, call);
    if (reason === undefined) scheduled.push(arn);
    else left.push({ arn, reason });
  }
  return { scheduled, left };
}

async function schedule(
  arn: string,
  region: string,
  call: (request: WireRequest) => Promise<WireReply>,
): Promise<string | undefined> {
  try {
    const body = { KeyId: arn, PendingWindowInDays: waitingPeriodDays };
    const reply = await call({ operation: 'ScheduleKeyDeletion', region, body });
    if (reply.status === 200) return undefined;
    const { code, message } = readError(isRecord(reply.body) ? reply.body : {});
    // The scenario has done it already.
    return / is pending (replica )?deletion\.$/.test(String(message)) ? undefined : `${code}: ${String(message)}`;
  } catch (error) {
    if (error instanceof TargetError) return error.message;
    throw error;
  }
}
