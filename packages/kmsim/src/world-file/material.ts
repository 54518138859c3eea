// Material of a key as a world file has it, as the vault takes it.

import { isKeyPairSpec, type KeySpec, keySpecs } from '@kmsim/hsm-core';
import { fixedMaterial, specOfPrivateKey } from '@kmsim/hsm-core/fixed-material';
import { decodeBase64 } from '@kmsim/kms';
import type { MaterialContent } from './content.ts';

/** Reads a file that a world names; the text says why not, and what to do. */
export type ReadReference = (path: string) => Uint8Array | { readonly refused: string };

interface Bytes {
  readonly bytes: Uint8Array;
  /** The 32 bytes that a key pair grows from, not its private key. */
  readonly isSeed?: true;
}
type Refused = { readonly refused: string };

/** Materials of one world. Reading a long RSA key takes a while: one that was read is kept, as the text that it came from is. */
export class Materials {
  readonly #read: ReadReference;
  readonly #known = new WeakMap<MaterialContent, { readonly spec: KeySpec; readonly secret: Uint8Array | Refused }>();

  constructor(read: ReadReference) {
    this.#read = read;
  }

  /** The secret, or what is wrong with it and what to write. Erase it. */
  secretOf(material: MaterialContent, spec: KeySpec): Uint8Array | Refused {
    const known = this.#known.get(material);
    const secret = known?.spec === spec ? known.secret : secretOf(material, spec, this.#read);
    this.#known.set(material, { spec, secret });
    return secret instanceof Uint8Array ? secret.slice() : secret;
  }

  /** Which key pair it is; undefined when it cannot be told. */
  specOf(material: MaterialContent): KeySpec | undefined {
    return this.#known.get(material)?.spec ?? specOf(material, this.#read);
  }
}

function secretOf(material: MaterialContent, spec: KeySpec, read: ReadReference): Uint8Array | Refused {
  const given = bytesOf(material, read);
  if ('refused' in given) return given;
  if (given.isSeed)
    return isKeyPairSpec(spec)
      ? given.bytes
      : { refused: `is a seed, which is for key pairs: give the bytes of the ${spec} key as hex.` };
  const secret = fixedMaterial(spec, given.bytes);
  given.bytes.fill(0);
  return secret ?? { refused: `is no material of a ${spec} key: ${wanted(spec)}.` };
}

function specOf(material: MaterialContent, read: ReadReference): KeySpec | undefined {
  const given = bytesOf(material, read);
  if ('refused' in given || given.isSeed) return undefined;
  const spec = specOfPrivateKey(given.bytes);
  given.bytes.fill(0);
  return spec;
}

function wanted(spec: KeySpec): string {
  const { family, materialBytes } = keySpecs[spec];
  if (family === 'symmetric') return `give ${materialBytes} bytes, 64 hexadecimal digits`;
  return family === 'hmac'
    ? `give ${materialBytes} to 128 bytes`
    : `give its private key as PEM, as openssl genpkey writes it`;
}

function bytesOf({ base64, file, hex, pem, seed }: MaterialContent, read: ReadReference): Bytes | Refused {
  if (pem !== undefined) return fromPem(pem);
  if (hex !== undefined) return { bytes: fromHex(hex) };
  if (seed !== undefined) return { bytes: fromHex(seed), isSeed: true };
  if (base64 !== undefined) return fromBase64(base64);
  const content = read(file ?? '');
  if ('refused' in content) return content;
  const text = new TextDecoder().decode(content);
  return text.includes('-----BEGIN') ? fromPem(text) : { bytes: content };
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

function fromBase64(text: string): Bytes | Refused {
  const bytes = decodeBase64(text.replace(/\s/g, ''));
  return bytes === undefined ? { refused: 'is no base64: write its bytes anew, with = at the end.' } : { bytes };
}

// RFC 7468. Parameters of a curve may stand before the key (openssl ecparam -genkey).
function fromPem(text: string): Bytes | Refused {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type:.*ENCRYPTED/.test(text))
    return { refused: 'is a private key under a password: take that off with openssl pkey -in key.pem.' };
  const block = /-----BEGIN ((?:EC |RSA )?PRIVATE KEY)-----([\d+/=A-Za-z\s]+)-----END \1-----/.exec(text);
  if (block === null) return { refused: 'is no PEM of a private key: it begins with -----BEGIN PRIVATE KEY-----.' };
  return fromBase64(block[2] ?? '');
}
