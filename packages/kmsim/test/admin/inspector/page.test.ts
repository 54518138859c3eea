// The files of the page: what is served, under which policy, and nothing besides.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../build.ts';
import { adminDoor, raw, statusOf } from '../admin-door.ts';

let scripts: readonly string[] = [];

beforeAll(async () => {
  const folder = join(await built(), 'packages/kmsim/dist/inspector');
  scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
}, buildTimeout);

test('is there without a token, and has none', async () => {
  const { token, url } = await adminDoor();
  const page = await fetch(url);
  const text = await page.text();
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(text).toContain('<title>kmsim inspector</title>');
  const all = [text, ...(await Promise.all(scripts.map(async (name) => (await fetch(`${url}/${name}`)).text())))];
  expect(all.join('')).not.toContain(token);
});

test('says to browsers that nothing else may run', async () => {
  const { url } = await adminDoor();
  for (const path of ['/', '/inspector.css', '/icon.svg', ...scripts.map((name) => `/${name}`)]) {
    const { headers, status } = await fetch(url + path);
    expect([path, status]).toEqual([path, 200]);
    const policy = headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "trusted-types 'none'"])
      expect(policy.split('; ')).toContain(rule);
    expect(policy).not.toMatch(/unsafe|data:|\*/);
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
  }
});

test('has no inline script or style, and asks nobody else', () => {
  const html = readFileSync(new URL('../../../inspector/index.html', import.meta.url), 'utf8');
  expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual(['<script type="module" src="/main.js">']);
  expect(html).not.toMatch(/\son\w+=|\sstyle=|<style|https?:/);
  const style = readFileSync(new URL('../../../inspector/inspector.css', import.meta.url), 'utf8');
  expect(style).not.toMatch(/@import|url\(/);
});

test('no source of it makes markup of text', () => {
  const folder = new URL('../../../src/inspector/', import.meta.url);
  const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(10);
  for (const name of sources)
    expect(readFileSync(new URL(name, folder), 'utf8')).not.toMatch(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/,
    );
});

describe('nothing else is served', () => {
  test.each([
    '/main.ts',
    '/main.d.ts',
    '/index.html',
    '/package.json',
    '/.tsbuildinfo',
    '/../index.js',
    '/..%2findex.js',
    '/%2e%2e/index.js',
    '//etc/passwd',
    '/dist/inspector/main.js',
    '/main.js?x',
    '/none.js',
    '/__proto__',
    '/constructor',
  ])('%s', async (path) => {
    const door = await adminDoor();
    expect(statusOf(await raw(door.port, [`GET ${path} HTTP/1.1`, 'Host: localhost']))).toBe(401);
    const token = `Authorization: Bearer ${door.token}`;
    expect(statusOf(await raw(door.port, [`GET ${path} HTTP/1.1`, 'Host: localhost', token]))).toBe(404);
  });
});
