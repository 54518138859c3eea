// Who may speak to an admin port: bytes at a real socket, a row for each way to try. Nothing that is refused changes anything.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { createKmsim, serve } from '../../src/index.ts';
import { kmsimErrorOf } from '../kmsim-error-of.ts';
import { adminDoor, ask, raw, statusOf } from './admin-door.ts';

const host = 'Host: localhost';
const json = 'Content-Type: application/json';
const posts = ['/api/reset', '/api/clock', '/api/faults', '/api/snapshot'];
const paths = [...posts, '/api/state', '/api/events', '/api/events/stream', '/', '/nothing'];
const looks = ['overview', 'calls', 'call?id=x', 'keys', 'key?arn=x', 'upcoming', 'quotas', 'cost'];

async function hashOf(door: Awaited<ReturnType<typeof adminDoor>>): Promise<string> {
  return (await ask(door, '/api/state')).body.hash;
}

describe('without the token', () => {
  test.each(paths)('%s is 401, and the state is as it was', async (path) => {
    const door = await adminDoor();
    await door.sim.as().createKey();
    const before = [await hashOf(door), JSON.stringify(door.sim.snapshot())];
    const tries: (string | undefined)[] = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      `Bearer ${'A'.repeat(43)}`,
      `Bearer ${door.token.slice(0, -1)}`,
      `Bearer ${door.token}A`,
      `Bearer  ${door.token}`,
      `bearer ${door.token}`,
      door.token,
      `Basic ${Buffer.from(`admin:${door.token}`).toString('base64')}`,
      `Bearer ${door.token}, Bearer ${door.token}`,
      `Bearer ${'x'.repeat(8_000)}`,
    ];
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'PATCH']) {
      // The page itself is no secret.
      if (path === '/' && method === 'GET') continue;
      const answers = await Promise.all(
        tries.map((value) =>
          raw(door.port, [
            `${method} ${path} HTTP/1.1`,
            host,
            json,
            ...(value === undefined ? [] : [`Authorization: ${value}`]),
          ]),
        ),
      );
      for (const [at, said] of answers.entries())
        expect([method, tries[at], statusOf(said)]).toEqual([method, tries[at], 401]);
      expect(answers[0]).toMatch(/www-authenticate: Bearer/i);
      expect(answers.join('')).not.toContain(door.token);
    }
    expect([await hashOf(door), JSON.stringify(door.sim.snapshot())]).toEqual(before);
  });

  test('a token in the query or in a cookie is none', async () => {
    const door = await adminDoor();
    const head = [`GET /api/state?token=${door.token} HTTP/1.1`, host, `Cookie: token=${door.token}`];
    expect(statusOf(await raw(door.port, head))).toBe(401);
  });
});

describe('with the token', () => {
  const attempts: readonly (readonly [what: string, line: string, headers: readonly string[], status: number])[] = [
    ['a stranger name', 'GET /api/state', ['Host: evil.example'], 421],
    ['a rebound name', 'POST /api/reset', ['Host: 127.0.0.1.nip.io', json], 421],
    ['a web page', 'POST /api/reset', [host, json, 'Origin: https://evil.example'], 403],
    ['a web page of this machine', 'POST /api/reset', [host, json, 'Origin: http://localhost:3000'], 403],
    ['a page that reads', 'GET /api/state', [host, 'Sec-Fetch-Site: cross-site'], 403],
    ['a question before', 'OPTIONS /api/reset', [host, 'Access-Control-Request-Method: POST'], 403],
    ['a form', 'POST /api/reset', [host, 'Content-Type: application/x-www-form-urlencoded'], 415],
    ['plain text', 'POST /api/reset', [host, 'Content-Type: text/plain; application/json'], 415],
    ['no type', 'POST /api/reset', [host], 415],
    ['two tokens', 'GET /api/state', [host, 'Authorization: Bearer x'], 400],
    ['a path that is none', 'GET /api/state/', [host], 404],
    ['a page of another port that says it is ours', 'GET /api/state', [host, 'Sec-Fetch-Site: same-site'], 403],
    ['a file', 'POST /api/reset', [host, json, 'Origin: null'], 403],
    ['an extension', 'POST /api/reset', [host, json, 'Origin: chrome-extension://abc'], 403],
    ['something else at the root', 'HEAD /', [host], 404],
    ['a path of the port of AWS', 'POST /', [host, json], 404],
    ['the prototype', 'GET /__proto__', [host], 404],
    ['a whole address', 'GET http://localhost/api/state', [host], 404],
    ['65 headers', 'GET /api/state', [host, ...Array.from({ length: 65 }, (_, at) => `X-${at}: `)], 431],
  ];

  test.each(attempts)('%s: refused', async (_, line, headers, status) => {
    const door = await adminDoor();
    const before = await hashOf(door);
    const said = await raw(door.port, [`${line} HTTP/1.1`, `Authorization: Bearer ${door.token}`, ...headers]);
    expect(statusOf(said)).toBe(status);
    expect(said).not.toMatch(/access-control/i);
    expect(await hashOf(door)).toBe(before);
  });

  test.each(posts)('%s is not done by a GET', async (path) => {
    const door = await adminDoor();
    await door.sim.as().createKey();
    const before = JSON.stringify(door.sim.snapshot());
    for (const way of [path, `${path}?advance=1%20day`]) {
      const response = await fetch(door.url + way, { headers: { authorization: `Bearer ${door.token}` } });
      expect([200, 405]).toContain(response.status);
      await response.body?.cancel();
    }
    expect(JSON.stringify(door.sim.snapshot())).toBe(before);
  });

  test('the names of the prototype are no paths', async () => {
    const door = await adminDoor();
    for (const name of Object.getOwnPropertyNames(Object.prototype))
      expect((await ask(door, `/api/${name}`)).status).toBe(404);
  });

  test('a body in chunks is counted while it comes', async () => {
    const door = await adminDoor();
    const init = { duplex: 'half', body: new Blob([' '.repeat(300_000)]).stream() } as RequestInit;
    const headers = { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' };
    const status = await fetch(`${door.url}/api/clock`, { method: 'POST', headers, ...init }).then(
      (response) => response.status,
      () => 'the connection ended',
    );
    expect([413, 'the connection ended']).toContain(status);
    expect((await ask(door, '/api/clock')).status).toBe(200);
  });
});

describe('the page of the port', () => {
  const own = (port: number, name = '127.0.0.1'): readonly string[] => [
    `Host: ${name}:${port}`,
    `Origin: http://${name}:${port}`,
    'Sec-Fetch-Site: same-origin',
  ];

  test('is let in by each name of the port, with the token and with nothing less', async () => {
    const door = await adminDoor();
    for (const name of ['127.0.0.1', 'localhost']) {
      const post = ['POST /api/reset HTTP/1.1', ...own(door.port, name), json];
      expect(statusOf(await raw(door.port, post))).toBe(401);
      expect(statusOf(await raw(door.port, [...post, `Authorization: Bearer ${door.token}`]))).toBe(200);
    }
  });

  test.each<[what: string, headers: (port: number) => readonly string[]]>([
    ['another port of this machine', (port) => [`Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port + 1}`]],
    ['another name of this machine', (port) => [`Host: 127.0.0.1:${port}`, `Origin: http://localhost:${port}`]],
    ['no port', (port) => [`Host: 127.0.0.1:${port}`, 'Origin: http://127.0.0.1']],
    ['another scheme', (port) => [`Host: 127.0.0.1:${port}`, `Origin: https://127.0.0.1:${port}`]],
    ['a host without the port', () => ['Host: 127.0.0.1', 'Origin: http://127.0.0.1']],
    ['a rebound name', (port) => [`Host: evil.example:${port}`, `Origin: http://evil.example:${port}`]],
    ['its own name, from another site', (port) => [...own(port).slice(0, 2), 'Sec-Fetch-Site: cross-site']],
    ['its own name, from another port', (port) => [...own(port).slice(0, 2), 'Sec-Fetch-Site: same-site']],
  ])('%s is not that page', async (_, headers) => {
    const door = await adminDoor();
    for (const line of ['POST /api/reset', ...looks.map((path) => `GET /api/${path}`), 'GET /', 'GET /main.js']) {
      const head = [`${line} HTTP/1.1`, ...headers(door.port), json, `Authorization: Bearer ${door.token}`];
      expect([403, 421]).toContain(statusOf(await raw(door.port, head)));
    }
  });

  test('asks for nothing before: no CORS', async () => {
    const door = await adminDoor();
    const head = ['OPTIONS /api/reset HTTP/1.1', ...own(door.port), 'Access-Control-Request-Method: POST'];
    const said = await raw(door.port, head);
    expect(statusOf(said)).toBe(403);
    expect(said).not.toMatch(/access-control/i);
  });

  test.each(looks)('/api/%s needs the token', async (path) => {
    const door = await adminDoor();
    expect(statusOf(await raw(door.port, [`GET /api/${path} HTTP/1.1`, host]))).toBe(401);
  });
});

describe('the token', () => {
  test('is another for each server, also with one seed, and moves nothing that follows from the seed', async () => {
    const [one, two] = [await adminDoor({ seed: 1 }), await adminDoor({ seed: 1 })];
    expect(one.token).toMatch(/^[\w-]{43}$/);
    expect(one.token).not.toBe(two.token);
    const without = createKmsim({ seed: 1 });
    expect((await one.sim.as().createKey()).KeyMetadata).toEqual((await without.as().createKey()).KeyMetadata);
  });

  test('is shown by no inspection and no JSON, and opens nothing at the port of AWS', async () => {
    const { server, token } = await adminDoor();
    expect(inspect(server, { depth: Number.POSITIVE_INFINITY, showHidden: true })).not.toContain(token);
    expect(JSON.stringify(server)).not.toContain(token);
    for (const path of paths) {
      const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('an admin port', () => {
  test('is there only when it is asked for', async () => {
    await using server = await serve(createKmsim({ seed: 1 }));
    expect(server.admin).toBeUndefined();
    expect(server.description).toContain(' admin=off ');
  });

  test('is a port of its own, of this machine alone, also where the other is exposed', async () => {
    await using server = await serve(createKmsim(), { host: '0.0.0.0', exposed: true, admin: true });
    expect(server.admin?.port).not.toBe(server.port);
    expect(server.description).toContain(` admin=127.0.0.1:${server.admin?.port} `);
    expect(server.admin?.url).toBe(`http://127.0.0.1:${server.admin?.port}`);
  });

  test('ends with the server', async () => {
    const server = await serve(createKmsim({ seed: 1 }), { admin: true });
    await server.close();
    await expect(fetch(server.admin?.url ?? '')).rejects.toThrow();
  });

  test('that is taken keeps the server from starting, and nothing stays open', async () => {
    await using first = await serve(createKmsim({ seed: 1 }), { admin: true });
    const sim = createKmsim({ seed: 1 });
    const refused = await serve(sim, { admin: first.admin?.port ?? 0 }).catch((error: unknown) => error);
    expect(
      kmsimErrorOf(() => {
        throw refused;
      }).code,
    ).toBe('CannotListen');
  });

  test.each([false, 'yes', -1, 70_000])('%j is none', async (admin) => {
    const refused = await serve(createKmsim({ seed: 1 }), { admin: admin as never }).catch((error: unknown) => error);
    expect((refused as Error).message).toMatch(/serve: admin is true, or a port/);
  });
});
