// A document of the real service is good under the real root while its certificate is.

import { describe, expect, test } from 'vitest';
import { AttestationVerifier } from '../src/verifier.ts';
import { authority, hourMs } from './documents.ts';
import { awsRoot, realDocument, realInstant } from './real-document.ts';

const verifier = new AttestationVerifier([awsRoot]);

describe('a real document', () => {
  test('is read and verified', () => {
    const document = verifier.verify(realDocument, realInstant);
    expect(document).toMatchObject({
      kind: 'enclave',
      moduleId: 'i-0f73a4b4cb74cc9f2-enc0192e4188fef781d',
      timestamp: realInstant,
      // The module writes null for what nobody gave.
      publicKey: undefined,
      nonce: undefined,
    });
    expect('pcrs' in document && document.pcrs.size).toBe(16);
    expect('caBundle' in document && document.caBundle.length).toBe(4);
  });

  test('is good from the second its certificate begins to the second it ends', () => {
    const [from, to] = [Date.UTC(2024, 10, 14, 21, 24, 26), Date.UTC(2024, 10, 15, 0, 24, 29)];
    expect([from - 1, from, to + 999, to + 1000].map((at) => verifier.verify(realDocument, at))).toMatchObject([
      { code: 'not yet valid' },
      { kind: 'enclave' },
      { kind: 'enclave' },
      { code: 'expired' },
    ]);
  });

  test('is nothing to whoever trusts another root, and a made one is nothing to whoever trusts that of AWS', () => {
    expect(new AttestationVerifier([authority.root]).verify(realDocument, realInstant)).toMatchObject({
      code: 'untrusted root',
    });
    const made = authority.document({ at: realInstant + hourMs }) as Uint8Array;
    expect(verifier.verify(made, realInstant + hourMs)).toMatchObject({ code: 'untrusted root' });
  });
});
