// Opens a CiphertextForRecipient with the recipient's private key, as an enclave does: for tests, and for those who try an enclave's code.

import type * as nodeCrypto from 'node:crypto';
import { cbc } from '@noble/ciphers/aes.js';
import { CMSVersion, ContentInfo, EnvelopedData, id_data, id_envelopedData } from '@peculiar/asn1-cms';
import { id_RSAES_OAEP, RsaEsOaepParams } from '@peculiar/asn1-rsa';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { aes256Cbc } from './answer.ts';
import { joined } from './der.ts';
import { attempt } from './fault.ts';

/** PEM, PKCS#8 as DER, or a KeyObject of node:crypto. */
export type PrivateKey = string | Uint8Array | { readonly type: string };

/** Undefined: no answer, or one for somebody else. Needs node:crypto. */
export function openAnswer(answer: Uint8Array, privateKey: PrivateKey): Uint8Array | undefined {
  return attempt(() => {
    const { content, encryptedKey, iv } = partsOf(answer);
    return cbc(unwrap(encryptedKey, privateKey), iv).decrypt(content);
  });
}

/** The same with Web Crypto, which browsers have. It takes a key as PEM or DER. */
export async function openAnswerInBrowser(answer: Uint8Array, privateKey: PrivateKey): Promise<Uint8Array | undefined> {
  const parts = attempt(() => partsOf(answer));
  const der = attempt(() => pkcs8Of(privateKey));
  if (parts === undefined || der === undefined) return undefined;
  const { subtle } = globalThis.crypto;
  const wrapping = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const wrapped = Uint8Array.from(parts.encryptedKey);
  const key = await subtle
    .importKey('pkcs8', der, wrapping, false, ['decrypt'])
    .then((imported) => subtle.decrypt(wrapping, imported, wrapped))
    .catch(() => undefined);
  return key && attempt(() => cbc(new Uint8Array(key), parts.iv).decrypt(parts.content));
}

interface Parts {
  readonly encryptedKey: Uint8Array;
  readonly iv: Uint8Array;
  readonly content: Uint8Array;
}

// What the Nitro Enclaves SDK asks of an answer, and no more forms than that.
function partsOf(answer: Uint8Array): Parts {
  const outer = AsnConvert.parse(answer, ContentInfo);
  if (outer.contentType !== id_envelopedData) throw new TypeError('no EnvelopedData');
  const { encryptedContentInfo, recipientInfos, version } = AsnConvert.parse(outer.content, EnvelopedData);
  const recipient = recipientInfos.length === 1 ? recipientInfos[0]?.ktri : undefined;
  if (version !== CMSVersion.v2 || recipient?.version !== CMSVersion.v2) throw new TypeError('another version');
  const { algorithm, parameters } = recipient.keyEncryptionAlgorithm;
  if (algorithm !== id_RSAES_OAEP || parameters == null) throw new TypeError('no OAEP');
  AsnConvert.parse(parameters, RsaEsOaepParams);
  const { contentEncryptionAlgorithm: encryption, contentType, encryptedContent } = encryptedContentInfo;
  if (contentType !== id_data || encryption.algorithm !== aes256Cbc) throw new TypeError('no data under AES-256-CBC');
  const pieces = encryptedContent?.constructedValue ?? [encryptedContent?.value ?? new OctetString()];
  return {
    encryptedKey: bytesOf(recipient.encryptedKey),
    iv: bytesOf(AsnConvert.parse(encryption.parameters ?? new ArrayBuffer(), OctetString)),
    content: joined(...pieces.map(bytesOf)),
  };
}

function bytesOf({ buffer }: OctetString): Uint8Array {
  return new Uint8Array(buffer);
}

function unwrap(encryptedKey: Uint8Array, key: PrivateKey): Uint8Array {
  const { constants, createPrivateKey, privateDecrypt } = process.getBuiltinModule('node:crypto');
  const privateKey =
    key instanceof Uint8Array
      ? createPrivateKey({ key: Buffer.from(key), format: 'der', type: 'pkcs8' })
      : (key as string | nodeCrypto.KeyObject);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return Uint8Array.from(privateDecrypt({ key: privateKey, padding, oaepHash: 'sha256' }, encryptedKey));
}

function pkcs8Of(key: PrivateKey): Uint8Array<ArrayBuffer> {
  if (key instanceof Uint8Array) return Uint8Array.from(key);
  const base64 = typeof key === 'string' ? /-----BEGIN PRIVATE KEY-----([^-]+)-----END/.exec(key)?.[1] : undefined;
  if (base64 === undefined) throw new TypeError('neither DER nor PEM');
  return Uint8Array.from(atob(base64.replaceAll(/\s/g, '')), (octet) => octet.charCodeAt(0));
}
