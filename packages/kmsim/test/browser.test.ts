// kmsim in a browser: the suite of the doors, the bytes of a seed, and what a browser cannot have. Nothing leaves the page.

import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumNote, hasChromium, launchChromium } from '../../../scripts/chromium.mjs';
import { createKmsim } from '../src/index.ts';
import { bundleForPage, type PageBundle } from './browser/bundle-for-page.ts';
import { type OfflinePage, offlinePage, pageOrigin } from './browser/offline-page.ts';
import type { Outcome } from './browser/run-suite.ts';
import { shortRun } from './browser/short-run.ts';
import { digest } from './digest-of.mjs';

const entry = fileURLToPath(new URL('browser/suite-entry.ts', import.meta.url));
let bundle: PageBundle;

beforeAll(async () => {
  bundle = await bundleForPage(entry);
}, 60_000);

test("a bundle for browsers has none of Node's modules in it", () => {
  expect(bundle.missing).toEqual([]);
  const all = [...bundle.files.values()].join('\n');
  expect(all).toContain('NotInBrowser');
  // What serves, and what speaks to proxies.
  expect(all).not.toMatch(/createServer|undici/);
});

describe.skipIf(!hasChromium)(`in Chromium${chromiumNote}`, () => {
  let browser: Browser;
  let opened: OfflinePage;

  beforeAll(async () => {
    browser = await launchChromium();
    const files = new Map(bundle.files).set('index.html', '<script type="module" src="/index.js"></script>');
    opened = await offlinePage(browser, files);
    await opened.page.goto(pageOrigin);
    await opened.page.waitForFunction('globalThis.shortRun !== undefined');
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
  });

  test('the suite of the doors passes: direct, the SDK in process, the SDK attached', { timeout: 60_000 }, async () => {
    const outcomes = (await opened.page.evaluate('doorsOutcomes()')) as readonly Outcome[];
    expect(outcomes.filter(({ state }) => state !== 'pass' && state !== 'skip')).toEqual([]);
    expect(outcomes.filter(({ state }) => state === 'skip').every(({ name }) => name.includes('(skipped: '))).toBe(
      true,
    );
    expect(outcomes.filter(({ state }) => state === 'pass').length).toBeGreaterThan(100);
  });

  test('one seed gives the bytes it gives in Node, for every key spec', { timeout: 60_000 }, async () => {
    expect(await opened.page.evaluate('oneDigest()')).toMatchObject({ digest, faults: [], specs: 20 });
  });

  test('answers, trace, events and snapshot are those of Node, to the last character', async () => {
    const inNode = await shortRun(createKmsim);
    expect(inNode).toContain('AccessDenied');
    expect(await opened.page.evaluate('shortRun()')).toBe(inNode);
  });

  test('what only Node has says so', async () => {
    const here = 'NotInBrowser';
    expect(await opened.page.evaluate('nodeOnly()')).toEqual({
      serve: here,
      intercept: here,
      createXksProxy: here,
      serveXksProxy: here,
      xksEndpoints: here,
      streamToFile: here,
      loadWorld: here,
      native: 'NoNativeBackend',
    });
  });

  test('a trail is compressed, and a world read from a text', async () => {
    expect(await opened.page.evaluate('roundTrip()')).toBe(true);
    expect(await opened.page.evaluate('worldFromText()')).toBe('111122223333');
  });

  // The last: after all of the above.
  test('nothing has left the page, and nothing went wrong in it', () => {
    expect({ requests: opened.requests, complaints: opened.complaints }).toEqual({ requests: [], complaints: [] });
  });
});
