// Requests signed by the signer of the AWS SDK, as a client would send them.

import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { SignedRequest } from '../src/sigv4.ts';

// The example key of the AWS documentation; it opens nothing.
export const exampleKey = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

export const signedAt = Date.UTC(2015, 7, 30, 12, 36, 0);

type Bytes = string | ArrayBuffer | ArrayBufferView;
const binary = (bytes: Bytes): string | Uint8Array =>
  typeof bytes === 'string'
    ? bytes
    : Buffer.from(
        ArrayBuffer.isView(bytes)
          ? (bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
          : bytes,
      );

class Sha256 {
  readonly #state: Hash | Hmac;

  constructor(secret?: Bytes) {
    this.#state = secret === undefined ? createHash('sha256') : createHmac('sha256', binary(secret));
  }

  update(chunk: Bytes): void {
    this.#state.update(binary(chunk));
  }

  async digest(): Promise<Uint8Array> {
    return this.#state.digest();
  }

  reset(): void {}
}

export interface Signing {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly service?: string;
  readonly at?: number;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Also sends x-amz-content-sha256. */
  readonly withHash?: boolean;
}

/** A KMS request, signed over everything that it carries. */
export async function signedRequest(signing: Signing = {}): Promise<SignedRequest> {
  const { region = 'eu-west-1', service = 'kms', at = signedAt, method = 'POST', path = '/' } = signing;
  const { body = '{"KeyId":"alias/a"}', withHash = false, sessionToken } = signing;
  const credentials = { ...exampleKey, ...pick(signing), ...(sessionToken === undefined ? {} : { sessionToken }) };
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256, applyChecksum: withHash });
  const headers = signing.headers ?? {
    host: '127.0.0.1:4566',
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'TrentService.DescribeKey',
    'amz-sdk-request': 'attempt=1; max=3',
  };
  const request = { method, protocol: 'http:', hostname: '127.0.0.1', path, query: {}, headers: { ...headers }, body };
  const signed = await signer.sign(request, { signingDate: new Date(at) });
  return { method, path, headers: new Map(Object.entries(signed.headers)), body: Buffer.from(body) };
}

function pick({ accessKeyId, secretAccessKey }: Signing): Partial<typeof exampleKey> {
  return {
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(secretAccessKey === undefined ? {} : { secretAccessKey }),
  };
}

/** The same request with other headers; undefined takes one away. */
export function withHeaders(
  request: SignedRequest,
  changes: Readonly<Record<string, string | undefined>>,
): SignedRequest {
  const headers = new Map(request.headers);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  return { ...request, headers };
}

/** The same request with another Authorization header. */
export function reauthorized(request: SignedRequest, change: (header: string) => string): SignedRequest {
  return withHeaders(request, { authorization: change(request.headers.get('authorization') ?? '') });
}
