import { describe, expect, test } from 'vitest';
import { eventOf, type KmsEvent } from '../../src/cloudtrail/event.ts';
import { KeyEvidence } from '../../src/cloudtrail/key-evidence.ts';
import { account, keyArn, record } from './log.ts';

function evidence(...members: readonly Record<string, unknown>[]): KeyEvidence {
  const found = new KeyEvidence();
  for (const each of members) found.note(eventOf(record(each)) as KmsEvent);
  return found;
}

describe('the kind of a key', () => {
  test.each([
    ['Sign', { signingAlgorithm: 'ECDSA_SHA_384' }, 'ECC_NIST_P384', 'SIGN_VERIFY'],
    ['Verify', { signingAlgorithm: 'RSASSA_PSS_SHA_512' }, 'RSA_2048', 'SIGN_VERIFY'],
    ['GenerateMac', { macAlgorithm: 'HMAC_SHA_512' }, 'HMAC_512', 'GENERATE_VERIFY_MAC'],
    ['Encrypt', { encryptionAlgorithm: 'RSAES_OAEP_SHA_1' }, 'RSA_2048', 'ENCRYPT_DECRYPT'],
    ['DeriveSharedSecret', { keyAgreementAlgorithm: 'ECDH' }, 'ECC_NIST_P256', 'KEY_AGREEMENT'],
  ])('%s with %j', (eventName, requestParameters, spec, usage) => {
    expect(evidence({ eventName, requestParameters }).kindOf(keyArn)).toEqual({ spec, usage });
    // What was refused shows nothing.
    expect(evidence({ eventName, requestParameters, errorCode: 'X' }).kindOf(keyArn)).toBeUndefined();
  });

  test('of both sides of ReEncrypt', () => {
    const other = keyArn.replace('1234abcd', 'abcd1234');
    const requestParameters = {
      sourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      destinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_256',
    };
    const found = evidence({ eventName: 'ReEncrypt', requestParameters, resources: [{ ARN: keyArn }, { ARN: other }] });
    expect([found.kindOf(keyArn), found.kindOf(other)?.spec]).toEqual([undefined, 'RSA_2048']);
  });

  test('of one that is made, exactly', () => {
    const keyMetadata = { arn: keyArn, keySpec: 'RSA_4096', keyUsage: 'SIGN_VERIFY' };
    const found = evidence({ eventName: 'CreateKey', responseElements: { keyMetadata } });
    expect(found.kindOf(keyArn)).toEqual({ spec: 'RSA_4096', usage: 'SIGN_VERIFY' });
  });
});

describe('the aliases of a key at first', () => {
  const use = (keyId: string) => ({ eventName: 'Encrypt', requestParameters: { keyId } });

  test('are those that somebody uses, by name or by ARN', () => {
    const found = evidence(use('alias/a'), use(`arn:aws:kms:us-east-1:${account}:alias/b`), use(keyArn));
    expect(found.aliasesOf(keyArn)).toEqual(['alias/a', 'alias/b']);
  });

  test('are not those that are made on the way', () => {
    const made = { eventName: 'CreateAlias', requestParameters: { aliasName: 'alias/a', targetKeyId: keyArn } };
    expect(evidence(made, use('alias/a')).aliasesOf(keyArn)).toEqual([]);
  });
});

test('who replicates a multi-Region key is its primary, whoever is seen first', () => {
  const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';
  const inRegion = (awsRegion: string, eventName: string) => ({
    ...{ awsRegion, eventName },
    resources: [{ ARN: `arn:aws:kms:${awsRegion}:${account}:key/${id}` }],
  });
  expect(evidence(inRegion('eu-west-1', 'Encrypt')).primaryOf(id)).toBe('eu-west-1');
  expect(evidence(inRegion('eu-west-1', 'Encrypt'), inRegion('us-east-1', 'ReplicateKey')).primaryOf(id)).toBe(
    'us-east-1',
  );
});
