// Ways to ask a proxy: in process, over HTTP, and with curl. Each signs by itself, with nothing of the code that is tested.

import { execFile, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { serveXksProxy, type XksCredential, type XksProxy } from '../src/index.ts';

export interface Asked {
  readonly status: number;
  /** The members of the answer; empty for what is no JSON. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface AskOptions {
  readonly method?: string;
  /** Undefined: not signed. */
  readonly credential?: XksCredential | undefined;
  /** Instead of the proxy's. */
  readonly uriPath?: string;
  readonly at?: number;
  readonly service?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Asker extends AsyncDisposable {
  /** `path` behind the proxy's URI path; a body that is no text is sent as JSON. */
  ask(path: string, body: unknown, options?: AskOptions): Promise<Asked>;
}

/** All instants of these tests are this one, unless the clock of another program is asked. */
export const instant: number = Date.UTC(2026, 4, 1, 12);

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest();

export interface ToSign {
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly body: string | Uint8Array;
  readonly at: number;
  readonly service?: string;
  readonly region?: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function signed(toSign: ToSign, { accessKeyId, secretAccessKey }: XksCredential): Record<string, string> {
  const { at, body, host, method, path, region = 'us-east-1', service = 'kms-xks-proxy' } = toSign;
  const date = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  const canonical = [method, path, '', `host:${host}`, `x-amz-date:${date}`, '', 'host;x-amz-date', sha256(body)];
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical.join('\n'))].join('\n');
  let key: string | Uint8Array = `AWS4${secretAccessKey}`;
  for (const part of scope.split('/')) key = hmac(key, part);
  const signature = hmac(key, text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
  return { host, 'x-amz-date': date, authorization };
}

function asked(status: number, body: string): Asked {
  try {
    return { status, json: JSON.parse(body) as Record<string, unknown> };
  } catch {
    return { status, json: {} };
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

export function inProcess(proxy: XksProxy): Asker {
  return {
    ask: async (path, given, options = {}) => {
      const { at = instant, method = 'POST', service, uriPath = proxy.uriPath } = options;
      const credential = 'credential' in options ? options.credential : proxy.credential;
      const toSign = { method, path: uriPath + path, host: 'xks.example.com', body: textOf(given), at };
      const headers = credential && signed({ ...toSign, ...(service !== undefined && { service }) }, credential);
      const request = { method, path: toSign.path, body: toSign.body, now: instant };
      const answer = proxy.handle({ ...request, headers: { ...headers, ...options.headers } });
      return asked(answer.status, answer.body);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

export async function overHttp(proxy: XksProxy): Promise<Asker & { readonly url: string }> {
  const server = await serveXksProxy(proxy, { signatureClock: () => instant });
  return {
    url: server.url,
    ask: async (path, given, options = {}) => {
      const { at = instant, method = 'POST', service, uriPath = proxy.uriPath } = options;
      const credential = 'credential' in options ? options.credential : proxy.credential;
      const { host } = new URL(server.url);
      const toSign = { method, path: uriPath + path, host, body: textOf(given), at };
      const headers = credential && signed({ ...toSign, ...(service !== undefined && { service }) }, credential);
      const response = await fetch(server.url + toSign.path, {
        method,
        headers: { ...headers, ...options.headers },
        redirect: 'manual',
        ...(method === 'GET' ? {} : { body: toSign.body }),
      });
      return asked(response.status, await response.text());
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Why curl cannot sign here; undefined when it can. 7.75 was the first that could. */
export function whyNoCurl(): string | undefined {
  const { status, stdout } = spawnSync('curl', ['--version'], { encoding: 'utf8', timeout: 20_000 });
  const [, major = 0, minor = 0] = (/^curl (\d+)\.(\d+)/.exec(stdout ?? '') ?? []).map(Number);
  if (status !== 0) return 'no working curl here';
  return major * 1000 + minor < 7075 ? 'this curl cannot sign' : undefined;
}

/** curl reads the machine's clock, so the proxy does too. */
export async function withCurl(proxy: XksProxy): Promise<Asker> {
  const server = await serveXksProxy(proxy, { signatureClock: () => Date.now() });
  return {
    ask: (path, given, options = {}) => {
      const { method = 'POST', service = 'kms-xks-proxy', uriPath = proxy.uriPath } = options;
      const credential = 'credential' in options ? options.credential : proxy.credential;
      const args = ['--silent', '--max-time', '10', '--write-out', '\n%{http_code}', '-X', method];
      args.push('-H', 'Content-Type: application/json');
      if (credential !== undefined) {
        args.push('--aws-sigv4', `aws:amz:us-east-1:${service}`);
        args.push('--user', `${credential.accessKeyId}:${credential.secretAccessKey}`);
      }
      args.push('--data-binary', '@-', server.url + uriPath + path);
      return new Promise((resolve, reject) => {
        const child = execFile('curl', args, { env: { PATH: process.env['PATH'] ?? '' } }, (error, stdout) => {
          const [, body = '', status = '0'] = /^(.*)\n(\d+)$/s.exec(stdout) ?? [];
          if (error !== null) reject(error);
          else resolve(asked(Number(status), body));
        });
        child.stdin?.end(textOf(given));
      });
    },
    [Symbol.asyncDispose]: () => server.close(),
  };
}
