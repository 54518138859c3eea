// The built site in a real browser: it is drawn, its search finds, and no request leaves the machine. `npm run docs` builds it first.

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kmsimOptionForms } from '../../packages/kmsim/src/options.ts';
import { hasChromium, launchChromium } from '../../scripts/chromium.mjs';
import { collectPages } from '../../scripts/docs/collect.mjs';
import { served } from '../../scripts/docs/served.mjs';
import { fingerprintOf } from '../../scripts/docs/stamp.mjs';
import { root } from '../../scripts/run.mjs';

const folder = join(root, 'site', 'dist', 'site');
const shots = join(root, 'site', 'dist', 'shots');
const reason = hasChromium ? notBuilt() : 'there is no Chromium here';

function notBuilt(): string | undefined {
  const stamp = join(folder, 'stamp.txt');
  const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprintOf(collectPages().pages);
  return isCurrent ? undefined : 'the site is not built from these pages: npm run docs';
}

describe.skipIf(reason !== undefined)(`the site in Chromium${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof served>>;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    site = await served(folder);
    browser = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  interface Opened {
    readonly page: Page;
    readonly complaints: readonly string[];
    readonly elsewhere: readonly string[];
  }

  async function opened(path: string, look: { colorScheme: 'light' | 'dark'; width: number }): Promise<Opened> {
    const { colorScheme, width } = look;
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    await page.goto(site.url + path, { waitUntil: 'networkidle' });
    return { page, complaints, elsewhere };
  }

  const light = { colorScheme: 'light', width: 1400 } as const;

  test.each([
    { name: 'home-light', path: '', look: light, sees: 'Condition does not match' },
    { name: 'home-dark', path: '', look: { colorScheme: 'dark', width: 1400 }, sees: 'AWS KMS in a unit test' },
    { name: 'home-narrow', path: '', look: { colorScheme: 'light', width: 390 }, sees: 'Quick start' },
    {
      name: 'guide',
      path: 'fail-over-a-region.html',
      look: light,
      sees: 'examples/failover.test.ts, run by the tests',
    },
    { name: 'guide-narrow', path: 'migrate.html', look: { colorScheme: 'dark', width: 390 }, sees: 'From local-kms' },
    { name: 'reference', path: 'reference/kmsim/interfaces/KmsimOptions.html', look: light, sees: 'disabledRegions?' },
  ] as const)('$name', { timeout: 60_000 }, async ({ look, name, path, sees }) => {
    const { complaints, elsewhere, page } = await opened(path, look);
    expect(await page.locator('body').innerText()).toContain(sees);
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
    // Nothing sticks out.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(look.width);
    await page.screenshot({ path: join(shots, `${name}.png`) });
    await page.close();
  });

  test('the reference has every option of createKmsim, with what it means', () => {
    const page = readFileSync(join(root, 'site/dist/pages/reference/kmsim/interfaces/KmsimOptions.md'), 'utf8');
    const described = page
      .split('\n### ')
      .slice(1)
      .map((section) => {
        const [name = '', ...rest] = section.split('\n');
        return {
          name: name.replace('?', ''),
          words: rest
            .join('\n')
            .replace(/```[\s\S]*?```|\*\*\*/g, '')
            .trim(),
        };
      });
    expect(described.map(({ name }) => name).sort()).toEqual(Object.keys(kmsimOptionForms).sort());
    expect(described.filter(({ words }) => words === '')).toEqual([]);
  });

  test('search finds a page by what it says, without a network', { timeout: 60_000 }, async () => {
    const { elsewhere, page } = await opened('quick-start.html', light);
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill('ThrottlingException');
    await page.locator('.VPLocalSearchBox .results a').first().waitFor();
    const found = await page.locator('.VPLocalSearchBox .results a').evaluateAll((links) => links.map(String));
    expect(found.some((link) => link.includes('quotas'))).toBe(true);
    expect(elsewhere).toEqual([]);
    await page.close();
  });
});
