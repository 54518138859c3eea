// The import desk: tokens, wrapping keys and what comes in under them; and what of all that it keeps.

import * as crypto from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backend } from '../src/backend/backend.ts';
import type { NotLoaded } from '../src/backend/load-once.ts';
import { type ImportClaims, ImportDesk, importRandomLength } from '../src/import-desk.ts';
import { registryOver } from '../src/load-registry.ts';
import { backends, native, portable } from './backend/backends.ts';
import { octets } from './octets.ts';

const sealKey = octets(32, 11);
const claims: ImportClaims = {
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
  algorithm: 'RSAES_OAEP_SHA_256',
  wrappingKeySpec: 'RSA_2048',
  validTo: 1_700_000_000_000,
};
// Seeds whose primes come soon: see rsa/backends.ts.
const random = (last = 0): Uint8Array =>
  Uint8Array.from({ length: importRandomLength }, (_, at) => (at < 31 ? 3 : at === 31 ? 0 : last + at));

function loaded<Value>(value: Value | NotLoaded): Value {
  if (value instanceof Promise) throw new Error('not loaded');
  return value;
}

beforeAll(async () => {
  for (const backend of backends) {
    await registryOver(backend);
    await (await backend.primitives()).sm2();
  }
});

/** A client: OAEP with SHA-256, by node:crypto. */
function wrapWith(publicKey: Uint8Array, material: Uint8Array): Uint8Array {
  const key = crypto.createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const padding = crypto.constants.RSA_PKCS1_OAEP_PADDING;
  return Uint8Array.from(crypto.publicEncrypt({ key, padding, oaepHash: 'sha256' }, material));
}

/** A desk, a token of it and a material that was wrapped for it. */
function opened(backend: Backend, desk = new ImportDesk(backend)) {
  const { publicKey, token } = loaded(desk.open(sealKey, claims, random()));
  return { desk, publicKey, token, wrapped: wrapWith(publicKey, octets(32, 1)) };
}

describe.each(backends)('over the $name backend', (backend) => {
  const { desk, publicKey, token, wrapped } = beforehand(() => opened(backend));

  test('a token says what was claimed', () => {
    expect(desk().read(sealKey, token())).toEqual(claims);
  });

  test('what was wrapped for it comes in, again and again, and at another desk too', () => {
    for (const one of [desk(), desk(), new ImportDesk(backend)])
      expect(loaded(one.unwrap(sealKey, token(), claims, 'SYMMETRIC_DEFAULT', wrapped()))).toEqual(octets(32, 1));
  });

  test('another length is wrong material, another wrap is not unwrapped', () => {
    const unwrap = (bytes: Uint8Array, spec: 'HMAC_512' | 'SYMMETRIC_DEFAULT' | 'RSA_2048') =>
      loaded(desk().unwrap(sealKey, token(), claims, spec, bytes));
    expect(unwrap(wrapped(), 'HMAC_512')).toBe('wrong material');
    expect(unwrap(wrapped(), 'RSA_2048')).toBe('wrong material');
    expect(unwrap(wrapped().slice(1), 'SYMMETRIC_DEFAULT')).toBe('not unwrapped');
    expect(unwrap(wrapWith(publicKey(), octets(64, 1)), 'HMAC_512')).toEqual(octets(64, 1));
  });

  test('under another seal a token is none', () => {
    expect(desk().read(octets(32, 12), token())).toBeUndefined();
    expect(loaded(desk().unwrap(octets(32, 12), token(), claims, 'SYMMETRIC_DEFAULT', wrapped()))).toBe(
      'not unwrapped',
    );
  });

  test('a damaged token is none, wherever it is damaged, and so is one of another length', () => {
    const bytes = token();
    for (const at of bytes.keys()) {
      const spoilt = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8)));
      expect(desk().read(sealKey, spoilt)).toBeUndefined();
    }
    for (const length of [0, 1, 11, 12, 28, 43, bytes.length - 1])
      expect(desk().read(sealKey, bytes.slice(0, length))).toBeUndefined();
    expect(desk().read(sealKey, Uint8Array.of(...bytes, 0))).toBeUndefined();
  });

  test('an SM2 key wraps by SM2PKE only', () => {
    const sm2: ImportClaims = { ...claims, algorithm: 'SM2PKE', wrappingKeySpec: 'SM2' };
    const answer = loaded(desk().open(sealKey, sm2, random(1)));
    expect(answer.publicKey).toHaveLength(91);
    const input = [sealKey, answer.token, { ...sm2, algorithm: 'RSAES_OAEP_SHA_256' }] as const;
    expect(loaded(desk().unwrap(...input, 'SYMMETRIC_DEFAULT', wrapped()))).toBe('not unwrapped');
    const asRsa = { ...claims, algorithm: 'SM2PKE' } as const;
    expect(loaded(desk().unwrap(sealKey, token(), asRsa, 'SYMMETRIC_DEFAULT', wrapped()))).toBe('not unwrapped');
  });
});

/** Made when it is first asked for, once the libraries are there. */
function beforehand<Made extends object>(make: () => Made): { readonly [Name in keyof Made]: () => Made[Name] } {
  let made: Made | undefined;
  const get = (name: keyof Made) => () => {
    made ??= make();
    return made[name];
  };
  return new Proxy({} as { [Name in keyof Made]: () => Made[Name] }, {
    get: (_target, name) => get(name as keyof Made),
  });
}

test('both backends give the same key and token', () => {
  const [one, other] = [opened(portable), opened(native)];
  expect(one.publicKey).toEqual(other.publicKey);
  expect(one.token).toEqual(other.token);
});

describe('what it keeps', () => {
  test('is shown to nobody: neither the seed nor the key', () => {
    const { desk, token, wrapped } = opened(native);
    desk.unwrap(sealKey, token, claims, 'SYMMETRIC_DEFAULT', wrapped);
    for (const text of [
      inspect(desk, { showHidden: true, depth: 9, getters: true }),
      JSON.stringify(desk),
      inspect({ ...desk }),
      String(desk),
    ]) {
      expect(text.replaceAll(/\s/g, '')).not.toContain('3,3,3,3');
      expect(text).not.toContain('publicKey');
    }
    expect(Buffer.from(token).includes(Buffer.from(random().subarray(0, 8)))).toBe(false);
  });

  test("of the bytes it was given, nothing: they are the caller's to erase", () => {
    const desk = new ImportDesk(native);
    const bytes = random();
    const { publicKey, token } = loaded(desk.open(sealKey, claims, bytes));
    expect(bytes).toEqual(random());
    bytes.fill(0);
    const material = octets(32, 1);
    expect(loaded(desk.unwrap(sealKey, token, claims, 'SYMMETRIC_DEFAULT', wrapWith(publicKey, material)))).toEqual(
      material,
    );
  });

  test('erases the content of a token once it has sealed or read it, and wrong material', () => {
    const held: Uint8Array[] = [];
    const watching: Backend = {
      name: native.name,
      sha256: (data) => native.sha256(data),
      hmacSha256: (key) => native.hmacSha256(key),
      primitives: () => native.primitives(),
      gcmSeal: (key, iv, aad, plaintext, out, at) => {
        held.push(plaintext);
        native.gcmSeal(key, iv, aad, plaintext, out, at);
      },
      gcmOpen: (key, iv, aad, sealed) => {
        const plaintext = native.gcmOpen(key, iv, aad, sealed);
        if (plaintext !== undefined) held.push(plaintext);
        return plaintext;
      },
    };
    const { desk, token, wrapped } = opened(watching);
    desk.read(sealKey, token);
    desk.unwrap(sealKey, token, claims, 'HMAC_512', wrapped);
    desk.unwrap(sealKey, token, claims, 'SYMMETRIC_DEFAULT', wrapped.slice(1));
    expect(held).toHaveLength(4);
    for (const bytes of held) expect(bytes.every((byte) => byte === 0)).toBe(true);
  });
});
