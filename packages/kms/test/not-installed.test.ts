// A key whose cryptography is an optional package that is not there: an answer that says so, and no defect.

import { type Backend, chooseBackend, loadOnce, NotInstalled } from '@kmsim/hsm-core';
import { expect, test } from 'vitest';
import { Visit } from '../src/operation.ts';
import { admin, TestEngine } from './engine.ts';

const words = 'Keys of this kind need the package such-and-such';

async function lean(): Promise<Backend> {
  const backend = chooseBackend('portable');
  if (backend === undefined) throw new Error('no portable backend');
  const primitives = await backend.primitives();
  const postQuantum = loadOnce(() => Promise.reject(new NotInstalled(words)));
  return { ...backend, primitives: () => ({ ...primitives, postQuantum }) };
}

test('is NotImplemented, the first time and from then on, in the trail as well, and keeps nobody from anything', async () => {
  const engine = new TestEngine({ backend: await lean(), keep: 10 });
  const ask = async (operation: 'GetPublicKey' | 'DescribeKey', input: object): Promise<object> =>
    engine.kms.dispatch(new Visit(operation, input, 'direct', admin));
  const { KeyId } = engine.createKey({ KeySpec: 'ML_DSA_44', KeyUsage: 'SIGN_VERIFY' });
  const missing = { code: 'NotImplemented', status: 501, wireMessage: words };
  const [one, two, described] = await Promise.allSettled([
    ask('GetPublicKey', { KeyId }),
    ask('GetPublicKey', { KeyId }),
    ask('DescribeKey', { KeyId }),
  ]);
  expect([one, two]).toMatchObject([{ reason: missing }, { reason: missing }]);
  expect(described.status).toBe('fulfilled');
  await expect(ask('GetPublicKey', { KeyId })).rejects.toMatchObject(missing);
  expect(engine.kms.trail?.records().map(({ errorCode, eventName }) => `${eventName} ${errorCode}`)).toEqual([
    'CreateKey undefined',
    'GetPublicKey NotImplemented',
    'GetPublicKey NotImplemented',
    'DescribeKey undefined',
    'GetPublicKey NotImplemented',
  ]);
  // Another family works beside it.
  const { KeyId: rsa } = engine.createKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  await expect(ask('GetPublicKey', { KeyId: rsa })).resolves.toHaveProperty('PublicKey');
});
