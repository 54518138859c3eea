// Requests as a client writes them, and a signer of their own: it shares nothing with the door that judges them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

import { createHash, createHmac } from 'node:crypto';

export type Header = readonly [name: string, value: string];

export interface Parts {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Signing {
  readonly at: number;
  readonly region?: string;
  readonly service?: string;
  readonly terminator?: string;
  /** Of the scope; that of `at` when absent. */
  readonly day?: string;
  /** Headers that are left out of the signature. */
  readonly without?: readonly string[];
}

export function kmsRequest(operation: string, body: Uint8Array | string, more: readonly Header[] = []): Parts {
  const headers: Header[] = [
    ['Host', 'localhost'],
    ['Content-Type', 'application/x-amz-json-1.1'],
    ['X-Amz-Target', `TrentService.${operation}`],
    ...more,
  ];
  return { method: 'POST', path: '/', headers, body: Buffer.from(body) };
}

export function basicForm(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
}

export function headerOf({ headers }: Parts, wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
}

/** With one header changed, taken away (undefined), or added behind the others. */
export function withHeader(parts: Parts, name: string, value: string | undefined): Parts {
  const at = parts.headers.findIndex(([one]) => one.toLowerCase() === name.toLowerCase());
  const headers = parts.headers.filter((_, index) => index !== at);
  if (value !== undefined) headers.splice(at < 0 ? headers.length : at, 0, [parts.headers[at]?.[0] ?? name, value]);
  return { ...parts, headers };
}

/** Signs all that is there, and adds the date and the token unless they are there. */
export function signed(given: Parts, signer: Signer, signing: Signing): Parts {
  const { at, region = 'us-east-1', service = 'kms', terminator = 'aws4_request', without = [] } = signing;
  let parts = given;
  if (headerOf(parts, 'x-amz-date') === '') parts = withHeader(parts, 'X-Amz-Date', basicForm(at));
  const { accessKeyId, secretAccessKey, sessionToken } = signer;
  if (sessionToken !== undefined && headerOf(parts, 'x-amz-security-token') === '')
    parts = withHeader(parts, 'X-Amz-Security-Token', sessionToken);
  const timestamp = headerOf(parts, 'x-amz-date');
  const lines = parts.headers
    .map(([name, value]): Header => [name.toLowerCase(), value.trim().replaceAll(/ +/g, ' ')])
    .filter(([name]) => !without.includes(name) && name !== 'authorization')
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const names = lines.map(([name]) => name).join(';');
  const head = lines.map(([name, value]) => `${name}:${value}\n`).join('');
  const canonical = `${parts.method}\n${parts.path}\n\n${head}\n${names}\n${sha256(parts.body)}`;
  const scope = [signing.day ?? timestamp.slice(0, 8), region, service, terminator];
  const text = `AWS4-HMAC-SHA256\n${timestamp}\n${scope.join('/')}\n${sha256(canonical)}`;
  let key: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of scope) key = createHmac('sha256', key).update(part).digest();
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const credential = `${accessKeyId}/${scope.join('/')}`;
  const value = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return withHeader(parts, 'Authorization', value);
}

/** As bytes on the wire. Adds the length unless the framing stands in the headers. */
export function wireBytes({ body, headers, method, path }: Parts): Uint8Array {
  const framed = headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const all: readonly Header[] = framed ? headers : [...headers, ['Content-Length', String(body.length)]];
  const head = [`${method} ${path} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
