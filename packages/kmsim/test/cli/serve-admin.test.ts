// `kmsim serve --admin` as people run it.

import { beforeAll, expect, test } from 'vitest';
import { createKmsim, serve } from '../../src/index.ts';
import { buildTimeout, built } from '../build.ts';
import { cliFile, kmsim, kmsimServe, start } from '../child.ts';

beforeAll(() => built(), buildTimeout);

/** A port that was free a moment ago. */
async function freeAdmin(): Promise<{ readonly port: number }> {
  const server = await serve(createKmsim({ seed: 1 }), { admin: true });
  await server.close();
  return { port: server.admin?.port ?? 0 };
}

test('is off until it is asked for, and says where it is', async () => {
  await using off = await kmsimServe();
  expect(off.served.description).toContain(' admin=off ');
  await using on = await kmsimServe(['--admin']);
  const { admin, description } = on.served;
  const authorization = `Bearer ${admin?.token}`;
  expect(description).toContain(` admin=${admin?.url.replace('http://', '')} `);
  expect((await fetch(`${admin?.url}/api/clock`)).status).toBe(401);
  expect((await fetch(`${admin?.url}/api/clock`, { headers: { authorization } })).status).toBe(200);
  // Neither path nor token is any good at the port of AWS.
  expect((await fetch(`${on.served.url}/api/clock`, { headers: { authorization } })).status).toBe(404);
  expect(on.stdout().split(admin?.token ?? '').length).toBe(2);
});

test("admin on a port of one's choice, and the token once, for people", async () => {
  const { port } = await freeAdmin();
  await using child = start(process.execPath, [cliFile, 'serve', '--port', '0', '--admin', String(port)]);
  const [, token = ''] = await child.printed(/^admin token, shown this once: ([\w-]{43})$/m);
  expect(child.stdout()).toContain(`admin: http://127.0.0.1:${port}\n`);
  const headers = { authorization: `Bearer ${token}` };
  expect((await fetch(`http://127.0.0.1:${port}/api/state`, { headers })).status).toBe(200);
  // Beside it there is the address of the inspector, and nothing else has the token.
  expect(child.stdout()).toContain(`inspector, to be opened in a browser: http://127.0.0.1:${port}/#token=${token}\n`);
  expect(child.stdout().split(token).length).toBe(3);
  expect((await kmsim(['serve', '--port', '0', '--admin', 'x'])).stderr).toMatch(/A port is a number/);
});
