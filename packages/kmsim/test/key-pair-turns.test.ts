// Requests that make RSA key pairs wait for each other, and not without end.

import { connect, Socket } from 'node:net';
import { GetPublicKeyCommand, KMS } from '@aws-sdk/client-kms';
import { ConnectionLost, Visit } from '@kmsim/kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { createKmsim, type Kmsim, serve } from '../src/index.ts';
import { inTurns, KeyPairTurns, mostWaiting } from '../src/key-pair-turns.ts';

/** Turns whose pauses end when the test says so. */
class Hall {
  readonly turns: KeyPairTurns = new KeyPairTurns((act) => this.#pauses.push(act));
  readonly begun: string[] = [];
  readonly #pauses: (() => void)[] = [];

  /** Whose connection ended while they waited. */
  readonly gone: Set<string> = new Set();
  readonly lost: unknown[] = [];
  /** As over HTTP: whether somebody is still there can be told. */
  isWatching = false;

  take(account: string, name: string, due: 'each time' | 'first use' = 'each time'): 'now' | 'later' | 'never' {
    const work = (): object => {
      this.begun.push(name);
      return {};
    };
    const isGone = this.isWatching ? (): boolean => this.gone.has(name) : undefined;
    const taken = this.turns.take(account, due, work, isGone);
    if (taken === undefined) return 'never';
    if (!(taken instanceof Promise)) return 'now';
    taken.catch((error: unknown) => this.lost.push(error));
    return 'later';
  }

  /** Lets everybody else be heard, and the next one begin. */
  async pause(): Promise<void> {
    for (const act of this.#pauses.splice(0)) act();
    await Promise.resolve();
    await Promise.resolve();
  }

  get pauses(): number {
    return this.#pauses.length;
  }
}

describe('turns', () => {
  test('whoever is alone begins at once, and after a pause again', async () => {
    const hall = new Hall();
    expect(hall.take('a', 'one')).toBe('now');
    await hall.pause();
    expect(hall.take('a', 'two')).toBe('now');
  });

  test('one for each pause, in the order in which they came', async () => {
    const hall = new Hall();
    expect(['one', 'two', 'three'].map((name) => hall.take('a', name))).toEqual(['now', 'later', 'later']);
    expect(hall.begun).toEqual(['one']);
    await hall.pause();
    expect(hall.begun).toEqual(['one', 'two']);
    expect(hall.take('a', 'four')).toBe('later');
    await hall.pause();
    await hall.pause();
    expect(hall.begun).toEqual(['one', 'two', 'three', 'four']);
  });

  test('the accounts by turns: whoever asks for much delays nobody else', async () => {
    const hall = new Hall();
    for (const name of ['a1', 'a2', 'a3', 'a4']) hall.take('a', name);
    hall.take('b', 'b1');
    for (let round = 0; round < 4; round++) await hall.pause();
    expect(hall.begun).toEqual(['a1', 'a2', 'b1', 'a3', 'a4']);
  });

  test('four wait of an account, and the next is refused until one has begun', async () => {
    const hall = new Hall();
    const taken = Array.from({ length: 7 }, (_, at) => hall.take('a', `a${at}`));
    expect(taken).toEqual(['now', 'later', 'later', 'later', 'later', 'never', 'never']);
    expect(hall.take('b', 'b')).toBe('later');
    await hall.pause();
    expect([hall.take('a', 'again'), hall.take('a', 'once more')]).toEqual(['later', 'never']);
  });

  test('first uses of keys do not count among them, and are bounded too', () => {
    const hall = new Hall();
    for (let at = 0; at < 5; at++) hall.take('a', `pair ${at}`);
    const uses = Array.from({ length: 65 }, (_, at) => hall.take('a', `use ${at}`, 'first use'));
    expect([uses.filter((one) => one === 'later').length, uses.at(-1)]).toEqual([64, 'never']);
  });

  test('in all no more than so many', () => {
    const hall = new Hall();
    hall.take('first', 'first');
    const taken = Array.from({ length: 300 }, (_, at) => hall.take(String(at), String(at)));
    expect(taken.filter((one) => one === 'later').length).toBe(mostWaiting['in all']);
  });

  test('whoever is gone leaves the line before its turn', async () => {
    const hall = new Hall();
    hall.take('a', 'a1');
    hall.isWatching = true;
    for (const name of ['a2', 'a3', 'a4']) hall.take('a', name);
    hall.take('b', 'b1');
    for (const name of ['a2', 'a3', 'b1']) hall.gone.add(name);
    await hall.pause();
    await hall.pause();
    expect(hall.begun).toEqual(['a1', 'a4']);
    expect(hall.lost).toEqual([expect.any(ConnectionLost), expect.any(ConnectionLost), expect.any(ConnectionLost)]);
    hall.isWatching = false;
    expect(hall.take('b', 'b2')).toBe('now');
  });

  test('and also where nobody was before it', async () => {
    const hall = new Hall();
    hall.isWatching = true;
    hall.take('a', 'a1');
    hall.take('a', 'a2');
    hall.gone.add('a1');
    await hall.pause();
    expect(hall.begun).toEqual([]);
    await hall.pause();
    await hall.pause();
    expect([hall.begun, hall.lost]).toEqual([['a2'], [expect.any(ConnectionLost)]]);
  });

  test('and its place is free at once', () => {
    const hall = new Hall();
    hall.take('a', 'first');
    hall.isWatching = true;
    for (let at = 0; at < 4; at++) hall.take('a', `a${at}`);
    expect(hall.take('a', 'before')).toBe('never');
    hall.gone.add('a3');
    expect([hall.take('a', 'after'), hall.take('a', 'too many')]).toEqual(['later', 'never']);
  });

  test('work that throws ends its turn', async () => {
    const hall = new Hall();
    const broken = (): object => {
      throw new Error('no');
    };
    expect(() => hall.turns.take('a', 'each time', broken)).toThrow('no');
    await hall.pause();
    expect([hall.take('a', 'one'), hall.pauses]).toEqual(['now', 1]);
  });
});

describe('a simulation', () => {
  let sim: Kmsim;
  let KeyId = '';

  beforeAll(async () => {
    sim = createKmsim({ region: 'us-east-1' });
    const { KeyMetadata } = await sim.as().createKey({});
    KeyId = KeyMetadata?.Arn ?? '';
    // From here on what makes key pairs is loaded.
    await sim.as().generateDataKeyPair({ KeyId, KeyPairSpec: 'RSA_2048' });
    return () => sim.close();
  });

  function visit(operation: Visit['operation'], input: object): Visit {
    return new Visit(operation, input, 'wire', { principal: sim.administrator('us-east-1'), region: 'us-east-1' });
  }

  test('answers what is too much with ThrottlingException, each with a request id of its own, and everything else at once', () => {
    const { turns } = new Hall();
    const service = inTurns(sim, sim.service, turns);
    const asked = Array.from({ length: 7 }, () => visit('GenerateDataKeyPair', { KeyId, KeyPairSpec: 'RSA_2048' }));
    const taken = asked.map((one) => {
      try {
        return service.dispatch(one) instanceof Promise ? 'later' : 'now';
      } catch (error) {
        return error;
      }
    });
    const refused = { code: 'ThrottlingException', message: /rate at which you may call KMS/ };
    expect(taken.slice(0, 5)).toEqual(['now', 'later', 'later', 'later', 'later']);
    for (const error of taken.slice(5)) {
      expect(error).toMatchObject({ code: refused.code, message: expect.stringMatching(refused.message) });
    }
    expect(new Set(asked.map((one) => one.request)).size).toBeGreaterThan(2);
    expect(asked[5]?.request).not.toBe(asked[6]?.request);
    for (const [operation, input] of [
      ['DescribeKey', { KeyId }],
      ['GenerateDataKey', { KeyId, KeySpec: 'AES_256' }],
      ['GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' }],
    ] as const) {
      expect(service.dispatch(visit(operation, input))).not.toBeInstanceOf(Promise);
    }
  });
});

describe('a server', () => {
  function head(body: string): string {
    const lines = [
      'POST / HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/x-amz-json-1.1',
      'X-Amz-Target: TrentService.GenerateDataKeyPairWithoutPlaintext',
      'Connection: close',
      `Content-Length: ${body.length}`,
    ];
    return `${lines.join('\r\n')}\r\n\r\n`;
  }

  async function waiting(port: number, begin: string): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    await new Promise((resolve) => socket.write(begin, resolve));
    return socket;
  }

  async function answerOn(socket: Socket): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of socket) pieces.push(piece as Buffer);
    return Buffer.concat(pieces).toString();
  }

  test('to whom twenty ask for a pair at the same moment makes five, and all of them are answered', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    const { KeyMetadata } = await sim.as().createKey({});
    const KeyId = KeyMetadata?.Arn ?? '';
    const body = JSON.stringify({ KeyId, KeyPairSpec: 'RSA_2048' });
    await sim.as().generateDataKeyPair({ KeyId, KeyPairSpec: 'RSA_2048' });
    await using server = await serve(sim, { credentials: 'permissive' });
    const begin = head(body) + body.slice(0, -1);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => waiting(server.port, begin)));
    // The server is asked once more, and has read what came before.
    await fetch(`${server.url}/health`);
    const answers = sockets.map(answerOn);
    for (const socket of sockets) socket.write(body.slice(-1));
    const said = await Promise.all(answers);
    const refused = said.filter((text) => text.startsWith('HTTP/1.1 400') && text.includes('ThrottlingException'));
    expect(said.filter((text) => text.startsWith('HTTP/1.1 200')).length).toBe(5);
    expect(refused.length).toBe(15);
  });

  test('makes no pair for clients that have gone while they waited', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    const { KeyMetadata } = await sim.as().createKey({});
    const KeyId = KeyMetadata?.Arn ?? '';
    const body = JSON.stringify({ KeyId, KeyPairSpec: 'RSA_2048' });
    await sim.as().generateDataKeyPair({ KeyId, KeyPairSpec: 'RSA_2048' });
    const defects: unknown[] = [];
    const onInternalError = (error: unknown): void => void defects.push(error);
    await using server = await serve(sim, { credentials: 'permissive', onInternalError });
    const made = (): number =>
      sim.trail.events.filter(({ eventName }) => eventName === 'GenerateDataKeyPairWithoutPlaintext').length;
    const begin = head(body) + body.slice(0, -1);
    const sockets = await Promise.all(Array.from({ length: 5 }, () => waiting(server.port, begin)));
    await fetch(`${server.url}/health`);
    for (const socket of sockets) socket.write(body.slice(-1));
    // Four leave before the server, in this same process, has heard of any.
    const [first = new Socket(), ...others] = sockets;
    for (const socket of others) socket.end();
    expect(await answerOn(first)).toMatch(/^HTTP\/1.1 200/);
    await Promise.all(others.map(answerOn));
    // Whoever comes now is next.
    expect(await answerOn(await waiting(server.port, head(body) + body))).toMatch(/^HTTP\/1.1 200/);
    // One of them may have begun while its connection was still being ended.
    expect([made() < 5, defects]).toEqual([true, []]);
  });

  test('whose new keys are all used at once refuses none', async () => {
    using sim = createKmsim({ region: 'us-east-1' });
    await using server = await serve(sim);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new KMS({ endpoint: server.url, region: 'us-east-1', credentials, maxAttempts: 1 });
    const keys = await Promise.all(
      Array.from({ length: 6 }, () => client.createKey({ KeySpec: 'RSA_2048', KeyUsage: 'SIGN_VERIFY' })),
    );
    const used = await Promise.all(
      keys.map(({ KeyMetadata }) => client.send(new GetPublicKeyCommand({ KeyId: KeyMetadata?.KeyId }))),
    );
    expect(new Set(used.map(({ PublicKey }) => String(PublicKey))).size).toBe(6);
    client.destroy();
  });
});
