// The typed methods: the same corridor, with promises.

import { describe, expect, test } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { type OperationName, operations } from '../src/api/shapes.ts';
import { admin, caller, ours, TestEngine, utf8 } from './engine.ts';

const { kms } = new TestEngine();
const methods = kms.as(admin);

describe('kms.as(caller)', () => {
  test.each(Object.keys(operations) as OperationName[])('has a method for %s', (name) => {
    const method = `${name.charAt(0).toLowerCase()}${name.slice(1)}` as keyof typeof methods;
    expect(methods[method]).toBeTypeOf('function');
  });

  test('answers with a promise', async () => {
    const { KeyMetadata } = await methods.createKey();
    const { CiphertextBlob } = await methods.encrypt({ KeyId: KeyMetadata?.KeyId ?? '', Plaintext: utf8('x') });
    expect((await methods.decrypt({ CiphertextBlob })).Plaintext).toEqual(utf8('x'));
    expect((await methods.listKeys({ Limit: 1 })).Keys).toHaveLength(1);
  });

  test('refuses with a promise, never by throwing', async () => {
    const promise = methods.describeKey({ KeyId: 'none' });
    const error: unknown = await promise.catch((raised: unknown) => raised);
    expect(error).toBeInstanceOf(KmsError);
    expect(error).toMatchObject({
      name: 'NotFoundException',
      code: 'NotFoundException',
      message: "Invalid keyId 'none'",
    });
  });

  test('says in the stack of a refusal whose call it was, and nothing of what is within', async () => {
    const whoCalls = async () => await methods.describeKey({ KeyId: 'none' });
    const error = (await whoCalls().catch((raised: unknown) => raised)) as Error;
    const [first, second] = error.stack?.split('\n') ?? [];
    expect(first).toBe("NotFoundException: Invalid keyId 'none'");
    expect(second).toContain('whoCalls');
    expect(error.stack).not.toContain('kms/src');
  });

  test('leaves the limit of stacks as it was, also where it cannot be changed', async () => {
    const limit = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit') as PropertyDescriptor;
    try {
      Object.defineProperty(Error, 'stackTraceLimit', { ...limit, writable: false });
      await expect(methods.describeKey({ KeyId: 'none' })).rejects.toThrow('Invalid keyId');
    } finally {
      Object.defineProperty(Error, 'stackTraceLimit', limit);
    }
    await expect(methods.describeKey({ KeyId: 'none' })).rejects.toThrow('Invalid keyId');
    expect(Error.stackTraceLimit).toBe(limit.value);
  });

  test('does what was asked before it returns', async () => {
    const promise = methods.createKey();
    const { Keys = [] } = await methods.listKeys();
    expect(Keys.map(({ KeyId }) => KeyId)).toContain((await promise).KeyMetadata?.KeyId);
  });

  test('is one caller', async () => {
    const user = kms.as(caller(`arn:aws:iam::${ours}:user/nobody`));
    await expect(user.listKeys()).rejects.toThrow('user/nobody is not authorized');
  });

  test('is no thenable, so that it can be returned from an async function', async () => {
    const later = async () => kms.as(admin);
    expect((await later()).encrypt).toBeTypeOf('function');
  });
});
