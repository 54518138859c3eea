import { describe, expect, test } from 'vitest';
import { createXksProxy, serveXksProxy } from '../../src/xks/xks-proxy.ts';
import { xksTransport } from '../../src/xks/xks-transport.ts';
import { endpoint, patience, requestTo } from './asking.ts';

describe('createXksProxy', () => {
  test('with a seed repeats, without one never', async () => {
    const ids = await Promise.all(
      [{ seed: 'a' }, { seed: 'a' }, {}, {}].map(async (options) => (await createXksProxy(options)).credential),
    );
    expect(ids[0]).toEqual(ids[1]);
    expect(new Set(ids.map(({ accessKeyId }) => accessKeyId)).size).toBe(3);
  });

  test('says what is wrong with its options', async () => {
    await expect(createXksProxy({ keys: ['a/b'] })).rejects.toMatchObject({
      name: 'KmsimError',
      code: 'InvalidXksProxy',
    });
  });
});

describe('serveXksProxy', () => {
  test('answers on the clock of the machine, in process and over HTTP alike', async () => {
    const proxy = await createXksProxy({ seed: 'a', keys: ['k'] });
    await using server = await serveXksProxy(proxy);
    for (const target of [proxy, server.url])
      expect(await xksTransport({ [endpoint]: target }, patience)(requestTo(proxy))).toMatchObject({ status: 200 });
  });

  test('only on this machine, and on a free port', async () => {
    const proxy = await createXksProxy();
    await expect(serveXksProxy(proxy, { host: '0.0.0.0' })).rejects.toMatchObject({ code: 'NotLoopback' });
    await using server = await serveXksProxy(proxy);
    await expect(serveXksProxy(proxy, { port: server.port })).rejects.toMatchObject({ code: 'CannotListen' });
  });
});
