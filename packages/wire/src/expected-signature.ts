// The signature that a request ought to carry, computed by the signer of the AWS SDK over exactly the headers that the request names.

import { createHmac, hash } from 'node:crypto';
import { createScope, getCanonicalHeaders, SignatureV4Base } from '@smithy/signature-v4';
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
export function expectedSignature(toSign: ToSign, secret: SigningSecret): string {
  return signer.expected(toSign, secret);
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

// `sign` of the SDK adds headers of its own (x-amz-date) and drops others (date), and everything behind its canonical form is asynchronous.
// The rest is two hashes: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
class Signer extends SignatureV4Base {
  readonly #signingKeys: Map<string, Uint8Array> = new Map();

  constructor() {
    super({ service: '', region: '', credentials: { accessKeyId: '', secretAccessKey: '' }, sha256: Sha256 });
  }

  expected(toSign: ToSign, { secretAccessKey }: SigningSecret): string {
    const { method, path, timestamp, region, service } = toSign;
    const headers = Object.fromEntries(toSign.headers);
    const request = { method, path, query: {}, headers, protocol: 'http:', hostname: '' };
    const canonicalHeaders = getCanonicalHeaders(request, undefined, new Set(toSign.headers.keys()));
    const canonical = this.createCanonicalRequest(request, canonicalHeaders, sha256Hex(toSign.body));
    const scope = createScope(timestamp.slice(0, 8), region, service);
    const text = [algorithm, timestamp, scope, sha256Hex(canonical)].join('\n');
    return createHmac('sha256', this.#signingKey(secretAccessKey, scope)).update(text).digest('hex');
  }

  // One for a secret, a day, a Region and a service. Made once for secrets that are known and for the one that stands in for those that
  // are not, so that neither is quicker.
  #signingKey(secretAccessKey: string, scope: string): Uint8Array {
    const name = `${scope}\n${secretAccessKey}`;
    const known = this.#signingKeys.get(name);
    if (known !== undefined) return known;
    if (this.#signingKeys.size === maxSigningKeys) this.#signingKeys.clear();
    let key: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
    this.#signingKeys.set(name, key);
    return key;
  }
}

const maxSigningKeys = 64;

const signer = new Signer();
