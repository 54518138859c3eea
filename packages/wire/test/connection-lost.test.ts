// A connection that a fault plan ends: what each door's client sees of it, and that the door stands afterwards.

import { connect } from 'node:net';
import { ConnectionLost } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import type { HttpDoor } from '../src/http-server.ts';
import { sdkRequestHandler } from '../src/sdk-door.ts';
import { alice, KmsDouble } from './kms-double.ts';
import { alive, closeAfterEach, serve } from './open-door.ts';
import { rawRequest } from './raw-http.ts';

closeAfterEach();

function lost(half?: object): KmsDouble {
  const kms = new KmsDouble();
  kms.respond = () => {
    throw new ConnectionLost(half);
  };
  return kms;
}

const output = { KeyId: 'a key with a name that is long enough to be cut in two' };

/** All that comes back, and how it ends. */
function talk(door: HttpDoor, request: string): Promise<{ said: string; error: string | undefined }> {
  return new Promise((resolve) => {
    let said = '';
    let error: string | undefined;
    const socket = connect(door.port, door.host, () => socket.write(request));
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
    });
    socket.on('error', (raised: NodeJS.ErrnoException) => {
      error = raised.code;
    });
    socket.on('close', () => resolve({ said, error }));
  });
}

const request = rawRequest({ headers: ['X-Amz-Target: TrentService.DescribeKey', 'Connection: keep-alive'] });

describe('over HTTP', () => {
  test('it is reset without a word', async () => {
    const door = await serve(lost());
    expect(await talk(door, request)).toEqual({ said: '', error: 'ECONNRESET' });
    await alive(door);
  });

  test('it ends in the middle of the answer, which says how long it was to be', async () => {
    const kms = lost({ KeyMetadata: output });
    const door = await serve(kms);
    const { said } = await talk(door, request);
    const [head = '', body = ''] = said.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 200 OK/);
    const length = Number(/content-length: (\d+)/.exec(head)?.[1]);
    const full = JSON.stringify({ KeyMetadata: output });
    expect(length).toBe(full.length);
    expect(body).toBe(full.slice(0, length >>> 1));
    await alive(door);
  });

  test('half of an empty answer is none', async () => {
    const door = await serve(lost({}));
    expect((await talk(door, request)).said).toBe('');
  });

  test('node’s fetch rejects', async () => {
    const door = await serve(lost({ KeyMetadata: output }));
    const answer = fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'TrentService.DescribeKey' },
      body: '{}',
    }).then((response) => response.text());
    await expect(answer).rejects.toThrow();
  });
});

describe('in process', () => {
  const target = { headers: { 'x-amz-target': 'TrentService.DescribeKey' }, body: '{}' };

  test.each([
    ['socket hang up', undefined],
    ['aborted', { KeyMetadata: output }],
  ])('the handler rejects as node:http does: %s', async (message, half) => {
    const defects: unknown[] = [];
    const handler = sdkRequestHandler(lost(half), () => alice, { onInternalError: (error) => defects.push(error) });
    await expect(handler.handle(target)).rejects.toMatchObject({ code: 'ECONNRESET', message });
    expect(defects).toEqual([]);
  });

  test('also when the answer was waited for', async () => {
    const kms = new KmsDouble();
    kms.respond = () => Promise.reject(new ConnectionLost());
    await expect(sdkRequestHandler(kms, () => alice).handle(target)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});
