// Values that are bound when they are first seen.

import { describe, expect, test } from 'vitest';
import { createBindings } from '../src/bindings.ts';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('of a key', () => {
  const key = (more: object = {}): object => ({ Arn: 'arn:1', KeyId: '1', CreationDate: 5, Description: 'a', ...more });

  test('id, date and account stay', () => {
    const bindings = createBindings();
    expect(bindings.agree('one', {}, { KeyMetadata: key() })).toBeUndefined();
    expect(bindings.agree('two', {}, { KeyMetadata: key({ Description: 'b' }) })).toBeUndefined();
    expect(bindings.agree('three', {}, { ReplicaKeyMetadata: key({ CreationDate: 6 }) })).toEqual({
      path: 'ReplicaKeyMetadata.CreationDate',
      expected: '5, as in step one',
      got: '6',
    });
    expect(bindings.agree('four', {}, { KeyMetadata: key({ KeyId: '2' }) })?.path).toBe('KeyMetadata.KeyId');
  });

  test('another key has its own', () => {
    const bindings = createBindings();
    bindings.agree('one', {}, { KeyMetadata: key() });
    expect(
      bindings.agree('two', {}, { KeyMetadata: key({ Arn: 'arn:2', KeyId: '2', CreationDate: 6 }) }),
    ).toBeUndefined();
  });

  test('in lists too', () => {
    const bindings = createBindings();
    bindings.agree('one', {}, { Keys: [{ KeyArn: 'arn:1', KeyId: '1' }] });
    expect(
      bindings.agree(
        'two',
        {},
        {
          Keys: [
            { KeyArn: 'arn:0', KeyId: '0' },
            { KeyArn: 'arn:1', KeyId: '9' },
          ],
        },
      ),
    ).toMatchObject({
      path: 'Keys.1.KeyId',
    });
  });
});

describe('of a ciphertext', () => {
  test('the plaintext stays, whether it goes in or comes out', () => {
    const bindings = createBindings();
    const CiphertextBlob = bytes('c');
    expect(bindings.agree('enc', { Plaintext: bytes('p') }, { CiphertextBlob })).toBeUndefined();
    expect(bindings.agree('dec', { CiphertextBlob }, { Plaintext: bytes('p') })).toBeUndefined();
    expect(bindings.agree('bad', { CiphertextBlob }, { Plaintext: bytes('q') })).toMatchObject({ path: 'Plaintext' });
  });

  test('of a data key pair as well', () => {
    const bindings = createBindings();
    bindings.agree('pair', {}, { PrivateKeyCiphertextBlob: bytes('c'), PrivateKeyPlaintext: bytes('p') });
    expect(bindings.agree('dec', { CiphertextBlob: bytes('c') }, { Plaintext: bytes('q') })).toMatchObject({
      path: 'Plaintext',
    });
  });

  test('a value that is missing, or no bytes, is not bound', () => {
    const bindings = createBindings();
    expect(bindings.agree('one', { CiphertextBlob: 'c' }, { Plaintext: bytes('p') })).toBeUndefined();
    expect(bindings.agree('two', { CiphertextBlob: 'c' }, { Plaintext: bytes('q') })).toBeUndefined();
    expect(bindings.agree('three', undefined, undefined)).toBeUndefined();
  });
});
