// `kmsim score` against stand-ins that are broken on purpose: a clear line for each scenario, never a stack, and an exit code of 1.

import { afterEach, describe, expect, test } from 'vitest';
import { scoreCommand } from '../src/cli/score.ts';
import { ioDouble } from './cli/io-double.ts';
import { type Behaviour, identities, json, type StandIn, standIn } from './targets/stand-in.ts';

let server: StandIn | undefined;
afterEach(() => server?.close());

const themes = ['keys', 'random', 'tags'];

interface Scored {
  readonly code: number;
  readonly said: string;
  readonly told: string;
  readonly totals: Readonly<Record<string, number>>;
}

/** Says whose account it is, so that it is asked on, and then behaves as it does. */
async function score(behaviour: Behaviour, timeLimit = 2): Promise<Scored> {
  server = await standIn((asked, response, request) => {
    if (asked.body.startsWith('Action=')) response.end(identities.sts);
    else behaviour(asked, response, request);
  });
  const io = ioDouble();
  const code = await scoreCommand({ target: server.url.href, themes, timeLimit, json: true }, io);
  const { totals } = JSON.parse(io.said()) as { totals: Record<string, number> };
  return { code, said: io.said(), told: io.told(), totals };
}

const operationOf = (headers: Readonly<Record<string, unknown>>): string =>
  String(headers['x-amz-target']).replace('TrentService.', '');

describe.each<[string, Behaviour, words: string]>([
  [
    'HTML',
    (_, response) => response.end('<!doctype html><h1>Welcome to nginx!</h1>'),
    'what is no JSON: <!doctype html>',
  ],
  [
    'HTML behind a 503',
    (_, response) => response.writeHead(503).end('<html>busy'),
    'HTTP 503 with what is no JSON: <html>busy',
  ],
  ['500 without a body', (_, response) => response.writeHead(500).end(), 'HTTP 500 without a body'],
  ['an empty body', (_, response) => response.end(), 'expected'],
  ['a list', (_, response) => json(response, 200, []), 'JSON that is no object: []'],
  ['half of an answer', (_, response) => response.end('{"KeyMetadata":{"KeyId":'), 'what is no JSON: {"KeyMetadata"'],
  [
    'an error without a type',
    (_, response) => json(response, 400, { error: 'no' }),
    'no __type without message (HTTP 400)',
  ],
  [
    'an error of a number',
    (_, response) => json(response, 400, { __type: 5, message: { a: 1 } }),
    'no __type without message',
  ],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: 'https://example.org/' }).end(),
    'HTTP 302 without a body',
  ],
  ['closed connections', (_, response) => response.destroy(), 'closed the connection without an answer'],
  [
    'wrong types',
    (_, response) => json(response, 200, { KeyMetadata: 'text', Keys: {}, Tags: 5, Plaintext: 7, Truncated: 'yes' }),
    'expected',
  ],
  [
    'a list that never ends',
    (_, response) => json(response, 200, { Keys: [], Tags: [], Truncated: true, NextMarker: 'm' }),
    'promised more with a marker it gave before',
  ],
])('%s', (_, behaviour, words) => {
  test('is told for each scenario, and the run goes to its end', async () => {
    const { code, said, told, totals } = await score(behaviour);
    expect(code).toBe(1);
    expect(totals['passed']).toBe(0);
    expect(told).toContain(words);
    expect(said + told).not.toMatch(/\n\s+at |Error:|undefined/);
    const { results } = JSON.parse(said) as { results: readonly { text: string }[] };
    for (const { text } of results) expect(text).toMatch(/^(failed|no answer|skipped|unsupported)/);
  });
});

test('whatever does not know an operation is unsupported, not wrong', async () => {
  const { code, totals } = await score((_, response) => json(response, 400, { __type: 'UnknownOperationException' }));
  expect(code).toBe(0);
  expect(totals).toMatchObject({ passed: 0, failed: 0, noAnswer: 0 });
  expect(totals['unsupported']).toBeGreaterThan(20);
});

test('one that is slow is left alone after three times', async () => {
  const began = performance.now();
  const { code, said, totals } = await score(() => {}, 0.2);
  expect(code).toBe(1);
  expect(performance.now() - began).toBeLessThan(5000);
  expect(said).toMatch(/no answer from 127\.0\.0\.1:\d+ within 0\.2 s/);
  expect(said).toContain('not asked any more');
  expect(totals['noAnswer']).toBeGreaterThan(20);
});

test('one that dies in the middle keeps what it had', async () => {
  const alive = await import('kmsim').then(({ createKmsim, serve }) => serve(createKmsim()));
  const io = ioDouble();
  let lines = 0;
  const { write } = io.stderr;
  io.stderr.write = ((chunk: string) => {
    lines += 1;
    if (lines === 5) void alive.close();
    return write.call(io.stderr, chunk);
  }) as typeof write;
  expect(await scoreCommand({ target: alive.url, themes, timeLimit: 2 }, io)).toBe(1);
  expect(io.told()).toMatch(/: passed\n/);
  expect(io.told()).toContain('nobody listens there');
  expect(io.said()).toContain('not asked any more');
});

test('an operation that answers nonsense is one line, and the others are counted', async () => {
  const { said, totals } = await score((asked, response) => {
    if (operationOf(asked.headers) === 'GenerateRandom') response.end('<html>');
    else json(response, 400, { __type: 'NotFoundException', message: 'no' });
  });
  expect(totals['noAnswer']).toBe(6);
  expect(totals['failed']).toBeGreaterThan(15);
  expect(said).toContain('no answer at random (GenerateRandom): it answered HTTP 200 with what is no JSON: <html>');
});
