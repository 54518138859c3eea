// The signature that a request ought to carry, computed over exactly the headers that the request names.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
//
// Written here, not called in the signer of the AWS SDK, because every request over HTTP pays for it: the SDK's adds and drops headers of
// its own and is asynchronous. The SDK's signer is what the tests measure this one by.

import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import { KeptValues } from './kept-values.ts';

export const algorithm = 'AWS4-HMAC-SHA256';

/** Headers in the canonical form. */
export interface CanonicalHeaders {
  /** A line for each, in the order of their names. */
  readonly lines: string;
  /** Their names, with semicolons between. */
  readonly names: string;
}

export interface ToSign {
  readonly method: string;
  /** In canonical form. */
  readonly path: string;
  /** The signed headers, and no other. */
  readonly headers: CanonicalHeaders;
  /** SHA-256 of the body, in hexadecimal digits. */
  readonly bodyHash: string;
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
export function expectedSignature(toSign: ToSign, { secretAccessKey }: SigningSecret): string {
  const { method, path, headers, bodyHash, timestamp, region, service } = toSign;
  const canonical = `${method}\n${path}\n\n${headers.lines}\n${headers.names}\n${bodyHash}`;
  const scope = `${timestamp.slice(0, 8)}/${region}/${service}/aws4_request`;
  const text = `${algorithm}\n${timestamp}\n${scope}\n${sha256Hex(canonical)}`;
  return createHmac('sha256', signingKey(secretAccessKey, scope)).update(text).digest('hex');
}

/** The line of a header: its value without blanks at the ends, and with one for several. */
export function canonicalLine(name: string, value: string): string {
  const isFolded = !value.includes('  ') && !value.startsWith(' ') && !value.endsWith(' ');
  return `${name}:${isFolded ? value : value.trim().replaceAll(/ +/g, ' ')}\n`;
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

const signingKeys: KeptValues<KeyObject> = new KeptValues(64);

// One for a secret, a day, a Region and a service: the name is everything that a key depends on, so that none is ever stale. Made once for
// secrets that are known and for the one that stands in for those that are not, so that neither is quicker. Key objects, because raw keys
// cost some releases of Node 24 as much as ten signatures.
function signingKey(secretAccessKey: string, scope: string): KeyObject {
  return signingKeys.get(`${scope}\n${secretAccessKey}`, () => {
    let bytes: Uint8Array = Buffer.from(`AWS4${secretAccessKey}`);
    for (const part of scope.split('/')) bytes = createHmac('sha256', createSecretKey(bytes)).update(part).digest();
    return createSecretKey(bytes);
  });
}
