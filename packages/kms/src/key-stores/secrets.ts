// Passwords and secret access keys of custom key stores: in records they are sealed, and nothing prints them.

import { bytesToUtf8, utf8ToBytes } from '@kmsim/hsm-core';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';
import type { Engine } from '../engine.ts';
import type { ProxyUse } from '../state/key-store-records.ts';
import { withWorldKey } from '../world-key.ts';

const purpose = 'custom key store secrets';
const ivLength = 12;
const tagLength = 16;

/** AES-256-GCM under a key of the world, bound to the store. The same secret of the same store gives the same text. */
export function sealSecret({ vault, world }: Engine, store: string, secret: string): string {
  return withWorldKey(world, purpose, (key) => {
    const plaintext = utf8ToBytes(secret);
    // A synthetic IV: it repeats only where everything does.
    const iv = vault.authenticate(key, `${store}\0${secret}`).subarray(0, ivLength);
    const sealed = new Uint8Array(ivLength + plaintext.length + tagLength);
    sealed.set(iv);
    vault.backend.gcmSeal(key, iv, utf8ToBytes(store), plaintext, sealed, ivLength);
    plaintext.fill(0);
    return encodeBase64(sealed);
  });
}

// By what a store says of its proxy, as long as that is said: an update and a rewind make other records. A weak map shows nobody what is in it.
const opened = new WeakMap<Engine, WeakMap<ProxyUse, string>>();

/** The secret access key of a store's proxy, unsealed once. */
export function proxySecret(kms: Engine, store: string, proxy: ProxyUse): string {
  let known = opened.get(kms);
  if (known === undefined) {
    known = new WeakMap();
    opened.set(kms, known);
  }
  let secret = known.get(proxy);
  if (secret === undefined) {
    secret = openSecret(kms, store, proxy.secret);
    known.set(proxy, secret);
  }
  return secret;
}

/** Empty when it was not sealed here: then it is nobody's secret. */
export function openSecret({ vault, world }: Engine, store: string, text: string): string {
  const sealed = decodeBase64(text) ?? new Uint8Array();
  if (sealed.length < ivLength + tagLength) return '';
  const opened = withWorldKey(world, purpose, (key) =>
    vault.backend.gcmOpen(key, sealed.subarray(0, ivLength), utf8ToBytes(store), sealed.subarray(ivLength)),
  );
  if (opened === undefined) return '';
  const secret = bytesToUtf8(opened);
  opened.fill(0);
  return secret;
}
