// Account and ARN of whoever calls an endpoint: STS says both, if it answers there; else KMS itself gives the account away.

import { machineNow } from '@kmsim/world';
import type { WireReply, WireRequest } from '../target.ts';
import { isRecord } from '../values.ts';
import { exchange } from './http-exchange.ts';
import { type Credentials, signedHeaders } from './sign.ts';
import { TargetError } from './target-error.ts';

export interface Asked {
  readonly url: URL;
  /** Where STS answers; the endpoint itself when absent. */
  readonly stsUrl?: URL;
  readonly credentials: Credentials;
  readonly region: string;
  readonly timeLimitMs: number;
  readonly call: (request: WireRequest) => Promise<WireReply>;
}

export interface Caller {
  readonly account: string;
  readonly callerArn: string;
}

export async function whoAmI(asked: Asked): Promise<Caller> {
  return (await fromSts(asked)) ?? (await fromKms(asked));
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: an answer in XML, needs no permission.
async function fromSts({ credentials, region, stsUrl, timeLimitMs, url }: Asked): Promise<Caller | undefined> {
  const body = 'Action=GetCallerIdentity&Version=2011-06-15';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const at = stsUrl ?? url;
  const signed = await signedHeaders(
    { url: at, service: 'sts', region, headers, body },
    await credentials(),
    machineNow(),
  );
  const answer = await exchange({ url: at, headers: signed, body }, timeLimitMs);
  const text = Buffer.from(answer.body).toString('utf8');
  const account = /<Account>(\d{12})<\/Account>/.exec(text)?.[1];
  const callerArn = /<Arn>(arn:[^<\s]+)<\/Arn>/.exec(text)?.[1];
  return account === undefined || callerArn === undefined ? undefined : { account, callerArn };
}

// Recorded in describe-nonexistent-key: the message has the ARN that the key would have.
async function fromKms({ call, region }: Asked): Promise<Caller> {
  const nobody = '00000000-0000-0000-0000-000000000000';
  const { body, status } = await call({ operation: 'DescribeKey', region, body: { KeyId: nobody } });
  const message = isRecord(body) ? String(body['message'] ?? body['Message'] ?? body['__type'] ?? '') : '';
  const account = /:(\d{12}):key\//.exec(message)?.[1];
  if (account === undefined)
    throw new TargetError(`it does not say whose account it is: HTTP ${status} ${message}`.trim());
  return { account, callerArn: `arn:aws:iam::${account}:root` };
}
