// Whatever is sent, an answer of the API comes back.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { errorStatuses } from '../src/errors.ts';
import { instant, signed } from './asking.ts';
import { decryptBody, encryptBody, healthBody, keyMetadataBody } from './bodies.ts';
import { proxy, proxyOf } from './proxy-of.ts';

interface Sent {
  readonly path: string;
  readonly body: string | Uint8Array;
}

function statusOf({ body, path }: Sent, of = proxyOf({ onInternalError: fail })): number {
  const toSign = { method: 'POST', path: of.uriPath + path, host: 'h.example', body, at: instant };
  const answer = of.handle({ ...toSign, headers: signed(toSign, of.credential), now: instant });
  const { errorMessage, errorName } = JSON.parse(answer.body) as Record<string, string | undefined>;
  if (answer.status === 200) expect(errorName).toBeUndefined();
  else {
    expect(errorStatuses[errorName as keyof typeof errorStatuses]).toBe(answer.status);
    expect(errorMessage).toMatch(/^[\x20-\x7e]{1,511}$/);
  }
  return answer.status;
}

function fail(error: unknown): never {
  throw error;
}

const paths = ['/health', '/keys/k/metadata', '/keys/k/encrypt', '/keys/k/decrypt'];

test.prop([fc.constantFrom(...paths), fc.oneof(fc.uint8Array(), fc.string(), fc.json())])('any body', (path, body) => {
  expect([200, 400]).toContain(statusOf({ path, body }));
});

const answer = JSON.parse(
  (() => {
    const body = JSON.stringify(encryptBody({ aad: 'a' }));
    const toSign = { method: 'POST', path: `${proxy.uriPath}/keys/k/encrypt`, host: 'h.example', body, at: instant };
    return proxy.handle({ ...toSign, headers: signed(toSign, proxy.credential), now: instant }).body;
  })(),
) as Record<string, unknown>;

const whole: readonly (readonly [string, Record<string, unknown>])[] = [
  ['/health', healthBody],
  ['/keys/k/metadata', keyMetadataBody() as Record<string, unknown>],
  ['/keys/k/encrypt', encryptBody({ aad: 'a', cdiv: true })],
  ['/keys/k/decrypt', decryptBody(answer, 'a')],
];

test.prop([fc.constantFrom(...whole), fc.nat(20), fc.anything()])(
  'any member of a request as something else',
  ([path, body], at, value) => {
    const names = Object.keys(body);
    const name = names[at % names.length] ?? '';
    let text = '{}';
    try {
      text = JSON.stringify({ ...body, [name]: value });
    } catch {
      // No JSON can say it.
    }
    expect([200, 400, 501]).toContain(statusOf({ path, body: text }));
  },
);

test.prop([fc.string({ unit: 'binary-ascii' }), fc.dictionary(fc.string(), fc.string()), fc.string()])(
  'any request that nobody signed is refused',
  (path, headers, method) => {
    const { status } = proxy.handle({ method, path: `${proxy.uriPath}/${path}`, headers, body: '{}', now: instant });
    expect([401, 404, 405]).toContain(status);
  },
);

test.prop([fc.uint8Array({ maxLength: 4300 }), fc.uint8Array({ maxLength: 8192 })], { numRuns: 40 })(
  'what was encrypted is decrypted, and the ciphertext is as long as the plaintext',
  (plaintext, aad) => {
    const of = proxyOf();
    const send = (path: string, given: object): Record<string, unknown> => {
      const body = JSON.stringify(given);
      const toSign = { method: 'POST', path: of.uriPath + path, host: 'h.example', body, at: instant };
      const { body: said } = of.handle({ ...toSign, headers: signed(toSign, of.credential), now: instant });
      return JSON.parse(said) as Record<string, unknown>;
    };
    const sealed = send('/keys/k/encrypt', encryptBody({ plaintext, aad, cdiv: true }));
    expect(Buffer.from(String(sealed['ciphertext']), 'base64').length).toBe(plaintext.length);
    const opened = send('/keys/k/decrypt', decryptBody(sealed, aad));
    expect(opened['plaintext']).toBe(Buffer.from(plaintext).toString('base64'));
  },
);
