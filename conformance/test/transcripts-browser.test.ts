// The recorded transcripts against the engine in Chromium. The judge stays in Node: only requests and answers cross.

import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleForPage } from '../../packages/kmsim/test/browser/bundle-for-page.ts';
import { type OfflinePage, offlinePage, pageOrigin } from '../../packages/kmsim/test/browser/offline-page.ts';
import { chromiumNote, hasChromium, launchChromium } from '../../scripts/chromium.mjs';
import { playAll } from '../src/play-all.ts';
import { describeResult, explainResult } from '../src/result.ts';
import type { Target } from '../src/target.ts';
import { wireReply } from '../src/targets/wire-reply.ts';
import { transcriptsWithoutRsa } from './without-rsa.ts';

// RSA keys take seconds to grow without node:crypto: those of the portable backend are replayed in Node (`npm run trust -- T10`), and a browser
// grows the same (browser.test.ts of kmsim).
const filed = transcriptsWithoutRsa();

describe.skipIf(!hasChromium)(`transcripts in Chromium${chromiumNote}`, () => {
  let browser: Browser;
  let opened: OfflinePage;

  beforeAll(async () => {
    const { files, missing } = await bundleForPage(fileURLToPath(new URL('engine-in-page.ts', import.meta.url)));
    expect(missing).toEqual([]);
    browser = await launchChromium();
    const script = '<script type="module" src="/index.js"></script>';
    opened = await offlinePage(browser, new Map(files).set('index.html', script));
    await opened.page.goto(pageOrigin);
    await opened.page.waitForFunction('globalThis.engine !== undefined');
  }, 60_000);

  afterAll(() => browser?.close());

  async function inPage<T>(method: string, ...values: readonly unknown[]): Promise<T> {
    const call = `engine.${method}(${values.map((value) => JSON.stringify(value)).join(', ')})`;
    return (await opened.page.evaluate(call)) as T;
  }

  async function engineInPage(seed: string): Promise<Target> {
    const who = await inPage<Pick<Target, 'account' | 'callerArn'>>('who', seed);
    return {
      ...who,
      clockStandsStill: true,
      call: async ({ body, operation, region }) => {
        const [status, answer] = await inPage<[number, string]>('call', seed, region, operation, JSON.stringify(body));
        return wireReply(status, answer);
      },
      advance: (milliseconds) => inPage('advance', seed, milliseconds),
      close: () => inPage('close', seed),
    };
  }

  test('all of them pass, but those that are skipped for a reason of their own', { timeout: 120_000 }, async () => {
    const results = await playAll(filed, engineInPage);
    const told = results.map(({ path, result }) => [path, describeResult(result), ...explainResult(result)].join('\n'));
    expect(told.filter((text) => !/\n(?:passed|skipped)/.test(text))).toEqual([]);
    expect(told.filter((text) => text.endsWith('\npassed')).length).toBeGreaterThan(60);
    expect({ requests: opened.requests, complaints: opened.complaints }).toEqual({ requests: [], complaints: [] });
  });
});
