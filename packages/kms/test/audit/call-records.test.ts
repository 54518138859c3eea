// Records of calls: whose they are, what is told of failures, and that there is one event a call.

import { describe, expect, test } from 'vitest';
import { KmsError } from '../../src/api/errors.ts';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import { Visit } from '../../src/operation.ts';
import { abroad, admin, caller, delegatingTo, home, ours, stranger, TestEngine, theirs, utf8 } from '../engine.ts';
import { arnIn, inRegion, RelatedKeys } from '../multi-region/world.ts';
import { administrator } from './every-operation.ts';

const keep = 100;

function eventsOf({ kms }: TestEngine): readonly CloudTrailRecord[] {
  return kms.trail?.records() ?? [];
}

function lastOf(engine: TestEngine): CloudTrailRecord {
  return eventsOf(engine).at(-1) ?? expect.fail('no event');
}

describe('a failure', () => {
  test('of permission is AccessDenied, and says nothing of the request or the key', () => {
    const engine = new TestEngine({ keep });
    const { KeyId, Arn } = engine.createKey();
    const nobody = caller(`arn:aws:iam::${ours}:user/nobody`);
    const { wireMessage } = engine.error('Encrypt', { KeyId, Plaintext: utf8('x') }, nobody);
    const event = lastOf(engine);
    expect(event).toMatchObject({
      errorCode: 'AccessDenied',
      errorMessage: wireMessage,
      requestParameters: null,
      responseElements: null,
    });
    expect(wireMessage).toContain(Arn);
    expect('resources' in event).toBe(false);
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-decrypt.html, "Decrypt failure with a standard symmetric encryption key"
  test('of another kind has code, message, parameters and the key that was named', () => {
    const engine = new TestEngine({ keep });
    const [one, other] = [engine.createKey(), engine.createKey()];
    const CiphertextBlob = engine.encrypt(one.Arn, 'text', { Department: 'Engineering', Project: 'Alpha' });
    const EncryptionContext = { Department: 'Engineering', Project: 'Alpha' };
    engine.error('Decrypt', { CiphertextBlob, KeyId: other.Arn, EncryptionContext });
    expect(lastOf(engine)).toMatchObject({
      errorCode: 'IncorrectKeyException',
      errorMessage: 'The key ID in the request does not identify a CMK that can perform this operation.',
      requestParameters: {
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        keyId: other.Arn,
        encryptionContext: EncryptionContext,
      },
      responseElements: null,
      resources: [{ accountId: ours, type: 'AWS::KMS::Key', ARN: other.Arn }],
    });
    expect(lastOf(engine)).not.toHaveProperty('additionalEventData');
  });

  test('without a message has none; what cannot be read has no parameters; a dry run is a failure', () => {
    const engine = new TestEngine({ keep });
    const { KeyId } = engine.createKey();
    engine.error('Decrypt', { CiphertextBlob: utf8('no ciphertext') });
    expect(lastOf(engine).errorCode).toBe('InvalidCiphertextException');
    expect(lastOf(engine)).not.toHaveProperty('errorMessage');
    engine.error('Encrypt', { KeyId, Plaintext: 'text' as never });
    expect(lastOf(engine)).toMatchObject({ errorCode: 'SerializationException', requestParameters: null });
    engine.error('Encrypt', { KeyId, Plaintext: utf8('x'), DryRun: true });
    expect(lastOf(engine)).toMatchObject({ errorCode: 'DryRunOperationException', eventName: 'Encrypt' });
  });
});

// https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html
describe('a call with another account’s key', () => {
  const engine = new TestEngine({ keep });
  const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
  engine.call('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, stranger);
  const [callers, owners] = eventsOf(engine).slice(-2);

  test('is told to both, with one shared id; the owner learns the account and no name', () => {
    expect(callers).toMatchObject({ recipientAccountId: theirs, userIdentity: { arn: stranger.principal.arn } });
    expect(owners?.recipientAccountId).toBe(ours);
    expect(owners?.userIdentity).toEqual({
      type: 'AWSAccount',
      principalId: callers?.userIdentity.principalId,
      accountId: theirs,
    });
    expect(owners?.sharedEventID).toBe(callers?.sharedEventID);
    expect(owners?.sharedEventID).toBeDefined();
    expect(owners?.requestID).toBe(callers?.requestID);
    expect(owners?.eventID).not.toBe(callers?.eventID);
  });

  test('GetKeyLastUsage gives the owner the id in its own trail', () => {
    const { KeyLastUsage } = engine.call('GetKeyLastUsage', { KeyId: Arn });
    expect(KeyLastUsage?.CloudTrailEventId).toBe(owners?.eventID);
    expect(KeyLastUsage?.KmsRequestId).toBe(owners?.requestID);
  });

  test('that was refused is told to the caller alone, and has no shared id', () => {
    const { Arn: closed } = engine.createKey({ Policy: delegatingTo(ours) });
    const before = eventsOf(engine).length;
    engine.error('Encrypt', { KeyId: closed, Plaintext: utf8('x') }, stranger);
    const told = eventsOf(engine).slice(before);
    expect(told.map(({ recipientAccountId, sharedEventID }) => [recipientAccountId, sharedEventID])).toEqual([
      [theirs, undefined],
    ]);
  });

  test('that was allowed and failed is told to both', () => {
    engine.call('DisableKey', { KeyId: Arn });
    const before = eventsOf(engine).length;
    engine.error('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, stranger);
    expect(
      eventsOf(engine)
        .slice(before)
        .map(({ recipientAccountId }) => recipientAccountId),
    ).toEqual([theirs, ours]);
  });
});

describe('another Region', () => {
  test('has a record of its own: of the new replica, and of the new primary', () => {
    const keys = new RelatedKeys({}, new TestEngine({ keep })).replicate(abroad);
    keys.call(home, 'UpdatePrimaryRegion', { PrimaryRegion: abroad });
    const there = eventsOf(keys.engine).filter(({ awsRegion }) => awsRegion === abroad);
    const arn = arnIn(abroad, keys.id);
    expect(there).toMatchObject([
      {
        eventName: 'CreateKey',
        userIdentity: { arn: administrator.principal.arn, invokedBy: 'kms.amazonaws.com' },
        requestParameters: { multiRegion: true, keySpec: 'SYMMETRIC_DEFAULT' },
        responseElements: { keyMetadata: { arn, keyState: 'Creating' } },
        resources: [{ ARN: arn }],
      },
      {
        eventName: 'UpdatePrimaryRegion',
        userIdentity: { invokedBy: 'kms.amazonaws.com' },
        requestParameters: { keyId: arn, primaryRegion: abroad },
        responseElements: { keyId: arn },
      },
    ]);
    expect(there[1]).not.toHaveProperty('resources');
    for (const { eventID, requestID } of there) {
      const twins = eventsOf(keys.engine).filter((event) => event.requestID === requestID);
      expect(twins).toHaveLength(2);
      expect(twins.filter((event) => event.eventID === eventID)).toHaveLength(1);
    }
  });

  test('has none when the call fails', () => {
    const keys = new RelatedKeys({}, new TestEngine({ keep })).replicate(abroad);
    keys.refusal(home, 'ReplicateKey', { ReplicaRegion: abroad });
    expect(lastOf(keys.engine)).toMatchObject({ eventName: 'ReplicateKey', errorCode: 'AlreadyExistsException' });
    expect(inRegion(abroad).region).toBe(abroad);
  });
});

describe('one event a call', () => {
  test('of a call that waits for a library, and only when it has passed', async () => {
    // The first key pair of the process; where another test was here first it does not wait.
    const engine = new TestEngine({ keep, backend: 'portable' });
    const { KeyId } = engine.createKey();
    const visit = new Visit('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P384' }, 'direct', admin);
    await engine.kms.dispatch(visit);
    expect(eventsOf(engine).map(({ eventName }) => eventName)).toEqual(['CreateKey', 'GenerateDataKeyPair']);
  });

  test('what the caller does to input and answer afterwards changes nothing', () => {
    const engine = new TestEngine({ keep });
    const input = { KeyId: engine.createKey().KeyId, EncryptionContext: { a: 'b' }, Plaintext: utf8('x') };
    const answer = engine.call('CreateKey', { Description: 'mine', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    engine.call('Encrypt', input as never);
    input.EncryptionContext.a = 'changed';
    input.KeyId = 'changed';
    Object.assign(answer.KeyMetadata ?? {}, { Description: 'changed' });
    answer.KeyMetadata?.CreationDate?.setTime(0);
    const text = JSON.stringify(eventsOf(engine));
    expect(text).not.toContain('changed');
    expect(text).toContain('"description":"mine"');
    expect(text).not.toContain('1970');
  });

  test('what is no answer of KMS is no event', () => {
    const engine = new TestEngine({ keep });
    engine.kms.setFaults({
      services: [
        { raise: 'ConnectionReset', count: 1 },
        { raise: 'AnswerLost', count: 1 },
      ],
    });
    const call = () => engine.kms.dispatch(new Visit('ListKeys', {}, 'direct', admin));
    expect(call).toThrow();
    expect(eventsOf(engine)).toHaveLength(0);
    // It was carried out, and nobody heard of it.
    expect(call).toThrow();
    expect(eventsOf(engine)).toMatchObject([{ eventName: 'ListKeys' }]);
    expect(eventsOf(engine)[0]).not.toHaveProperty('errorCode');
    engine.kms.setFaults({ services: [{ raise: 'ThrottlingException' }] });
    expect(call).toThrow(KmsError);
    expect(lastOf(engine)).toMatchObject({ errorCode: 'ThrottlingException' });
  });
});

describe('an encryption context', () => {
  const contextOf = (pairs: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: pairs }, (_, n) => [`name-${pairs - n}`, `value-${n}`]));

  test.each([0, 1, 4, 5, 20])('of %d pairs is written down as it was sent', (pairs) => {
    const engine = new TestEngine({ keep });
    const { KeyId } = engine.createKey();
    const EncryptionContext = contextOf(pairs);
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionContext });
    const written = lastOf(engine).requestParameters?.['encryptionContext'];
    expect(written).toEqual(EncryptionContext);
    expect(Object.keys(written as object)).toEqual(Object.keys(EncryptionContext));
  });

  test('of a call before it, in the same place of the ring, is not seen', () => {
    const engine = new TestEngine({ keep: 1 });
    const { KeyId } = engine.createKey();
    for (const pairs of [4, 2, 5, 1]) {
      const EncryptionContext = contextOf(pairs);
      engine.call('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionContext });
      expect(lastOf(engine).requestParameters?.['encryptionContext']).toEqual(EncryptionContext);
    }
    engine.call('Encrypt', { KeyId, Plaintext: utf8('x') });
    expect(lastOf(engine).requestParameters).not.toHaveProperty('encryptionContext');
  });

  test('of each side of ReEncrypt is its own', () => {
    const engine = new TestEngine({ keep });
    const { Arn, KeyId } = engine.createKey();
    const CiphertextBlob = engine.encrypt(Arn, 'text', { from: 'here' });
    const contexts = { SourceEncryptionContext: { from: 'here' }, DestinationEncryptionContext: { to: 'there' } };
    engine.call('ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId, ...contexts });
    expect(lastOf(engine).requestParameters).toMatchObject({
      sourceEncryptionContext: { from: 'here' },
      destinationEncryptionContext: { to: 'there' },
    });
  });
});
