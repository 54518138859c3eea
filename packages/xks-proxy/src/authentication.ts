// Who signed a request: AWS Signature Version 4 for the service kms-xks-proxy, at most five minutes off.
// https://github.com/aws/aws-kms-xksproxy-api-spec/blob/main/xks_proxy_api_spec.md (appendix A)

import { verifySignature } from '@kmsim/wire/http';
import { isCredential, type XksCredential } from './credentials.ts';
import { failure, type XksFailure } from './errors.ts';
import type { XksHttpRequest } from './http.ts';
import { invalidOption } from './xks-proxy-error.ts';

/** Two at a time and more, so that one can take the place of another while requests come in. */
export class Credentials {
  readonly #secrets: Map<string, { readonly secretAccessKey: string }> = new Map();

  put(credential: XksCredential): void {
    if (!isCredential(credential))
      throw invalidOption(
        'An access key id has 20 to 30 letters A to Z and digits 2 to 7, a secret access key 43 to 64 characters of base64.',
      );
    this.#secrets.set(credential.accessKeyId, { secretAccessKey: credential.secretAccessKey });
  }

  remove(accessKeyId: string): void {
    this.#secrets.delete(accessKeyId);
  }

  /** Undefined: one of these credentials signed it, lately, as it is. */
  refuse(request: XksHttpRequest, body: Uint8Array): XksFailure | undefined {
    const headers = new Map<string, string>();
    for (const [name, value] of Object.entries(request.headers)) {
      const lower = name.toLowerCase();
      if (headers.has(lower)) return failure('AuthenticationFailedException', `There are two ${lower} headers.`);
      headers.set(lower, value);
    }
    const { method, now, path } = request;
    const verdict = verifySignature(
      { method, path, headers, body },
      { lookup: (id) => this.#secrets.get(id), now: () => now, service: 'kms-xks-proxy', path },
    );
    if (!('refusal' in verdict)) return undefined;
    return failure('AuthenticationFailedException', verdict.refusal.message ?? verdict.refusal.code);
  }
}
