// A client that imports: it wraps its material with node:crypto, or for SM2 with the library beside the vault.

import * as crypto from 'node:crypto';
import type { WrappingAlgorithm, WrappingKeySpec } from '@kmsim/hsm-core';
import { ecc, loadPortableEc, portableHashes, sm2 } from '@kmsim/hsm-core/families';
import type { KeyMetadata, OperationInputs, OperationOutputs } from '../../src/api/types.ts';
import type { Caller } from '../../src/operation.ts';
import { admin, type Refusal, TestEngine } from '../engine.ts';

type Import = OperationInputs['ImportKeyMaterial'];
export type Given = Partial<Import>;

const points = await loadPortableEc(portableHashes);

/** Material that differs from number to number. */
export function octets(number: number, length = 32): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (number * 89 + at * 7 + 1) & 255);
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/importing-keys-encrypt-key-material.html */
export function wrap(algorithm: WrappingAlgorithm, publicKey: Uint8Array, material: Uint8Array): Uint8Array {
  if (algorithm === 'SM2PKE') return sm2Wrap(publicKey, material);
  const key = crypto.createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const padding = crypto.constants.RSA_PKCS1_OAEP_PADDING;
  const oaepHash = algorithm.endsWith('_256') ? 'sha256' : 'sha1';
  const oaep = (content: Uint8Array): Uint8Array => crypto.publicEncrypt({ key, padding, oaepHash }, content);
  if (algorithm.startsWith('RSAES')) return Uint8Array.from(oaep(material));
  const aesKey = octets(material.length);
  const cipher = crypto.createCipheriv('id-aes256-wrap-pad', aesKey, Buffer.from('A65959A6', 'hex'));
  return Uint8Array.of(...oaep(aesKey), ...cipher.update(material));
}

// SM2 encrypts to a point, which a SubjectPublicKeyInfo ends with.
function sm2Wrap(publicKey: Uint8Array, material: Uint8Array): Uint8Array {
  const key = { curve: ecc.curves.SM2, primitives: points, publicPoint: publicKey.slice(-65) };
  const wrapped = sm2.sm2Encryptions.SM2PKE.encrypt(key as ecc.EccPrivateKey<typeof points>, material, octets(5));
  if (typeof wrapped === 'string') throw new Error(wrapped);
  return wrapped;
}

export interface Parameters {
  readonly algorithm: WrappingAlgorithm;
  readonly token: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly validTo: number;
}

/** A key of origin EXTERNAL and whoever imports into it. A set of parameters is used as long as it is good: each costs an RSA key. */
export class Importer {
  readonly engine: TestEngine;
  readonly by: Caller;
  readonly key: KeyMetadata & { readonly Arn: string };
  #parameters: Parameters | undefined;

  constructor(engine: TestEngine = new TestEngine(), input: OperationInputs['CreateKey'] = {}, by: Caller = admin) {
    this.engine = engine;
    this.by = by;
    this.key = engine.createKey({ Origin: 'EXTERNAL', ...input }, by);
  }

  parameters(
    algorithm: WrappingAlgorithm = 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: WrappingKeySpec = 'RSA_2048',
  ): Parameters {
    const input = { KeyId: this.key.Arn, WrappingAlgorithm: algorithm, WrappingKeySpec };
    const answer = this.engine.call('GetParametersForImport', input, this.by);
    const { ImportToken: token, ParametersValidTo: validTo, PublicKey: publicKey } = answer;
    if (token === undefined || publicKey === undefined || validTo === undefined) throw new Error('no parameters');
    return { algorithm, token, publicKey, validTo: validTo.getTime() };
  }

  #current(): Parameters {
    const { now } = this.engine;
    if (this.#parameters === undefined || this.#parameters.validTo <= now) this.#parameters = this.parameters();
    return this.#parameters;
  }

  /** A request to import material, which never expires unless something else is given. */
  request(material: Uint8Array, given: Given = {}, parameters: Parameters = this.#current()): Import {
    const { algorithm, publicKey, token } = parameters;
    return {
      KeyId: this.key.Arn,
      ImportToken: token,
      EncryptedKeyMaterial: wrap(algorithm, publicKey, material),
      ...(given.ValidTo === undefined && { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
      ...given,
    };
  }

  /** The id of the material. */
  import(material: Uint8Array, given: Given = {}, parameters?: Parameters): string {
    const { KeyMaterialId } = this.call('ImportKeyMaterial', this.request(material, given, parameters));
    if (KeyMaterialId === undefined) throw new Error('no material');
    return KeyMaterialId;
  }

  /** New material, and the rotation to it. */
  rotateTo(material: Uint8Array, given: Given = {}): string {
    const id = this.import(material, { ImportType: 'NEW_KEY_MATERIAL', ...given });
    this.call('RotateKeyOnDemand', { KeyId: this.key.Arn });
    this.engine.wait(1000);
    return id;
  }

  delete(KeyMaterialId?: string): OperationOutputs['DeleteImportedKeyMaterial'] {
    return this.call('DeleteImportedKeyMaterial', { KeyId: this.key.Arn, KeyMaterialId });
  }

  refusal(material: Uint8Array, given: Given = {}, parameters?: Parameters): Refusal {
    return this.engine.refusal('ImportKeyMaterial', this.request(material, given, parameters), this.by);
  }

  call<Name extends 'ImportKeyMaterial' | 'DeleteImportedKeyMaterial' | 'RotateKeyOnDemand'>(
    operation: Name,
    input: OperationInputs[Name],
  ): OperationOutputs[Name] {
    return this.engine.call(operation, input, this.by);
  }

  describe(): KeyMetadata {
    return this.engine.call('DescribeKey', { KeyId: this.key.Arn }, this.by).KeyMetadata ?? this.key;
  }

  get state(): string | undefined {
    return this.describe().KeyState;
  }

  /** All material, the oldest first, as ListKeyRotations shows it. */
  get materials(): NonNullable<OperationOutputs['ListKeyRotations']['Rotations']> {
    const input = { KeyId: this.key.Arn, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' } as const;
    return this.engine.call('ListKeyRotations', input, this.by).Rotations ?? [];
  }
}
