// Keys in an external key store: what KMS has encrypted with its own material the external key manager encrypts once more.
// https://docs.aws.amazon.com/kms/latest/developerguide/keystore-external.html#concept-double-encryption

import { equalBytes, sealRandomLength } from '@kmsim/hsm-core';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';
import { fail } from '../api/errors.ts';
import type { Call } from '../operation.ts';
import type { KeyRecord } from '../state/records.ts';
import { newSecret } from '../state/rotation.ts';
import { notConnectedToProxy } from '../tables/key-states.ts';
import { innerCiphertextInvalid, xksFailures } from '../tables/xks-failures.ts';
import { additionalData, refuseContext } from './context.ts';
import type { Context, KeyStore } from './key-store.ts';
import { ownVault, sealInVault } from './own-vault.ts';
import { requireExternalKey } from './proxy-checks.ts';
import { blobHeader, Fields, isStoreBlob, joined, nameEnd } from './store-blob.ts';
import { requireStore, requireStoreState, storeOf } from './stores.ts';
import { askProxy, endpointOf, isFailure, requestMetadata, type XksMembers } from './xks-client.ts';

/** "KMS may include additional data, such as the ciphertext blob header": up to this much a proxy must take. */
const mostAdditionalData = 8192;
const digestLength = 16;
const headerLength = nameEnd + digestLength;
const tagLength = 16;

/** What the own vault has sealed, ready to be sent. */
interface Sealed {
  readonly header: Uint8Array;
  readonly aad: Uint8Array;
  readonly length: number;
}

// What a visit makes once.
const seal = 'seal';
const open = 'open';

export const external: KeyStore = {
  generate: (call, keyId, { spec }) => {
    const { CustomKeyStoreId = '', XksKeyId = '' } = call.input as {
      readonly CustomKeyStoreId?: string;
      readonly XksKeyId?: string;
    };
    const store = requireStore(call, CustomKeyStoreId);
    requireStoreState('CreateKey', store);
    for (const arn of call.kms.state.keysInStore(store.id)) {
      // Words of our own.
      if (call.key(arn)?.customKeyStore?.xksKeyId === XksKeyId)
        fail('XksKeyAlreadyInUseException', `The external key ${XksKeyId} is already associated with a KMS key.`);
    }
    requireExternalKey(call, store, XksKeyId);
    const material = call.page.createMaterial(keyId, newSecret(spec, call.random));
    return { material, place: { id: store.id, xksKeyId: XksKeyId } };
  },
  seal: (call, key, purpose, context, plaintext) => {
    // Drawn on every pass, and the same each time: what is drawn after it must be the same, too.
    const random = call.random.draw(sealRandomLength);
    const sealed = call.once([seal, key, endpointOf(call, key), purpose, context, plaintext], () => {
      const inner = sealInVault(call, key, { purpose, context, plaintext, random });
      const header = blobHeader('EXTERNAL_KEY_STORE', key.id, purpose, headerLength);
      header.set(digestOf(call, inner), nameEnd);
      const aad = aadOf(header, context);
      if (typeof aad === 'string') return refuseContext(aad, mostAdditionalData - headerLength);
      const body = {
        requestMetadata: requestMetadata(call, key),
        additionalAuthenticatedData: encodeBase64(aad),
        plaintext: encodeBase64(inner),
        encryptionAlgorithm: 'AES_GCM',
        ciphertextDataIntegrityValueAlgorithm: 'SHA_256',
      };
      return { header, aad, body: JSON.stringify(body), length: inner.length };
    });
    // Who only looks whether he may asks no proxy.
    call.stopIfDryRun();
    return packed(call, ask(call, key, 'encrypt', sealed.body), sealed);
  },
  open: (call, { blob, found, key }, context) => {
    if (found === undefined || !isStoreBlob(found) || found.kind !== 'EXTERNAL_KEY_STORE')
      return fail('InvalidCiphertextException');
    const fields = new Fields(blob, headerLength);
    const iv = fields.takeCounted();
    const tag = fields.take(tagLength);
    const metadata = fields.takeCounted();
    const ciphertext = fields.rest();
    const header = blob.subarray(0, headerLength);
    const aad = aadOf(header, context);
    if (!fields.isWhole || typeof aad === 'string') return fail('InvalidCiphertextException');
    call.stopIfDryRun();
    const body = call.once([open, key, endpointOf(call, key), blob, context], () =>
      JSON.stringify({
        requestMetadata: requestMetadata(call, key),
        additionalAuthenticatedData: encodeBase64(aad),
        ciphertext: encodeBase64(ciphertext),
        ...(metadata.length > 0 && { ciphertextMetadata: encodeBase64(metadata) }),
        initializationVector: encodeBase64(iv),
        authenticationTag: encodeBase64(tag),
        encryptionAlgorithm: 'AES_GCM',
      }),
    );
    const answer = ask(call, key, 'decrypt', body);
    const inner = bytesIn(answer, 'plaintext');
    if (inner?.length !== ciphertext.length) return uninterpretable();
    // Another message of the same key would open as well: it must be the one that was sealed.
    if (!equalBytes(digestOf(call, inner), header.subarray(nameEnd))) return innerInvalid();
    const layer = call.kms.vault.find(inner);
    if (typeof layer === 'string' || layer.materialId !== key.currentMaterial) return innerInvalid();
    return call.kms.vault.open(layer, context, inner) ?? innerInvalid();
  },
  // The external key is nobody's business here: https://docs.aws.amazon.com/kms/latest/developerguide/delete-xks-key.html
  destroy: (kms, key) => ownVault.destroy(kms, key),
};

function aadOf(header: Uint8Array, context: Context): ReturnType<typeof additionalData> {
  return additionalData(header, context, mostAdditionalData);
}

function digestOf({ kms }: Call, inner: Uint8Array): Uint8Array {
  return kms.vault.backend.sha256(inner).subarray(0, digestLength);
}

function ask(call: Call, key: KeyRecord, name: 'encrypt' | 'decrypt', body: string): XksMembers {
  const store = storeOf(call, key);
  const { xksKeyId } = key.customKeyStore ?? {};
  if (store === undefined || xksKeyId === undefined) return fail('KMSInvalidStateException', notConnectedToProxy);
  const answer = askProxy(call, store, { name, xksKeyId }, body);
  return isFailure(answer) ? fail('KMSInvalidStateException', answer.message) : answer;
}

/** The blob of what was sealed: its header and the fields of the answer to Encrypt, if each is as the specification has it. */
function packed(call: Call, answer: XksMembers, { aad, header, length }: Sealed): Uint8Array {
  const ciphertext = bytesIn(answer, 'ciphertext');
  const iv = bytesIn(answer, 'initializationVector');
  const tag = bytesIn(answer, 'authenticationTag');
  const value = bytesIn(answer, 'ciphertextDataIntegrityValue');
  const metadata =
    (answer['ciphertextMetadata'] ?? null) === null ? new Uint8Array() : bytesIn(answer, 'ciphertextMetadata');
  if (ciphertext?.length !== length || (iv?.length !== 12 && iv?.length !== 16)) return uninterpretable();
  if (tag?.length !== tagLength || metadata === undefined || metadata.length > 20) return uninterpretable();
  // "Ciphertext Data Integrity Value": KMS computes it by itself.
  const computed = call.kms.vault.backend.sha256(joined(aad, metadata, iv, ciphertext, tag));
  if (value === undefined || !equalBytes(value, computed)) return uninterpretable();
  return joined(header, [iv.length], iv, tag, [metadata.length], metadata, ciphertext);
}

function bytesIn(answer: XksMembers, member: string): Uint8Array | undefined {
  const text = answer[member];
  return typeof text === 'string' ? decodeBase64(text) : undefined;
}

function uninterpretable(): never {
  return fail('KMSInvalidStateException', xksFailures.uninterpretable.message);
}

function innerInvalid(): never {
  return fail('KMSInvalidStateException', innerCiphertextInvalid);
}
