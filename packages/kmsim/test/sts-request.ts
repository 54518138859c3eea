// STS requests as a client sends them: a form, signed by the book (Signature Version 4), and what the XML answers say.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { createHash, createHmac } from 'node:crypto';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface StsReply {
  readonly status: number;
  readonly type: string | null;
  readonly body: string;
  /** The text of the first element of that name. */
  element(name: string): string | undefined;
}

const region = 'us-east-1';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export async function sts(
  url: string,
  credentials: Credentials,
  action: string,
  members: Readonly<Record<string, string>> = {},
): Promise<StsReply> {
  const body = new URLSearchParams({ Action: action, Version: '2011-06-15', ...members }).toString();
  const response = await fetch(url, { method: 'POST', body, headers: signed(url, credentials, body) });
  const text = await response.text();
  const element = (name: string): string | undefined => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  return { status: response.status, type: response.headers.get('content-type'), body: text, element };
}

function signed(
  url: string,
  { accessKeyId, secretAccessKey, sessionToken }: Credentials,
  body: string,
): Record<string, string> {
  const instant = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = instant.slice(0, 8);
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    host: new URL(url).host,
    'x-amz-date': instant,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(headers).sort().join(';');
  const lines = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${day}/${region}/sts/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', instant, scope, sha256(canonical)].join('\n');
  const key = [day, region, 'sts', 'aws4_request'].reduce(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const { host: _host, ...sent } = headers;
  return { ...sent, authorization };
}

/** The credentials in the answer to AssumeRole. */
export function credentialsOf(reply: StsReply): Credentials & { readonly sessionToken: string } {
  const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map((name) =>
    reply.element(name),
  );
  if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined)
    throw new Error(`no credentials: ${reply.body}`);
  return { accessKeyId, secretAccessKey, sessionToken };
}
