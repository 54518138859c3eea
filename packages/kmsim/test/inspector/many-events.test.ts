// The inspector with 100,000 events in the trail: few elements, few rows in memory, and every event within reach.

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumNote, hasChromium, launchChromium } from '../../../../scripts/chromium.mjs';
import { createKmsim, type Kmsim } from '../../src/index.ts';
import { buildTimeout, built } from '../build.ts';
import { open } from './browser.ts';

const many = 100_000;
const role = 'arn:aws:iam::000000000000:role/Once';
const elements = (page: Page): Promise<number> => page.evaluate('document.querySelectorAll("*").length');
const rows = (page: Page): Promise<readonly string[]> => page.locator('#view-events .row').allInnerTexts();

/** Two calls that nobody else makes: one at the beginning, one in the middle. */
async function busy(): Promise<Kmsim> {
  const sim = createKmsim({ seed: 'many', quotas: 'off' });
  sim.identities.put({ arn: role, policies: {} });
  const admin = sim.as();
  await admin.createKey();
  for (let call = 1; call < many; call++) {
    if (call === many / 2)
      await sim
        .as(role)
        .listAliases()
        .catch(() => undefined);
    else await admin.listKeys();
  }
  return sim;
}

describe.skipIf(!hasChromium)(`100,000 events in Chromium${chromiumNote}`, { timeout: 120_000 }, () => {
  let browser: Browser;
  let sim: Kmsim;

  beforeAll(async () => {
    await built();
    sim = await busy();
    browser = await launchChromium();
  }, buildTimeout + 120_000);
  afterAll(() => browser?.close());

  test('are scrolled, filtered and followed with a bounded page', async () => {
    expect(sim.trail.events).toHaveLength(many);
    const { complaints, page } = await open(browser, sim);
    await page.waitForSelector('#view-events .row.allowed');
    expect(await page.locator('#view-events .count').innerText()).toBe('100,000 events');
    const most = 700;
    expect(await elements(page)).toBeLessThan(most);
    const list = page.locator('#view-events .scroller');

    // To the other end, where the first event stands.
    await list.focus();
    await page.keyboard.press('End');
    await page.waitForSelector('#view-events .row:has-text("CreateKey")');
    expect(await elements(page)).toBeLessThan(most);
    // Through the whole of it, as somebody does who holds the mouse.
    for (let part = 0; part <= 20; part++) {
      await page.evaluate(`document.querySelector('#view-events .scroller').scrollTop = ${part} / 20 * 48 * ${many}`);
      expect(await elements(page)).toBeLessThan(most);
    }
    await page.waitForSelector('#view-events .row:has-text("CreateKey")');

    // A denied call in the middle, by a filter.
    await page.selectOption('select', 'denied');
    await expect.poll(() => page.locator('#view-events .count').innerText()).toBe('1 event');
    await page.locator('#view-events .row').click();
    await page.waitForSelector('.decision.denied');
    await page.selectOption('select', '');
    await page.fill('#find-events', 'role/once');
    await expect.poll(() => rows(page)).toEqual([expect.stringContaining('ListAliases')]);
    await page.fill('#find-events', '');
    await expect.poll(() => page.locator('#view-events .count').innerText()).toBe('100,000 events');

    // What comes in above leaves what is looked at where it is.
    await page.evaluate(`document.querySelector('#view-events .scroller').scrollTop = 48 * 1000`);
    await page.waitForSelector('#view-events .row.allowed[data-row="1000"]');
    for (let call = 0; call < 20; call++) await sim.as().listKeys();
    await page.waitForSelector('#view-events .newer:visible');
    expect(await elements(page)).toBeLessThan(most);
    await page.locator('.newer').click();
    await page.waitForSelector('#view-events .row.allowed[data-row="0"]');
    expect(complaints).toEqual([]);
  });
});
