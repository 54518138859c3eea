// docs/admin.md: its example prints what stands below it, and its table has every path there is.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { adminRoutes, streamPath } from '../../src/admin/routes.ts';
import { start } from '../child.ts';
import { adminDoor } from './admin-door.ts';

const page = readFileSync(new URL('../../../../docs/admin.md', import.meta.url), 'utf8');

test('the example prints what the page says', async () => {
  const [, example = '', output = ''] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
  const { token, url } = await adminDoor({ seed: 'docs' });
  const args = ['--input-type=module', '--eval', example];
  const { code, stderr, stdout } = await start(process.execPath, args, { env: { ADMIN: url, TOKEN: token } }).ended;
  expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: output });
});

test('the table has every path, and no other', () => {
  const rows = [...page.matchAll(/^\| `(GET|POST) ([^`?]+)/gm)].map(([, method, path]) => `${method} ${path}`);
  const served = [...adminRoutes].flatMap(([path, route]) => Object.keys(route).map((method) => `${method} ${path}`));
  expect(rows.sort()).toEqual([...served, `GET ${streamPath}`].sort());
});
