// A KMS endpoint as a client sees it: signed requests over connections that are kept.

import { Agent as HttpAgent, request as httpRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Sha256 } from '@kmsim/wire/http';
import { SignatureV4 } from '@smithy/signature-v4';
import { CommandError } from '../command-error.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Of one that is signed; it may be sent again while the signature is young. */
export interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export class Endpoint {
  readonly url: URL;
  readonly #signer: SignatureV4;
  readonly #send: typeof httpRequest;
  readonly #options: RequestOptions;
  readonly #agent: HttpAgent | HttpsAgent;

  constructor(url: URL, credentials: Credentials, region: string) {
    this.url = url;
    this.#signer = new SignatureV4({ credentials, region, service: 'kms', sha256: Sha256 });
    const isPlain = url.protocol === 'http:';
    this.#send = isPlain ? httpRequest : httpsRequest;
    this.#agent = isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });
    // An address of IPv6 stands in brackets in a URL, and without them in a connection.
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const path = url.pathname;
    this.#options = {
      agent: this.#agent,
      host,
      ...(url.port !== '' && { port: Number(url.port) }),
      path,
      method: 'POST',
    };
  }

  async sign(operation: string, input: object): Promise<SignedRequest> {
    const { url } = this;
    const body = JSON.stringify(input);
    const { headers } = await this.#signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: url.pathname,
      query: {},
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `TrentService.${operation}`,
      },
      body,
    });
    return { headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) }, body };
  }

  /** The answer's text. Rejects unless the status is 200. */
  send({ body, headers }: SignedRequest): Promise<string> {
    return new Promise((resolve, reject) => {
      const sent = this.#send({ ...this.#options, headers, timeout: 20_000 }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject).on('end', () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new CommandError(`${this.url.host} answers ${response.statusCode}: ${text.slice(0, 300)}`));
        });
      });
      sent.on('timeout', () => sent.destroy(new Error('no answer within 20 seconds')));
      sent.on('error', ({ message }) => reject(new CommandError(`${this.url.host}: ${message}`))).end(body);
    });
  }

  async call(operation: string, input: object): Promise<Record<string, unknown>> {
    return JSON.parse(await this.send(await this.sign(operation, input))) as Record<string, unknown>;
  }

  close(): void {
    this.#agent.destroy();
  }
}
