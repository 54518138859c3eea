// What records say of custom key stores: where a key is kept, what became of its material, and no more than one record of a call that waits.

import { describe, expect, test } from 'vitest';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import { Visit } from '../../src/operation.ts';
import { admin, caller, dayMs, delegatingTo, ours, stranger, theirs, utf8 } from '../engine.ts';
import { Rig } from '../key-stores/rig.ts';

const keep = 100;

function eventsOf(rig: Rig, name: string): readonly CloudTrailRecord[] {
  return (rig.engine.kms.trail?.records() ?? []).filter(({ eventName }) => eventName === name);
}

function lastOf(rig: Rig, name: string): CloudTrailRecord {
  return eventsOf(rig, name).at(-1) ?? expect.fail(`no ${name}`);
}

// JSON in a text, as the examples have it.
const json = (value: unknown): unknown => JSON.parse(String(value));
const backingKey = { keyHandle: expect.stringMatching(/^\d+$/), backingKeyId: expect.stringMatching(/\w/) };

describe('a key in a CloudHSM cluster', () => {
  const rig = new Rig({ keep });
  const cluster = rig.cluster();
  const store = rig.cloudHsmStore(cluster);
  const { Arn: key } = rig.cloudHsmKey(store);
  const made = json(lastOf(rig, 'CreateKey').additionalEventData?.['backingKey']);
  const place = { customKeyStoreId: store, clusterId: cluster.id };

  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-createkey.html, "in an AWS CloudHSM key store"
  test('CreateKey says where it is and which it is in the cluster', () => {
    const { additionalEventData, requestParameters, resources, responseElements } = lastOf(rig, 'CreateKey');
    expect(requestParameters).toMatchObject({ customKeyStoreId: store, origin: 'AWS_CLOUDHSM' });
    expect(responseElements).toMatchObject({
      keyMetadata: { customKeyStoreId: store, cloudHsmClusterId: cluster.id, origin: 'AWS_CLOUDHSM' },
    });
    expect(Object.keys(additionalEventData ?? {})).toEqual(['backingKey']);
    expect(made).toEqual(backingKey);
    expect(resources).toEqual([{ accountId: ours, type: 'AWS::KMS::Key', ARN: key }]);
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-encrypt.html, ct-decrypt.html, ct-generatedatakey.html: success and failure
  test('cryptographic operations say in which store, whether they succeed or not', () => {
    const CiphertextBlob = rig.engine.encrypt(key);
    rig.engine.decrypt(CiphertextBlob);
    rig.engine.call('GenerateDataKey', { KeyId: key, KeySpec: 'AES_256' });
    for (const name of ['Encrypt', 'Decrypt', 'GenerateDataKey'])
      expect(lastOf(rig, name).additionalEventData).toEqual({ customKeyStoreId: store });
    cluster.setNetwork({ isReachable: false });
    rig.engine.error('Decrypt', { CiphertextBlob });
    cluster.setNetwork({ isReachable: true });
    expect(lastOf(rig, 'Decrypt')).toMatchObject({
      errorCode: 'KMSInvalidStateException',
      errorMessage: 'KMS cannot communicate with your CloudHSM cluster',
      resources: [{ ARN: key }],
    });
    expect(lastOf(rig, 'Decrypt').additionalEventData).toEqual({ customKeyStoreId: store });
  });

  test('who may not use the key does not learn where it is', () => {
    rig.engine.error('Encrypt', { KeyId: key, Plaintext: utf8('x') }, caller(`arn:aws:iam::${ours}:user/nobody`));
    expect(lastOf(rig, 'Encrypt').errorCode).toBe('AccessDenied');
    expect(lastOf(rig, 'Encrypt')).not.toHaveProperty('additionalEventData');
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-schedule-key-deletion.html, ct-delete-key.html
  test('ScheduleKeyDeletion names its material, DeleteKey what became of it', () => {
    const deleted = (): CloudTrailRecord => {
      rig.engine.wait(7 * dayMs);
      rig.engine.kms.advance();
      return lastOf(rig, 'DeleteKey');
    };
    rig.engine.call('ScheduleKeyDeletion', { KeyId: key, PendingWindowInDays: 7 });
    const { backingKeys, ...scheduled } = lastOf(rig, 'ScheduleKeyDeletion').additionalEventData ?? {};
    expect(scheduled).toEqual(place);
    expect(json(backingKeys)).toEqual([made]);
    const { additionalEventData, ...event } = deleted();
    const { backingKeysDeletionStatus, ...members } = additionalEventData ?? {};
    expect(event).toMatchObject({
      eventType: 'AwsServiceEvent',
      userIdentity: { accountId: ours, invokedBy: 'AWS Internal' },
      responseElements: { keyId: key },
      resources: [{ accountId: ours, type: 'AWS::KMS::Key', ARN: key }],
    });
    expect(members).toEqual({ ...place, backingKeys });
    expect(json(backingKeysDeletionStatus)).toEqual([{ ...(made as object), deletionStatus: 'SUCCESS' }]);

    // What cannot be reached is orphaned, and the record says so.
    const { Arn: orphan } = rig.cloudHsmKey(store);
    const left = json(lastOf(rig, 'CreateKey').additionalEventData?.['backingKey']);
    rig.engine.call('ScheduleKeyDeletion', { KeyId: orphan, PendingWindowInDays: 7 });
    cluster.setNetwork({ isReachable: false });
    const [status] = json(deleted().additionalEventData?.['backingKeysDeletionStatus']) as { deletionStatus: string }[];
    cluster.setNetwork({ isReachable: true });
    expect(status).toMatchObject(left as object);
    expect(status?.deletionStatus).not.toBe('SUCCESS');
    expect(eventsOf(rig, 'DeleteKey')).toHaveLength(2);
  });
});

describe('a key in an external key store', () => {
  const rig = new Rig({ keep });
  const store = rig.externalStore();
  const { Arn: key } = rig.externalKey(store);
  const place = { customKeyStoreId: store, xksKeyId: 'one' };

  test('CreateKey has the external key in parameters and metadata', () => {
    const { additionalEventData, requestParameters, responseElements } = lastOf(rig, 'CreateKey');
    expect(requestParameters).toMatchObject({ ...place, origin: 'EXTERNAL_KEY_STORE' });
    expect(responseElements).toMatchObject({
      keyMetadata: { customKeyStoreId: store, xksKeyConfiguration: { id: 'one' } },
    });
    expect(additionalEventData).toBeUndefined();
  });

  test('cryptographic operations name store and external key, whether they succeed or not', () => {
    const CiphertextBlob = rig.engine.encrypt(key);
    rig.engine.decrypt(CiphertextBlob);
    for (const name of ['Encrypt', 'Decrypt']) expect(lastOf(rig, name).additionalEventData).toEqual(place);
    rig.proxy.change = () => ({ failure: 'timed out' });
    rig.engine.error('Encrypt', { KeyId: key, Plaintext: utf8('x') });
    rig.proxy.change = (same) => same;
    expect(lastOf(rig, 'Encrypt')).toMatchObject({ errorCode: 'KMSInvalidStateException' });
    expect(lastOf(rig, 'Encrypt').additionalEventData).toEqual(place);
  });

  test('operations on the store name it, and nothing of its proxy’s credential', () => {
    rig.disconnect(store);
    const event = lastOf(rig, 'DisconnectCustomKeyStore');
    expect(event.requestParameters).toEqual({ customKeyStoreId: store });
    // An external store has no cluster.
    expect(event.additionalEventData).toEqual({ customKeyStoreName: 'xks' });
    const [created] = eventsOf(rig, 'CreateCustomKeyStore');
    expect(created?.requestParameters).toEqual({
      customKeyStoreName: 'xks',
      customKeyStoreType: 'EXTERNAL_KEY_STORE',
      xksProxyConnectivity: 'PUBLIC_ENDPOINT',
      xksProxyUriEndpoint: rig.proxy.endpoint,
      xksProxyUriPath: rig.proxy.path,
    });
    rig.engine.error('DeleteCustomKeyStore', { CustomKeyStoreId: store });
    expect(lastOf(rig, 'DeleteCustomKeyStore')).toMatchObject({
      errorCode: 'CustomKeyStoreHasCMKsException',
      additionalEventData: { customKeyStoreName: 'xks' },
    });
  });
});

describe('a call that waits for a proxy', () => {
  function late() {
    const rig = new Rig({ keep });
    const { Arn: KeyId } = rig.engine.createKey({
      Origin: 'EXTERNAL_KEY_STORE',
      CustomKeyStoreId: rig.externalStore(),
      XksKeyId: 'one',
      Policy: delegatingTo(ours, theirs),
    });
    rig.proxy.isLate = true;
    return { rig, visit: (by = admin) => new Visit('Encrypt', { KeyId, Plaintext: utf8('x') }, 'direct', by) };
  }

  test('is noted when it has its answer, once', async () => {
    const { rig, visit } = late();
    const answer = rig.engine.kms.dispatch(visit());
    expect(eventsOf(rig, 'Encrypt')).toEqual([]);
    await rig.proxy.release();
    await answer;
    expect(eventsOf(rig, 'Encrypt')).toHaveLength(1);
    expect(lastOf(rig, 'Encrypt').additionalEventData).toMatchObject({ xksKeyId: 'one' });
  });

  test('and fails in the end, once; once for each of two accounts', async () => {
    const { rig, visit } = late();
    rig.proxy.change = () => ({ failure: 'unreachable' });
    const answer = rig.engine.kms.dispatch(visit(stranger));
    await rig.proxy.release();
    await expect(answer).rejects.toMatchObject({ code: 'KMSInvalidStateException' });
    expect(eventsOf(rig, 'Encrypt').map(({ recipientAccountId }) => recipientAccountId)).toEqual([theirs, ours]);
  });
});
