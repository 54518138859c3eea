// Keys in a CloudHSM cluster: every operation happens in an HSM, and KMS has nothing of the material.
// https://docs.aws.amazon.com/kms/latest/developerguide/keystore-cloudhsm.html

import type { HsmSession, LoginFault, SessionFault } from '@kmsim/cloud-hsm';
import { bytesToUtf8, utf8ToBytes } from '@kmsim/hsm-core';
import { type ErrorCode, fail } from '../api/errors.ts';
import type { TrailValue } from '../audit/record.ts';
import type { Engine } from '../engine.ts';
import type { Call } from '../operation.ts';
import type { CustomKeyStoreRecord } from '../state/key-store-records.ts';
import type { KeyRecord } from '../state/records.ts';
import { clusterOf, requireConfiguration } from './cluster-checks.ts';
import { additionalData, refuseContext } from './context.ts';
import { sessionOf } from './hsm-login.ts';
import type { KeyStore } from './key-store.ts';
import { blobHeader, Fields, isStoreBlob, joined, nameEnd } from './store-blob.ts';
import { requireStore, requireStoreState, standingStoreOf, storeOf } from './stores.ts';

type Fault = SessionFault | LoginFault | 'CLUSTER_NOT_FOUND' | 'KEY_NOT_FOUND' | 'TOO_MANY_KEYS';

// https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-keystore-communication
const cannotCommunicate = 'KMS cannot communicate with your CloudHSM cluster';
const ivLength = 12;

export const cloudHsm: KeyStore = {
  generate: (call, keyId) => {
    const { CustomKeyStoreId = '' } = call.input as { readonly CustomKeyStoreId?: string };
    const store = requireStore(call, CustomKeyStoreId);
    requireStoreState('CreateKey', store);
    const cluster = clusterOf(call.kms, store, store.cluster?.id ?? '');
    if (cluster === undefined) return refuse('CLUSTER_NOT_FOUND', 'CustomKeyStoreInvalidStateException');
    requireConfiguration(cluster, 2);
    const random = call.random.draw(32);
    const made = inHsm(call, store, (session) => session.generateAesKey({ label: keyId, random }));
    random.fill(0);
    if (typeof made === 'string') return refuse(made, 'CustomKeyStoreInvalidStateException');
    call.page.whenTorn(() => call.kms.clusters.sessionOf(store.id)?.destroyKey(made.id));
    call.note({ backingKey: JSON.stringify(trailKey(made)) });
    return { place: { id: store.id, backingKey: { id: made.id, handle: made.handle } } };
  },
  seal: (call, key, purpose, context, plaintext) => {
    const id = key.customKeyStore?.backingKey?.id ?? '';
    const text = utf8ToBytes(id);
    const header = joined(blobHeader('AWS_CLOUDHSM', key.id, purpose), [text.length], text);
    const aad = additionalData(header, context);
    if (typeof aad === 'string') return refuseContext(aad);
    // Who only looks whether he may asks no HSM.
    call.stopIfDryRun();
    const iv = call.random.draw(ivLength);
    const sealed = inHsm(call, storeOf(call, key), (session) => session.encryptGcm(id, { iv, aad, plaintext }));
    return typeof sealed === 'string' ? refuse(sealed) : joined(header, iv, sealed);
  },
  open: (call, { blob, found, key }, context) => {
    if (found === undefined || !isStoreBlob(found) || found.kind !== 'AWS_CLOUDHSM') fail('InvalidCiphertextException');
    const fields = new Fields(blob, nameEnd);
    const id = bytesToUtf8(fields.takeCounted());
    const header = blob.subarray(0, nameEnd + 1 + (blob[nameEnd] ?? 0));
    const iv = fields.take(ivLength);
    if (!fields.isWhole || id !== key.customKeyStore?.backingKey?.id) fail('InvalidCiphertextException');
    const aad = additionalData(header, context);
    if (typeof aad === 'string') return fail('InvalidCiphertextException');
    call.stopIfDryRun();
    const message = { iv, aad, ciphertext: fields.rest() };
    const opened = inHsm(call, storeOf(call, key), (session) => session.decryptGcm(id, message));
    if (opened === 'INVALID') fail('InvalidCiphertextException');
    return typeof opened === 'string' ? refuse(opened) : opened;
  },
  // https://docs.aws.amazon.com/kms/latest/developerguide/delete-cmk-keystore.html: a best effort; what is left is orphaned.
  destroy: (kms, key) => {
    const backing = key.customKeyStore?.backingKey;
    const store = standingStoreOf(kms, key);
    if (backing === undefined || store === undefined) return undefined;
    const isConnected = store.connection.state === 'CONNECTED';
    const session = isConnected ? sessionOf(kms, store) : 'NOT_CONNECTED';
    const deletionStatus = typeof session === 'string' ? session : session.destroyKey(backing.id);
    return {
      ...trailPlace(store, backing),
      backingKeysDeletionStatus: JSON.stringify([{ ...trailKey(backing), deletionStatus }]),
    };
  },
};

/** Once more when an HSM was lost in the middle: the session goes on with the others, or a new one is begun. */
function inHsm<Result>(
  { kms }: { readonly kms: Engine },
  store: CustomKeyStoreRecord | undefined,
  act: (session: HsmSession) => Result,
): Result | Fault {
  if (store === undefined) return 'CLUSTER_NOT_FOUND';
  for (let tries = 1; ; tries++) {
    const session = sessionOf(kms, store);
    if (typeof session === 'string') return session;
    const result = act(session);
    if ((result !== 'HSM_LOST' && result !== 'SESSION_LOST') || tries > 1) return result;
  }
}

// Where no session is left: https://docs.aws.amazon.com/kms/latest/developerguide/fix-keystore.html#fix-keystore-hsm
const others: { readonly [Name in Fault]?: { readonly code: ErrorCode; readonly message: string } } = {
  TOO_MANY_SESSIONS: {
    code: 'KMSInternalException',
    message: 'The CloudHSM cluster has no available PKCS #11 sessions. Retry the request.',
  },
};

const keyGone = 'The key material of the KMS key was not found in the CloudHSM cluster.';

function refuse(fault: Fault, code: ErrorCode = 'KMSInvalidStateException'): never {
  const other = others[fault];
  if (other !== undefined) fail(other.code, other.message);
  return fail(code, fault === 'KEY_NOT_FOUND' ? keyGone : cannotCommunicate);
}

/** Random bytes come from an HSM of the store: it must answer. https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html */
export function requireCluster(call: Call, store: CustomKeyStoreRecord): void {
  requireStoreState('GenerateRandom', store);
  const session = inHsm(call, store, (one) => (one.isOpen ? undefined : 'SESSION_LOST'));
  if (typeof session === 'string') refuse(session, 'CustomKeyStoreInvalidStateException');
}

interface BackingKey {
  readonly id: string;
  readonly handle: number;
}

// https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html
function trailKey({ handle, id }: BackingKey): Record<string, string> {
  return { keyHandle: String(handle), backingKeyId: id };
}

function trailPlace({ cluster, id }: CustomKeyStoreRecord, backing: BackingKey): Record<string, TrailValue> {
  return {
    customKeyStoreId: id,
    ...(cluster && { clusterId: cluster.id }),
    backingKeys: JSON.stringify([trailKey(backing)]),
  };
}

/** What the trail says when the deletion of a key is scheduled. */
export function noteBackingKey(call: Call, key: KeyRecord): void {
  const store = storeOf(call, key);
  const backing = key.customKeyStore?.backingKey;
  if (store !== undefined && backing !== undefined) call.note(trailPlace(store, backing));
}
