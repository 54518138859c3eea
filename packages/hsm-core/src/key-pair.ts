// A key pair of whatever family, with everything that can be done with it. Its private key is in a closure: nothing prints it.

import type {
  EncapsulationAlgorithm,
  EncryptionAlgorithm,
  KeyAgreementAlgorithm,
  SigningAlgorithm,
} from './algorithms.ts';
import type { Loading, NotLoaded } from './backend/load-once.ts';
import type { Encapsulated } from './backend/post-quantum.ts';
import type { Primitives } from './backend/primitives.ts';
import type { KeyFault } from './der/expected-key.ts';
import type { AsymmetricEncryption, Encapsulation, KeyAgreement, PeerFault } from './encryption.ts';
import type { Draw } from './seed-stream.ts';
import type { MessageForm, MessageType, Signing } from './signing.ts';

/** Why a message is none for the algorithm: of another type, or not as long as such a message is. */
export type MessageFault = 'wrong type' | 'wrong length';

/** Random bytes are drawn as they are needed. Throws a RangeError for an algorithm of another key spec: who calls has looked. */
export interface KeyPair {
  /** SubjectPublicKeyInfo as DER. */
  publicKey(): Uint8Array;
  sign(algorithm: SigningAlgorithm, type: MessageType, message: Uint8Array, draw: Draw): Uint8Array | MessageFault;
  verify(
    algorithm: SigningAlgorithm,
    type: MessageType,
    message: Uint8Array,
    signature: Uint8Array,
  ): boolean | MessageFault;
  encrypt(algorithm: EncryptionAlgorithm, plaintext: Uint8Array, draw: Draw): Uint8Array | 'too long';
  /** Undefined for every ciphertext that is none, whatever the reason. */
  decrypt(algorithm: EncryptionAlgorithm, ciphertext: Uint8Array): Uint8Array | undefined;
  /** `peer`: a SubjectPublicKeyInfo. */
  agree(algorithm: KeyAgreementAlgorithm, peer: Uint8Array): Uint8Array | PeerFault;
  encapsulate(algorithm: EncapsulationAlgorithm, draw: Draw): Encapsulated;
  decapsulate(algorithm: EncapsulationAlgorithm, ciphertext: Uint8Array): Uint8Array | 'wrong length';
  /** Lets go of the private key. */
  erase(): void;
}

/** Both halves of a data key pair, as they are handed out. */
export interface DataKeyPair {
  /** SubjectPublicKeyInfo as DER. */
  readonly publicKey: Uint8Array;
  /** PKCS#8 as DER. Erase it. */
  readonly privateKey: Uint8Array;
}

/** How key pairs of one spec come into being. */
export interface KeyPairKind {
  /** The same key pair for the same 32 bytes on every backend. */
  grow(seed: Uint8Array, primitives: Primitives): KeyPair | NotLoaded;
  /** A key that somebody else made. `pkcs8` is DER. */
  read(pkcs8: Uint8Array, primitives: Primitives): KeyPair | KeyFault | NotLoaded;
  /** The PKCS#8 in the one form that this package writes. */
  canonical(pkcs8: Uint8Array, primitives: Primitives): Uint8Array | KeyFault | NotLoaded;
  growData(seed: Uint8Array, primitives: Primitives): DataKeyPair | NotLoaded;
}

/** The keys of one spec, over the primitives they need. */
export interface KeyFormat<Key, Needed> {
  needs(primitives: Primitives): Loading<Needed>;
  grow(seed: Uint8Array, needed: Needed): Key;
  fromPkcs8(der: Uint8Array, needed: Needed): Key | KeyFault;
  toPkcs8(key: Key): Uint8Array;
  spki(key: Key): Uint8Array;
}

/** The algorithms of a family, one row each. */
export interface Algorithms<Key> {
  readonly signings?: Readonly<Partial<Record<SigningAlgorithm, Signing<Key>>>>;
  readonly encryptions?: Readonly<Partial<Record<EncryptionAlgorithm, AsymmetricEncryption<Key>>>>;
  readonly agreements?: Readonly<Partial<Record<KeyAgreementAlgorithm, KeyAgreement<Key>>>>;
  readonly encapsulations?: Readonly<Partial<Record<EncapsulationAlgorithm, Encapsulation<Key>>>>;
}

export function keyPairKind<Key extends { erase(): void }, Needed>(
  format: KeyFormat<Key, Needed>,
  algorithms: Algorithms<Key>,
): KeyPairKind {
  const { fromPkcs8, grow, needs, spki, toPkcs8 } = format;
  return {
    grow: (seed, primitives) =>
      whenLoaded(needs(primitives), (needed) => keyPair(grow(seed, needed), format, algorithms)),
    read: (pkcs8, primitives) =>
      whenLoaded(needs(primitives), (needed) => {
        const key = fromPkcs8(pkcs8, needed);
        return typeof key === 'string' ? key : keyPair(key, format, algorithms);
      }),
    canonical: (pkcs8, primitives) =>
      whenLoaded(needs(primitives), (needed) => {
        const key = fromPkcs8(pkcs8, needed);
        if (typeof key === 'string') return key;
        const form = toPkcs8(key);
        key.erase();
        return form;
      }),
    growData: (seed, primitives) =>
      whenLoaded(needs(primitives), (needed) => {
        const key = grow(seed, needed);
        const pair = { publicKey: spki(key), privateKey: toPkcs8(key) };
        key.erase();
        return pair;
      }),
  };
}

function whenLoaded<Value, Result>(value: Loading<Value>, then: (value: Value) => Result): Result | NotLoaded {
  return value instanceof Promise ? value : then(value);
}

const noBytes = new Uint8Array();

function keyPair<Key extends { erase(): void }, Needed>(
  key: Key,
  { spki }: KeyFormat<Key, Needed>,
  { agreements = {}, encapsulations = {}, encryptions = {}, signings = {} }: Algorithms<Key>,
): KeyPair {
  const form = (
    algorithm: SigningAlgorithm,
    type: MessageType,
    message: Uint8Array,
  ): MessageForm<Key> | MessageFault => {
    const found = required(signings[algorithm], algorithm).forms[type];
    if (found === undefined) return 'wrong type';
    return found.length !== undefined && found.length !== message.length ? 'wrong length' : found;
  };
  return {
    publicKey: () => spki(key),
    sign: (algorithm, type, message, draw) => {
      const found = form(algorithm, type, message);
      if (typeof found === 'string') return found;
      const { randomLength } = required(signings[algorithm], algorithm);
      // A signature that follows from key and message takes no turn in a random stream.
      return found.sign(key, message, randomLength === 0 ? noBytes : draw(randomLength));
    },
    verify: (algorithm, type, message, signature) => {
      const found = form(algorithm, type, message);
      return typeof found === 'string' ? found : found.verify(key, message, signature);
    },
    encrypt: (algorithm, plaintext, draw) => {
      const { encrypt, randomLength } = required(encryptions[algorithm], algorithm);
      return encrypt(key, plaintext, draw(randomLength));
    },
    decrypt: (algorithm, ciphertext) => required(encryptions[algorithm], algorithm).decrypt(key, ciphertext),
    agree: (algorithm, peer) => required(agreements[algorithm], algorithm).derive(key, peer),
    encapsulate: (algorithm, draw) => {
      const { encapsulate, randomLength } = required(encapsulations[algorithm], algorithm);
      return encapsulate(key, draw(randomLength));
    },
    decapsulate: (algorithm, ciphertext) => required(encapsulations[algorithm], algorithm).decapsulate(key, ciphertext),
    erase: () => key.erase(),
  };
}

function required<Row>(row: Row | undefined, name: string): Row {
  if (row === undefined) throw new RangeError(`This key pair has no ${name}.`);
  return row;
}
