// The signature of AWS KMS on a request to a proxy: AWS Signature Version 4 for the service kms-xks-proxy, over host and x-amz-date.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md (appendix A)
//
// By hand rather than by the SDK's signer: that one is asynchronous, and a proxy in the same process answers at once.

import type * as NodeCrypto from 'node:crypto';
import type { XksRequest } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';

const service = 'kms-xks-proxy';
const algorithm = 'AWS4-HMAC-SHA256';
const signedHeaders = 'host;x-amz-date';

/** Signs the requests of one simulation; the key of a day is made once. */
export class RequestSigner {
  readonly #crypto: typeof NodeCrypto;
  #second = Number.NaN;
  #text = '';
  #keyFor = '';
  #key: Uint8Array = new Uint8Array(0);

  constructor() {
    this.#crypto = nodeCrypto();
  }

  /** All headers of the request, signed at an instant in milliseconds since the epoch. */
  headers({ body, credential, endpoint, path, region }: XksRequest, instant: number): Record<string, string> {
    const host = endpoint.slice('https://'.length).toLowerCase();
    const timestamp = this.#timestamp(instant);
    const date = timestamp.slice(0, 8);
    const scope = `${date}/${region}/${service}/aws4_request`;
    // A path of these characters is its own canonical form, and there is no query.
    const canonical = `POST\n${path}\n\nhost:${host}\nx-amz-date:${timestamp}\n\n${signedHeaders}\n${this.#sha256(body)}`;
    const text = `${algorithm}\n${timestamp}\n${scope}\n${this.#sha256(canonical)}`;
    const signature = this.#hmac(this.#signingKey(credential.rawSecretAccessKey, date, region), text).toString('hex');
    const credentialScope = `Credential=${credential.accessKeyId}/${scope}`;
    return {
      host,
      'content-type': 'application/json',
      'x-amz-date': timestamp,
      authorization: `${algorithm} ${credentialScope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
    };
  }

  #signingKey(secret: string, date: string, region: string): Uint8Array {
    const keyFor = `${date}\n${region}\n${secret}`;
    if (keyFor !== this.#keyFor) {
      let key: string | Buffer = `AWS4${secret}`;
      for (const part of [date, region, service, 'aws4_request']) key = this.#hmac(key, part);
      this.#key = key as Buffer;
      this.#keyFor = keyFor;
    }
    return this.#key;
  }

  /** ISO 8601 basic. Many requests are of one second. */
  #timestamp(instant: number): string {
    const second = Math.floor(instant / 1000);
    if (second !== this.#second) {
      this.#text = `${new Date(second * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
      this.#second = second;
    }
    return this.#text;
  }

  #sha256(text: string): string {
    return this.#crypto.hash('sha256', text, 'hex');
  }

  #hmac(key: string | Uint8Array, text: string): Buffer {
    return this.#crypto.createHmac('sha256', key).update(text).digest();
  }
}

// Found at run time, so that a bundler for browsers meets no import of it. Node has had it since 20.16.
function nodeCrypto(): typeof NodeCrypto {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: 'node:crypto'): typeof NodeCrypto } };
  const found = process?.getBuiltinModule?.('node:crypto');
  if (found === undefined) throw new KmsimError('NotInBrowser', 'Requests to a proxy are signed with node:crypto.');
  return found;
}
