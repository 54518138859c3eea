// A session: the functions of PKCS #11, each in one call. Objects are named by their handles.
// https://docs.aws.amazon.com/cloudhsm/latest/userguide/pkcs11-apis.html

import type { ObjectClass } from '../keys/attributes.ts';
import type { StoredKey } from '../keys/stored-key.ts';
import type { Application } from './application.ts';
import { type AttributeName, hasAttribute, type Template, type TemplateAttributes } from './attribute-table.ts';
import { type KeyMechanism, type KeyPairMechanism, keyGenerations, keyPairGenerations } from './generation.ts';
import { objectFromBytes, objectOf } from './imports.ts';
import {
  chosen,
  type DigestMechanism,
  type EncryptionMechanism,
  type Mechanism,
  type SigningMechanism,
  type WrappingMechanism,
} from './mechanisms.ts';
import type { NewObject } from './objects.ts';
import type { Failure, ReturnCode } from './return-codes.ts';
import { attributesFor, changed, isAttributeName, matches } from './templates.ts';
import * as use from './use-keys.ts';

/** Ids of the session objects that a session has made. */
export type SessionObjects = Set<string>;

/** What the library does for its sessions. */
export interface Library {
  login(userType: string, pin: string): ReturnCode;
  logout(): ReturnCode;
  close(session: Pkcs11Session): void;
}

export interface KeyPairHandles {
  readonly publicKey: number;
  readonly privateKey: number;
}

/** The values of the attributes that were asked for. */
export type AttributeValues<Name extends AttributeName> = {
  readonly [Each in Name]: NonNullable<TemplateAttributes[Each]>;
};

export class Pkcs11Session {
  readonly #application: Application;
  readonly #library: Library;
  readonly #own: SessionObjects;
  #isOpen = true;

  /** For the library. */
  constructor(application: Application, library: Library, own: SessionObjects) {
    this.#application = application;
    this.#library = library;
    this.#own = own;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** C_Login. `pin`: the crypto user's name, a colon, the password. */
  login(userType: 'CKU_USER' | 'CKU_SO', pin: string): ReturnCode {
    return this.#isOpen ? this.#library.login(userType, pin) : 'CKR_SESSION_HANDLE_INVALID';
  }

  /** C_Logout, for all sessions of the application. */
  logout(): ReturnCode {
    return this.#isOpen ? this.#library.logout() : 'CKR_SESSION_HANDLE_INVALID';
  }

  /** C_CloseSession. The session objects that were made here go with it. */
  close(): ReturnCode {
    if (!this.#isOpen) return 'CKR_SESSION_HANDLE_INVALID';
    this.#library.close(this);
    this.#isOpen = false;
    return 'CKR_OK';
  }

  /** C_GenerateKey. */
  generateKey(mechanism: Mechanism<KeyMechanism>, template: Template): number | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    const choice = chosen(mechanism, keyGenerations);
    if (typeof choice === 'string') return choice;
    const { keyType, make } = choice.row;
    const object = make(this.#application.tools, template);
    return this.#storeOne(object, template, 'CKO_SECRET_KEY', keyType, true);
  }

  /** C_GenerateKeyPair. RSA takes tens of milliseconds and more. */
  generateKeyPair(
    mechanism: Mechanism<KeyPairMechanism>,
    publicTemplate: Template,
    privateTemplate: Template,
  ): KeyPairHandles | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    const choice = chosen(mechanism, keyPairGenerations);
    if (typeof choice === 'string') return choice;
    const { keyType, make } = choice.row;
    const pair = make(this.#application.tools, publicTemplate);
    if (typeof pair === 'string') return pair;
    const publicKey = attributesFor(publicTemplate, 'CKO_PUBLIC_KEY', keyType, true, pair.publicKey.facts);
    const privateKey = attributesFor(privateTemplate, 'CKO_PRIVATE_KEY', keyType, true, pair.privateKey.facts);
    if (typeof publicKey === 'string') return publicKey;
    if (typeof privateKey === 'string') return privateKey;
    const handles = this.#store([
      { object: pair.publicKey, attributes: publicKey },
      { object: pair.privateKey, attributes: privateKey },
    ]);
    if (typeof handles === 'string') return handles;
    const [one = 0, other = 0] = handles;
    return { publicKey: one, privateKey: other };
  }

  /** C_CreateObject: secret keys by CKA_VALUE, and public keys. */
  createObject(template: Template): number | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    const { CKA_VALUE: _, ...rest } = template;
    const { CKA_CLASS = 'CKO_SECRET_KEY', CKA_KEY_TYPE = 'CKK_AES' } = template;
    return this.#storeOne(objectOf(this.#application.tools, template), rest, CKA_CLASS, CKA_KEY_TYPE, false);
  }

  /** C_FindObjects: the handles of all objects that have these attributes, in the order in which they were made. */
  findObjects(template: Template = {}): readonly number[] | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    if (!Object.keys(template).every(isAttributeName)) return 'CKR_ATTRIBUTE_TYPE_INVALID';
    return this.#application
      .objects()
      .filter(({ attributes }) => matches(attributes, template))
      .map(({ handle }) => handle);
  }

  /** C_GetAttributeValue. No value of a secret is told. */
  getAttributeValue<Name extends AttributeName>(
    handle: number,
    names: readonly Name[],
  ): AttributeValues<Name> | Failure {
    const key = this.#object(handle);
    if (typeof key === 'string') return key;
    const { attributes } = key;
    const values: [string, unknown][] = [];
    for (const name of names) {
      const isKnown = isAttributeName(name) && hasAttribute(name, attributes.CKA_CLASS, attributes.CKA_KEY_TYPE);
      if (!isKnown) return 'CKR_ATTRIBUTE_TYPE_INVALID';
      if (name === 'CKA_VALUE') return 'CKR_ATTRIBUTE_SENSITIVE';
      const value = attributes[name as Exclude<Name, 'CKA_VALUE'>];
      values.push([name, value instanceof Uint8Array ? new Uint8Array(value) : value]);
    }
    return Object.fromEntries(values) as AttributeValues<Name>;
  }

  /** C_SetAttributeValue. A session key that becomes a token key is cloned to the other HSMs. */
  setAttributeValue(handle: number, template: Template): ReturnCode {
    const key = this.#object(handle);
    if (typeof key === 'string') return key;
    if (!this.#mayChange(key) || !key.attributes.CKA_MODIFIABLE) return 'CKR_ACTION_PROHIBITED';
    const attributes = changed(key.attributes, template);
    if (typeof attributes === 'string') return attributes;
    const loss = this.#application.lossDuring('changeKey', key);
    if (loss !== undefined) return loss;
    const { fleet } = this.#application.core;
    fleet.put({ ...key, attributes });
    if (attributes.CKA_TOKEN && !key.attributes.CKA_TOKEN) {
      this.#own.delete(key.id);
      const holder = fleet.holderOf(key.id);
      if (holder !== undefined) fleet.clone(key.id, holder);
    }
    return 'CKR_OK';
  }

  /** C_DestroyObject. */
  destroyObject(handle: number): ReturnCode {
    const key = this.#object(handle);
    if (typeof key === 'string') return key;
    if (!this.#mayChange(key) || !key.attributes.CKA_DESTROYABLE) return 'CKR_ACTION_PROHIBITED';
    const loss = this.#application.lossDuring('destroyKey', key);
    if (loss !== undefined) return loss;
    this.#application.core.fleet.remove(key.id);
    this.#own.delete(key.id);
    return 'CKR_OK';
  }

  /** C_EncryptInit and C_Encrypt. CKM_AES_GCM writes the IV into `iv`, and the tag stands behind the ciphertext. */
  encrypt(mechanism: Mechanism<EncryptionMechanism>, handle: number, data: Uint8Array): Uint8Array | Failure {
    return this.#fault() ?? use.encrypt(this.#application, mechanism, handle, data);
  }

  /** C_DecryptInit and C_Decrypt. */
  decrypt(mechanism: Mechanism<EncryptionMechanism>, handle: number, data: Uint8Array): Uint8Array | Failure {
    return this.#fault() ?? use.decrypt(this.#application, mechanism, handle, data);
  }

  /** C_SignInit and C_Sign. ECDSA signatures are r ‖ s. */
  sign(mechanism: Mechanism<SigningMechanism>, handle: number, data: Uint8Array): Uint8Array | Failure {
    return this.#fault() ?? use.sign(this.#application, mechanism, handle, data);
  }

  /** C_VerifyInit and C_Verify: CKR_OK, CKR_SIGNATURE_INVALID, or why it could not be told. */
  verify(mechanism: Mechanism<SigningMechanism>, handle: number, data: Uint8Array, signature: Uint8Array): ReturnCode {
    return this.#fault() ?? use.verify(this.#application, mechanism, handle, data, signature);
  }

  /** C_DigestInit and C_Digest. */
  digest(mechanism: Mechanism<DigestMechanism>, data: Uint8Array): Uint8Array | Failure {
    return this.#fault() ?? use.digest(this.#application, mechanism, data);
  }

  /** C_WrapKey: the only way in which a key leaves, if it is extractable. */
  wrapKey(mechanism: Mechanism<WrappingMechanism>, wrappingKey: number, key: number): Uint8Array | Failure {
    return this.#fault() ?? use.wrapKey(this.#application, mechanism, wrappingKey, key);
  }

  /** C_UnwrapKey. */
  unwrapKey(
    mechanism: Mechanism<WrappingMechanism>,
    unwrappingKey: number,
    wrapped: Uint8Array,
    template: Template,
  ): number | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    const bytes = use.unwrapKey(this.#application, mechanism, unwrappingKey, wrapped);
    if (typeof bytes === 'string') return bytes;
    const object = objectFromBytes(this.#application.tools, template, bytes);
    const { CKA_CLASS = 'CKO_SECRET_KEY', CKA_KEY_TYPE = 'CKK_AES' } = template;
    const handle = this.#storeOne(object, template, CKA_CLASS, CKA_KEY_TYPE, false);
    bytes.fill(0);
    return handle;
  }

  /** C_GenerateRandom. */
  generateRandom(length: number): Uint8Array | Failure {
    const fault = this.#fault();
    if (fault !== undefined) return fault;
    if (!Number.isInteger(length) || length < 0) return 'CKR_ARGUMENTS_BAD';
    return this.#application.lossDuring('random') ?? this.#application.tools.draw(length);
  }

  #fault(): Failure | undefined {
    return this.#isOpen ? this.#application.fault() : 'CKR_SESSION_HANDLE_INVALID';
  }

  #object(handle: number): StoredKey | Failure {
    return this.#fault() ?? this.#application.find(handle) ?? 'CKR_OBJECT_HANDLE_INVALID';
  }

  /** Those with whom a key is shared use it; it is its owner's. */
  #mayChange(key: StoredKey): boolean {
    return key.owner === this.#application.user;
  }

  #storeOne(
    object: NewObject | Failure,
    template: Template,
    objectClass: ObjectClass,
    keyType: NonNullable<Template['CKA_KEY_TYPE']>,
    isLocal: boolean,
  ): number | Failure {
    if (typeof object === 'string') return object;
    const attributes = attributesFor(template, objectClass, keyType, isLocal, object.facts);
    if (typeof attributes === 'string') return attributes;
    const handles = this.#store([{ object, attributes }]);
    return typeof handles === 'string' ? handles : (handles[0] ?? 'CKR_FUNCTION_FAILED');
  }

  #store(objects: Parameters<Application['store']>[0]): number[] | Failure {
    const keys = this.#application.lossDuring('createKey') ?? this.#application.store(objects);
    if (typeof keys === 'string') return keys;
    for (const { id, attributes } of keys) if (!attributes.CKA_TOKEN) this.#own.add(id);
    return keys.map(({ handle }) => handle);
  }
}
