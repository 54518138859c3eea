// One engine in which every operation that kmsim has was called once with success, and what went in and came out of it.

import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs, OperationOutputs } from '../../src/api/types.ts';
import type { Caller } from '../../src/operation.ts';
import { abroad, administratorOf, caller, dayMs, ours, type TestEngine, utf8 } from '../engine.ts';
import { Rig } from '../key-stores/rig.ts';
import { librariesLoaded } from '../libraries.ts';
import { octets, wrap } from '../operations/import-suite.ts';

export const alice: Caller = {
  ...caller(`arn:aws:iam::${ours}:user/Alice`),
  sourceIp: '192.0.2.0',
  client: { userAgent: 'aws-cli/2', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', host: 'kms.us-east-1.amazonaws.com' },
};
export const bob: string = `arn:aws:iam::${ours}:user/Bob`;

/** Secrets that went in. Each is 32 bytes, so that no chance makes them appear. */
export const planted: Readonly<Record<'plaintext' | 'message' | 'material', Uint8Array>> = {
  plaintext: utf8('canary-plaintext-of-32-bytes-0001'),
  message: utf8('canary-message-of--32-bytes-0002.'),
  material: octets(77),
};

export const policy: string = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ours}:root` }, Action: 'kms:*', Resource: '*' },
});

export interface Called {
  readonly operation: OperationName;
  readonly input: object;
  readonly output: Readonly<Record<string, unknown>>;
}

export class EveryOperation {
  readonly #rig = new Rig({ seed: 'every operation', keep: 1_000 });
  readonly engine: TestEngine = this.#rig.engine;
  readonly called: Called[] = [];
  /** The ids of the run by the names that the examples use. */
  readonly names: ReadonlyMap<string, string>;

  constructor() {
    const { engine } = this;
    engine.attach(alice.principal.arn, { Effect: 'Allow', Action: 'kms:*', Resource: '*' });
    const key = this.#key({});
    const other = this.#key({ Description: 'other', Tags: [{ TagKey: 'Team', TagValue: 'Blue' }] });
    const context = { Department: 'Engineering' };
    const { CiphertextBlob = none } = this.call('Encrypt', {
      KeyId: key,
      Plaintext: planted.plaintext,
      EncryptionContext: context,
    });
    this.call('Decrypt', { CiphertextBlob, EncryptionContext: context });
    this.call('ReEncrypt', { CiphertextBlob, SourceEncryptionContext: context, DestinationKeyId: other });
    this.call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256', EncryptionContext: context });
    this.call('GenerateDataKeyWithoutPlaintext', { KeyId: key, NumberOfBytes: 64 });
    this.call('GenerateDataKeyPair', { KeyId: key, KeyPairSpec: 'ECC_NIST_P256', EncryptionContext: context });
    this.call('GenerateDataKeyPairWithoutPlaintext', { KeyId: key, KeyPairSpec: 'ECC_NIST_P256' });
    this.call('GenerateRandom', { NumberOfBytes: 64 });
    this.#pairs();
    this.#manage(key);
    this.#grants(key);
    this.#imports();
    this.#regions();
    this.#stores();
    this.names = new Map([
      [key, '{key}'],
      [other, '{other}'],
    ]);
  }

  call<Name extends OperationName>(operation: Name, input: OperationInputs[Name], by = alice): OperationOutputs[Name] {
    const output = this.engine.call(operation, input, by);
    this.called.push({ operation, input, output: output as Readonly<Record<string, unknown>> });
    return output;
  }

  #key(input: OperationInputs['CreateKey']): string {
    return this.call('CreateKey', input).KeyMetadata?.KeyId ?? '';
  }

  #pairs(): void {
    const Message = planted.message;
    const signer = this.#key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const signing = { KeyId: signer, Message, SigningAlgorithm: 'ECDSA_SHA_256' } as const;
    this.call('Verify', { ...signing, Signature: this.call('Sign', signing).Signature ?? none });
    this.call('GetPublicKey', { KeyId: signer });
    const hmac = this.#key({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const mac = { KeyId: hmac, Message, MacAlgorithm: 'HMAC_SHA_256' } as const;
    this.call('VerifyMac', { ...mac, Mac: this.call('GenerateMac', mac).Mac ?? none });
    const agreeing = this.#key({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'KEY_AGREEMENT' });
    const { PublicKey = none } = this.call('GetPublicKey', { KeyId: agreeing });
    this.call('DeriveSharedSecret', { KeyId: agreeing, KeyAgreementAlgorithm: 'ECDH', PublicKey });
    const kem = this.#key({ KeySpec: 'ML_KEM_512', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    const encapsulating = { KeyId: kem, EncapsulationAlgorithm: 'ML_KEM' } as const;
    const { SharedSecretCiphertextBlob = none } = this.call('Encapsulate', encapsulating);
    this.call('Decapsulate', { ...encapsulating, SharedSecretCiphertextBlob });
  }

  #manage(KeyId: string): void {
    this.call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
    const second = this.#key({});
    this.call('UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: second });
    this.call('ListAliases', { Limit: 5 });
    this.call('DeleteAlias', { AliasName: 'alias/orders' });
    this.call('DescribeKey', { KeyId });
    this.call('DisableKey', { KeyId });
    this.call('EnableKey', { KeyId });
    this.call('EnableKeyRotation', { KeyId, RotationPeriodInDays: 180 });
    this.call('GetKeyRotationStatus', { KeyId });
    this.call('DisableKeyRotation', { KeyId });
    this.call('RotateKeyOnDemand', { KeyId });
    this.call('ListKeyRotations', { KeyId, IncludeKeyMaterial: 'ALL_KEY_MATERIAL' });
    this.call('GetKeyPolicy', { KeyId });
    this.call('PutKeyPolicy', { KeyId, Policy: policy });
    this.call('ListKeyPolicies', { KeyId });
    this.call('TagResource', { KeyId, Tags: [{ TagKey: 'Project', TagValue: 'Alpha' }] });
    this.call('ListResourceTags', { KeyId });
    this.call('UntagResource', { KeyId, TagKeys: ['Project'] });
    this.call('UpdateKeyDescription', { KeyId, Description: 'New description' });
    this.call('GetKeyLastUsage', { KeyId });
    this.call('ListKeys', {});
    this.call('ScheduleKeyDeletion', { KeyId: second });
    this.call('CancelKeyDeletion', { KeyId: second });
  }

  #grants(KeyId: string): void {
    const grant = {
      KeyId,
      GranteePrincipal: bob,
      Operations: ['Encrypt', 'RetireGrant'],
      Constraints: { EncryptionContextSubset: { ContextKey1: 'Value1' } },
    } as const;
    const { GrantId = '' } = this.call('CreateGrant', grant);
    this.call('ListGrants', { KeyId, Limit: 50 });
    this.call('ListRetirableGrants', { RetiringPrincipal: alice.principal.arn });
    this.call('RevokeGrant', { KeyId, GrantId });
    const { GrantToken } = this.call('CreateGrant', { ...grant, RetiringPrincipal: alice.principal.arn });
    this.call('RetireGrant', { GrantToken });
  }

  #imports(): void {
    const KeyId = this.#key({ Origin: 'EXTERNAL' });
    const parameters = { KeyId, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' } as const;
    const { ImportToken = none, PublicKey = none } = this.call('GetParametersForImport', parameters);
    const EncryptedKeyMaterial = wrap('RSAES_OAEP_SHA_256', PublicKey, planted.material);
    const ValidTo = new Date(this.engine.now + 3_600_000);
    this.call('ImportKeyMaterial', { KeyId, ImportToken, EncryptedKeyMaterial, ValidTo });
    this.call('DeleteImportedKeyMaterial', { KeyId });
  }

  #regions(): void {
    const KeyId = this.#key({ MultiRegion: true });
    this.call('ReplicateKey', { KeyId, ReplicaRegion: abroad });
    this.engine.wait(10_000);
    this.engine.kms.advance();
    this.call('UpdatePrimaryRegion', { KeyId, PrimaryRegion: abroad });
  }

  #stores(): void {
    const rig = this.#rig;
    const cluster = rig.cluster();
    const { CustomKeyStoreId = '' } = this.call('CreateCustomKeyStore', rig.cloudHsmInput(cluster, 'ExampleKeyStore'));
    this.call('DescribeCustomKeyStores', { CustomKeyStoreId });
    this.call('UpdateCustomKeyStore', { CustomKeyStoreId, CloudHsmClusterId: cluster.id });
    this.call('ConnectCustomKeyStore', { CustomKeyStoreId });
    rig.pass();
    const KeyId = this.#key({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
    const { CiphertextBlob = none } = this.call('Encrypt', { KeyId, Plaintext: planted.plaintext });
    this.call('Decrypt', { CiphertextBlob });
    this.call('GenerateRandom', { NumberOfBytes: 64, CustomKeyStoreId });
    this.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    this.engine.wait(7 * dayMs);
    this.engine.kms.advance();
    this.call('DisconnectCustomKeyStore', { CustomKeyStoreId });
    rig.pass();
    this.call('DeleteCustomKeyStore', { CustomKeyStoreId });
    this.call('CreateCustomKeyStore', rig.externalInput());
  }
}

const none = new Uint8Array();

export async function everyOperation(): Promise<EveryOperation> {
  await librariesLoaded();
  return new EveryOperation();
}

export const administrator: Caller = caller(administratorOf(ours));
