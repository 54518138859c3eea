// What is left of a key when it has ended: nothing that works, and no octet of it where it was kept.

import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { chooseBackend } from '../src/backend/choose.ts';
import { hmacHashes } from '../src/hmac.ts';
import { isKeyPairSpec, type KeySpec, keySpecs } from '../src/key-specs.ts';
import { registryOver } from '../src/load-registry.ts';
import { Vault } from '../src/vault.ts';

const secretOf = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => 0xa5 ^ (at * 29));

/** What is there when the library has come. */
async function loaded<Value>(get: () => Value | Promise<unknown>): Promise<Value> {
  for (;;) {
    const value = get();
    if (!(value instanceof Promise)) return value;
    await value;
  }
}

/** Every form in which somebody could see bytes. */
function showings(value: unknown): string[] {
  const shown = [inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, maxArrayLength: null })];
  shown.push(JSON.stringify(value) ?? '');
  try {
    shown.push(serialize(value).toString('latin1'));
  } catch {
    // What cannot be cloned shows nothing.
  }
  return shown;
}

describe.each(['native', 'portable'] as const)('%s', (name) => {
  const backend = chooseBackend(name);
  if (backend === undefined) throw new Error('no such backend');

  test('an HMAC key that was erased makes other MACs', async () => {
    const registry = await loaded(() => registryOver(backend));
    const message = new Uint8Array(10);
    for (const hash of Object.values(hmacHashes)) {
      const mac = registry.primitives.hmac.hmac(hash, secretOf(32));
      const before = mac(message);
      expect(mac(message)).toEqual(before);
      expect(mac.erase).toBeDefined();
      mac.erase?.();
      let after: Uint8Array | undefined;
      try {
        after = mac(message);
      } catch {
        // It says that it was destroyed.
      }
      expect(after).not.toEqual(before);
    }
  });

  test('an RSA key that was erased does nothing', async () => {
    const { keyPairKinds, primitives } = await loaded(() => registryOver(backend));
    const pair = await loaded(() => keyPairKinds.RSA_2048.grow(secretOf(32), primitives));
    const draw = (length: number): Uint8Array => new Uint8Array(length);
    const digest = new Uint8Array(32);
    const signature = pair.sign('RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST', digest, draw) as Uint8Array;
    pair.erase();
    expect(() => pair.sign('RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST', digest, draw)).toThrow(/erased/);
    // The public half is no secret.
    expect(pair.verify('RSASSA_PKCS1_V1_5_SHA_256', 'DIGEST', digest, signature)).toBe(true);
  });

  test('a vault that was erased has nothing, shows nothing, and can be used anew', async () => {
    const vault = new Vault(backend);
    const id = vault.create('key-1', secretOf(32));
    const blob = vault.seal(id, 'encrypt', undefined, Uint8Array.of(1), secretOf(28)) as Uint8Array;
    const gone = vault.create('key-2', secretOf(32).reverse());
    vault.withdraw(gone);
    vault.erase();
    expect([vault.has(id), vault.has(gone)]).toEqual([false, false]);
    expect(vault.find(blob)).toBe('foreign');
    expect(vault.create('key-1', secretOf(32))).toBe(id);
    const found = vault.find(blob);
    expect(typeof found === 'string' ? found : vault.open(found, undefined, blob)).toEqual(Uint8Array.of(1));
  });

  test('nothing shows a secret of a vault, in whatever way it was used', async () => {
    const registry = await loaded(() => registryOver(backend));
    const vault = new Vault(backend);
    const secret = secretOf(32);
    const id = vault.create('key-1', secret);
    vault.seal(id, 'encrypt', undefined, Uint8Array.of(1), secretOf(28));
    vault.hmacKey(id, 'HMAC_256');
    const specs = (Object.keys(keySpecs) as KeySpec[])
      .filter(isKeyPairSpec)
      .filter((spec) => !spec.startsWith('RSA_3'));
    const pairs = [];
    for (const spec of specs.filter((one) => !one.startsWith('RSA_4')))
      pairs.push(await loaded(() => registry.keyPairKinds[spec].grow(secret, registry.primitives)));
    const marks = [
      Buffer.from(secret).toString('hex'),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('latin1'),
      [...secret.subarray(0, 4)].join(', '),
      [...secret.subarray(0, 4)].join(','),
      BigInt(`0x${Buffer.from(secret).toString('hex')}`).toString(),
    ];
    for (const shown of [...showings(vault), ...pairs.flatMap(showings), ...showings([vault, registry])])
      for (const mark of marks) expect(shown).not.toContain(mark);
  });
});
