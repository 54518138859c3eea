// The signature that a request ought to carry, computed by the signer of the AWS SDK over exactly the headers that the request names.

import { createHash, createHmac } from 'node:crypto';
import { createScope, getCanonicalHeaders, getSigningKey, SignatureV4Base } from '@smithy/signature-v4';
import { Sha256 } from './sha256.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

export interface ToSign {
  readonly method: string;
  readonly path: string;
  /** The signed headers, and no other. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** ISO 8601 basic, as the request says it: 20150830T123600Z. */
  readonly timestamp: string;
  readonly region: string;
  readonly service: string;
}

export interface SigningSecret {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** 64 lower-case hexadecimal digits. */
export function expectedSignature(toSign: ToSign, secret: SigningSecret): Promise<string> {
  return signer.expected(toSign, secret);
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

// `sign` of the SDK adds headers of its own (x-amz-date) and drops others (date). The steps below it do neither.
class Signer extends SignatureV4Base {
  constructor() {
    super({ service: '', region: '', credentials: { accessKeyId: '', secretAccessKey: '' }, sha256: Sha256 });
  }

  async expected(toSign: ToSign, secret: SigningSecret): Promise<string> {
    const { method, path, timestamp, region, service } = toSign;
    const headers = Object.fromEntries(toSign.headers);
    const request = { method, path, query: {}, headers, protocol: 'http:', hostname: '' };
    const canonicalHeaders = getCanonicalHeaders(request, undefined, new Set(toSign.headers.keys()));
    const canonical = this.createCanonicalRequest(request, canonicalHeaders, sha256Hex(toSign.body));
    const date = timestamp.slice(0, 8);
    const scope = createScope(date, region, service);
    const text = await this.createStringToSign(timestamp, scope, canonical, algorithm);
    const key = await getSigningKey(Sha256, secret, date, region, service);
    return createHmac('sha256', key).update(text).digest('hex');
  }
}

const signer = new Signer();
