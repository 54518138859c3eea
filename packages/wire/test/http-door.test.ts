import { connect } from 'node:net';
import { DisableKeyCommand, EncryptCommand, KMSClient, NotFoundException } from '@aws-sdk/client-kms';
import { kmsError } from '@kmsim/kms';
import { describe, expect, test, vi } from 'vitest';
import { openHttpDoor, serveHttp } from '../src/http-door.ts';
import { HttpDoorError } from '../src/http-door-error.ts';
import { type HttpDoor, httpLimits } from '../src/http-server.ts';
import { maxBodyBytes } from '../src/json-body.ts';
import { alice, KmsDouble } from './kms-double.ts';
import { alive, cleanup, closeAfterEach, permissive, serve, strict } from './open-door.ts';
import { exchange, rawRequest, statusesOf } from './raw-http.ts';

const { principal } = alice;

closeAfterEach();

function clientOf(door: HttpDoor, secretAccessKey = 'secret', accessKeyId = 'test', maxAttempts = 1): KMSClient {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new KMSClient({ endpoint: door.url, region: 'eu-central-1', credentials, maxAttempts });
  cleanup({ close: () => client.destroy() });
  return client;
}

describe('with the AWS SDK', () => {
  test('a signed request is answered, for the principal of its key, in the region it was signed for', async () => {
    const kms = new KmsDouble();
    kms.respond = () => ({ CiphertextBlob: Uint8Array.of(1), KeyId: 'é' });
    const output = await clientOf(await serve(kms, strict)).send(
      new EncryptCommand({ KeyId: 'k', Plaintext: Buffer.from('hi') }),
    );
    expect(output).toMatchObject({ CiphertextBlob: Uint8Array.of(1), KeyId: 'é', $metadata: { requestId: 'visit-1' } });
    expect(kms.visits).toMatchObject([
      { operation: 'Encrypt', input: { KeyId: 'k', Plaintext: 'aGk=' }, caller: { principal, region: 'eu-central-1' } },
    ]);
  });

  test('answers without members, and errors', async () => {
    const kms = new KmsDouble();
    const client = clientOf(await serve(kms, strict));
    expect(await client.send(new DisableKeyCommand({ KeyId: 'k' }))).toMatchObject({
      $metadata: { httpStatusCode: 200 },
    });
    kms.respond = () => {
      throw kmsError('NotFoundException', 'no');
    };
    await expect(client.send(new DisableKeyCommand({ KeyId: 'k' }))).rejects.toBeInstanceOf(NotFoundException);
  });

  test.each([
    ['test', 'wrong', 'InvalidSignatureException'],
    ['unknown', 'secret', 'UnrecognizedClientException'],
  ])('the key %s with the secret %s: %s', async (id, secret, name) => {
    const kms = new KmsDouble();
    const door = await serve(kms, strict);
    const refused = clientOf(door, secret, id).send(new DisableKeyCommand({ KeyId: 'k' }));
    await expect(refused).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400, requestId: 'refused-1' } });
    expect(kms.visits).toEqual([]);
  });

  test('a client whose clock is an hour off corrects it by the date of the refusal', async () => {
    const kms = new KmsDouble();
    const door = await serve(kms, { ...strict, signatureClock: () => Date.now() - 3_600_000 });
    await clientOf(door, 'secret', 'test', 2).send(new DisableKeyCommand({ KeyId: 'k' }));
    expect([kms.refusals, kms.visits.length]).toEqual([1, 1]);
  });

  test('a request past the limit is told so, and the client goes on', async () => {
    const kms = new KmsDouble();
    const client = clientOf(await serve(kms, strict));
    for (let round = 0; round < 5; round++) {
      const large = client.send(new EncryptCommand({ KeyId: 'k', Plaintext: new Uint8Array(maxBodyBytes) }));
      await expect(large).rejects.toMatchObject({ name: 'RequestEntityTooLarge', $metadata: { httpStatusCode: 413 } });
      await client.send(new DisableKeyCommand({ KeyId: 'k' }));
    }
    expect(kms.visits.length).toBe(5);
  });
});

describe('connections', () => {
  const quick = {
    ...httpLimits,
    headersTimeout: 100,
    requestTimeout: 250,
    keepAliveTimeout: 100,
    connectionsCheckingInterval: 25,
  };

  /** Milliseconds until the server closes the connection, and what it said. */
  function lifetime(door: HttpDoor, bytes: string): Promise<string> {
    return exchange(door, bytes, 2_000);
  }

  test('as slow as the limits allow, by default', () => {
    expect(httpLimits).toEqual({
      maxHeaderSize: 16_384,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      maxConnections: 1024,
      maxConnectionsPerRemote: 256,
    });
  });

  test('with a slow head, a slow body, or nothing more to say are closed', async () => {
    const kms = new KmsDouble();
    const door = cleanup(await openHttpDoor(kms, permissive, quick));
    const started = performance.now();
    const [head, body, idle, done] = await Promise.all([
      lifetime(door, 'POST / HTTP/1.1\r\nHost: loc'),
      lifetime(door, rawRequest({ headers: ['Content-Length: 100'] })),
      lifetime(door, ''),
      lifetime(door, rawRequest({ headers: ['Connection: keep-alive'] })),
    ]);
    expect([head, body, idle, done].map(statusesOf)).toEqual([[408], [408], [408], [200]]);
    expect(performance.now() - started).toBeLessThan(1_900);
    expect(kms.visits.length).toBe(1);
  });

  test('more than there may be are dropped', async () => {
    const door = cleanup(await openHttpDoor(new KmsDouble(), permissive, { ...httpLimits, maxConnections: 2 }));
    const held = [connect(door.port, door.host), connect(door.port, door.host)];
    await Promise.all(held.map((socket) => new Promise((resolve) => socket.on('connect', resolve))));
    expect(await exchange(door, rawRequest())).toBe('');
    for (const socket of held) socket.destroy();
    await vi.waitFor(async () => expect(statusesOf(await exchange(door, rawRequest()))).toEqual([200]));
  });
});

describe('opening', () => {
  test.each(['0.0.0.0', '::', '10.0.0.1', '', 'example.com', '127.1'])('on %j has to be asked for', async (host) => {
    const refused = await serveHttp(new KmsDouble(), { ...strict, host }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HttpDoorError);
    expect(refused).toMatchObject({ code: 'KMSIM_HOST_NOT_LOOPBACK', hint: expect.stringContaining('exposed: true') });
  });

  test('on every interface, when it is: reached by loopback and by the allowed names, and no other', async () => {
    const kms = new KmsDouble();
    const allowedHosts = ['kms.internal:4566'];
    const door = await serve(kms, { ...permissive, host: '0.0.0.0', exposed: true, allowedHosts });
    expect(door.url).toBe(`http://127.0.0.1:${door.port}`);
    await alive(door);
    const at = async (host: string): Promise<number[]> =>
      statusesOf(await exchange({ ...door, host: '127.0.0.1' }, rawRequest({ headers: [`Host: ${host}`] })));
    expect(await at('kms.internal:80')).toEqual([200]);
    expect(await at('evil.example')).toEqual([421]);
  });

  test.each(['http://kms', '*', 'a b', ''])('with the allowed host %j says what is wrong', async (name) => {
    const opening = serveHttp(new KmsDouble(), { ...strict, allowedHosts: [name] });
    await expect(opening).rejects.toMatchObject({ name: 'HttpDoorError', code: 'KMSIM_ALLOWED_HOST_INVALID' });
  });

  test.each(['127.0.0.1', 'localhost', 'LOCALHOST', '127.0.0.2'])('on %s needs no leave', async (host) => {
    await alive(await serve(new KmsDouble(), { ...strict, host }));
  });

  test('without a host: on this machine, by the address of either family', async () => {
    const door = await serve(new KmsDouble(), strict);
    for (const address of door.addresses) {
      const host = address.includes(':') ? `[${address}]` : address;
      expect((await fetch(`http://${host}:${door.port}/health`)).status).toBe(200);
    }
    expect(door.addresses[0]).toBe('127.0.0.1');
  });

  test('on a port that is taken fails', async () => {
    const { port } = await serve(new KmsDouble());
    await expect(serveHttp(new KmsDouble(), { ...strict, port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('closing', () => {
  test('ends idle connections and calls that wait, frees the port, and may be repeated', async () => {
    const kms = new KmsDouble();
    kms.respond = () => new Promise(() => {});
    const door = await serve(kms);
    const idle = connect(door.port, door.host);
    const waiting = exchange(door, rawRequest(), 5_000);
    const ended = new Promise((resolve) => idle.on('close', resolve));
    await vi.waitFor(() => expect(kms.visits.length).toBe(1));
    await Promise.all([door.close(), door.close()]);
    expect(await waiting).toBe('');
    await ended;
    for (const host of door.addresses) expect(await exchange({ ...door, host }, rawRequest())).toBe('');
    await expect(fetch(door.url)).rejects.toThrow();
    await serve(kms, { ...permissive, port: door.port });
  });

  test('at the end of a scope', async () => {
    let url = '';
    {
      await using door = await serveHttp(new KmsDouble(), strict);
      url = door.url;
      await alive(door);
    }
    await expect(fetch(url)).rejects.toThrow();
  });
});
