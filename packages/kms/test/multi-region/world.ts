// Multi-Region keys for tests: calls in three Regions, imports, and what every Region says of a key.

import { constants, createHash, createPublicKey, publicEncrypt } from 'node:crypto';
import type { OperationName } from '../../src/api/shapes.ts';
import type { KeyMetadata, OperationInputs, OperationOutputs } from '../../src/api/types.ts';
import type { Caller } from '../../src/operation.ts';
import type { KeyRecord } from '../../src/state/records.ts';
import { administratorOf, caller, ours, type Refusal, TestEngine, utf8 } from '../engine.ts';

export const [east, west, ireland] = ['us-east-1', 'us-west-2', 'eu-west-1'] as const;
export const regions: readonly string[] = [east, west, ireland];
/** Longer than any message between Regions takes. */
export const settledMs = 5_000;

export function inRegion(region: string): Caller {
  return caller(administratorOf(ours), region);
}

export function arnIn(region: string, keyId: string): string {
  return `arn:aws:kms:${region}:${ours}:key/${keyId}`;
}

/** One multi-Region key in a world of its own. */
export class RelatedKeys {
  readonly engine: TestEngine;
  readonly id: string;

  constructor(input: OperationInputs['CreateKey'] = {}, engine: TestEngine = new TestEngine(), id?: string) {
    this.engine = engine;
    this.id = id ?? engine.createKey({ MultiRegion: true, ...input }).KeyId ?? '';
  }

  /** The same key in an engine that was restored from a snapshot through JSON. */
  restored(): RelatedKeys {
    const snapshot = JSON.parse(JSON.stringify(this.engine.snapshot()));
    const { network } = this.engine.kms;
    return new RelatedKeys({}, new TestEngine({ snapshot, network }), this.id);
  }

  call<Name extends OperationName>(
    region: string,
    operation: Name,
    input: Omit<OperationInputs[Name], 'KeyId'> & { readonly KeyId?: string } = {} as never,
  ): OperationOutputs[Name] {
    const asked = { KeyId: this.id, ...input } as unknown as OperationInputs[Name];
    return this.engine.call(operation, asked, inRegion(region));
  }

  refusal<Name extends OperationName>(
    region: string,
    operation: Name,
    input: Omit<OperationInputs[Name], 'KeyId'> & { readonly KeyId?: string } = {} as never,
  ): Refusal {
    return this.engine.refusal(operation, { KeyId: this.id, ...input } as never, inRegion(region));
  }

  /** A replica that is there. */
  replicate(...to: readonly string[]): this {
    for (const ReplicaRegion of to) {
      this.call(east, 'ReplicateKey', { ReplicaRegion });
      this.settle();
    }
    return this;
  }

  settle(): this {
    this.wait(settledMs);
    return this;
  }

  wait(milliseconds: number): void {
    this.engine.wait(milliseconds);
    this.engine.kms.advance();
  }

  arn(region: string): string {
    return arnIn(region, this.id);
  }

  describe(region: string): KeyMetadata {
    return this.call(region, 'DescribeKey').KeyMetadata ?? ({} as KeyMetadata);
  }

  state(region: string): string | undefined {
    return this.describe(region).KeyState;
  }

  states(...where: readonly string[]): readonly (string | undefined)[] {
    return where.map((region) => this.state(region));
  }

  record(region: string): KeyRecord | undefined {
    return this.engine.kms.state.get('keys', this.arn(region));
  }

  encrypt(region: string, text = 'secret'): Uint8Array {
    return this.call(region, 'Encrypt', { Plaintext: utf8(text) }).CiphertextBlob ?? new Uint8Array();
  }

  decrypt(region: string, CiphertextBlob: Uint8Array): OperationOutputs['Decrypt'] {
    return this.engine.call('Decrypt', { CiphertextBlob }, inRegion(region));
  }

  /** Imports material that follows from a word. */
  import(region: string, word: string, more: Partial<OperationInputs['ImportKeyMaterial']> = {}): string | undefined {
    return this.call(region, 'ImportKeyMaterial', { ...this.wrapped(region, word), ...more }).KeyMaterialId;
  }

  wrapped(
    region: string,
    word: string,
  ): Pick<OperationInputs['ImportKeyMaterial'], 'ImportToken' | 'EncryptedKeyMaterial' | 'ExpirationModel'> {
    const { ImportToken = new Uint8Array(), PublicKey = new Uint8Array() } = this.call(
      region,
      'GetParametersForImport',
      { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const material = createHash('sha256').update(word).digest();
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const wrapped = publicEncrypt({ key, padding, oaepHash: 'sha256' }, material);
    return {
      ImportToken,
      EncryptedKeyMaterial: new Uint8Array(wrapped),
      ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    };
  }

  materials(region: string): readonly (readonly [id: string | undefined, state: string | undefined])[] {
    const { Rotations = [] } = this.call(region, 'ListKeyRotations', { IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    return Rotations.map(({ KeyMaterialId, KeyMaterialState }) => [KeyMaterialId, KeyMaterialState]);
  }
}
