// A report in a real browser: charts are drawn, and nothing is fetched.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTimeout, built } from '../../packages/kmsim/test/build.ts';
import { start } from '../../packages/kmsim/test/child.ts';
import { chromiumNote, hasChromium, launchChromium } from '../../scripts/chromium.mjs';
import { root } from '../../scripts/run.mjs';
import type { Run } from '../src/saved-run.ts';
import { runText } from '../src/saved-run.ts';
import type { Table } from '../src/suite.ts';
import { countedRun, ns, runOf } from './runs.ts';

describe.skipIf(!hasChromium)(`a report in Chromium${chromiumNote}`, () => {
  let folder: string;
  let browser: Browser;

  beforeAll(async () => {
    await built('bench');
    folder = mkdtempSync(join(tmpdir(), 'kmsim-report-'));
    writeFileSync(join(folder, 'run.json'), runText(await drawnRun()));
    const args = ['--from', join(folder, 'run.json'), '--report', join(folder, 'report.html')];
    const { code } = await start(process.execPath, [join(root, 'bench', 'dist', 'main.js'), ...args]).ended;
    expect(code).toBe(0);
    browser = await launchChromium();
  }, buildTimeout + 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    { colorScheme: 'light', width: 1200 },
    { colorScheme: 'dark', width: 1200 },
    { colorScheme: 'light', width: 380 },
  ] as const)('$colorScheme, $width wide', { timeout: 60_000 }, async ({ colorScheme, width }) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    const file = pathToFileURL(join(folder, 'report.html')).href;
    await page.goto(file);
    const count = (selector: string): Promise<number> => page.locator(selector).count();
    await expect.poll(() => count('[data-chart] svg')).toBe(3);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([file]);
    // Two bars, one of times, one curve of three dots.
    expect(await count('[data-chart="0"] [aria-label="bar"] rect')).toBe(2);
    expect(await count('[data-chart="1"] [aria-label="dot"] circle')).toBe(3);
    expect(await count('[data-chart="2"] [aria-label="bar"] rect')).toBe(2);
    const [quick, slow] = await page.$$eval('[data-chart="0"] [aria-label="bar"] rect', (bars) =>
      bars.map((bar) => Number(bar.getAttribute('width'))),
    );
    expect(quick).toBeGreaterThan(1);
    expect(slow).toBeGreaterThan(1);
    expect(await page.locator('[data-chart="0"]').textContent()).toContain('twice as quick');
    expect(await page.locator('table').first().textContent()).toContain('CPU a call');
    // Nothing sticks out.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await page.close();
  });
});

async function drawnRun(): Promise<Run> {
  const work = await countedRun({ floor: 100, 'twice as quick': 50, 'half as quick': 200 });
  const curve: Table = {
    title: 'Encrypt',
    rows: ['10 keys', '1,000 keys', '1,000,000 keys'].map((name, at) => ({
      name,
      figures: { 'times the floor': { unit: 'ratio', median: 1 + at / 10, p25: 1, p75: 1 + at / 5 } },
    })),
  };
  const times: Table = {
    title: 'Times',
    rows: ['one <b>&', 'other'].map((name) => ({ name, figures: { 'CPU a call': ns(1500, 1000, 2000) } })),
  };
  return { ...work, suites: [...work.suites, ...runOf([curve, times], { name: 'other' }).suites] };
}
