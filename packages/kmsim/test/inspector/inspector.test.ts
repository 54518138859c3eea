// The inspector in a real browser: clicked, typed, pushed, and looked at with what strangers wrote in it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { chromiumNote, hasChromium, launchChromium } from '../../../../scripts/chromium.mjs';
import { createKmsim } from '../../src/index.ts';
import { buildTimeout, built } from '../build.ts';
import { open } from './browser.ts';
import { furnished, hostile } from './furnished.ts';
import { attempts } from './stranger.ts';

const text = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();
const focused = (page: Page): Promise<string> =>
  page.evaluate(
    'document.activeElement.id || document.activeElement.getAttribute("aria-label") || document.activeElement.textContent',
  );

describe.skipIf(!hasChromium)(`the inspector in Chromium${chromiumNote}`, { timeout: 60_000 }, () => {
  let browser: Browser;

  beforeAll(async () => {
    await built();
    browser = await launchChromium();
  }, buildTimeout + 60_000);
  afterAll(() => browser?.close());

  test('takes the token out of the address, keeps it for the tab, and asks nobody else', async () => {
    const { sim } = await furnished();
    const { admin, complaints, page, requests } = await open(browser, sim);
    await page.waitForSelector('.row.denied');
    expect(page.url()).toBe(`${admin.url}/`);
    await page.reload();
    await page.waitForSelector('.row.denied');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(`${admin.url}/`))).toEqual([]);
    expect(requests.join('\n')).not.toContain(admin.token);
    expect(await text(page, '#place')).toContain('2026-01-01 01:00:00');
  });

  test('without the right token shows nothing and asks for it', async () => {
    const { sim } = await furnished();
    const { admin, page } = await open(browser, sim);
    await page.waitForSelector('.row');
    await page.evaluate('sessionStorage.clear()');
    await page.goto(`${admin.url}/#token=${'A'.repeat(43)}`);
    await page.reload();
    await page.waitForSelector('#token');
    expect(await page.locator('.row').count()).toBe(0);
    await page.fill('#token', admin.token);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.row.denied');
  });

  test('a denied call is one click away from the statement that denied it', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.locator('.row.denied', { hasText: 'ScheduleKeyDeletion' }).click();
    await page.waitForSelector('.decision.denied');
    expect(await text(page, '.layer.settles > .line')).toMatch(/key policy[\s\S]*denies: this decides/);
    expect(await text(page, '.statement.settles')).toMatch(
      /Deny[\s\S]*NobodyDeletesOrders[\s\S]*"kms:ScheduleKeyDeletion"/,
    );
    expect(await text(page, '.remedies')).toContain('no Allow outweighs a Deny');
    await page.locator('.row.denied', { hasText: 'Decrypt' }).click();
    await page.waitForSelector('text=no statement matches: the allow that is missing');
    expect(await text(page, '.layer.settles .statement')).toMatch(
      /OnlyReports[\s\S]*StringEquals of kms:EncryptionContext:department[\s\S]*sales[\s\S]*finance/,
    );
  });

  test('or one Enter: the whole way by keyboard', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.waitForSelector('.row.denied');
    const stops: string[] = [];
    for (let stop = 0; stop < 5; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await focused(page));
    }
    expect(stops).toEqual(['skip', 'tab-events', 'find-events', 'Which events', 'Events']);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    const active = await page.locator('[role=listbox]:focus').getAttribute('aria-activedescendant');
    expect(await page.locator(`#${active}`).getAttribute('class')).toBe('row denied active');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.decision.denied');
    expect(await focused(page)).toBe('The event');
    // Into the tree, and along its branches.
    await page.keyboard.press('Tab');
    const item = page.locator('[role=treeitem]:focus');
    expect(await item.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowRight');
    expect(await item.innerText()).toContain('Enable IAM policies');
    await page.keyboard.press('ArrowRight');
    expect(await item.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await item.getAttribute('aria-level')).toBe('1');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowDown');
    expect(await item.innerText()).toContain('identity policy');
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Events');
    // Tabs with arrows.
    await page.locator('#tab-events').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#tab-keys').getAttribute('aria-selected')).toBe('true');
    expect(await page.locator('#view-keys').isVisible()).toBe(true);
  });

  test('what has the focus can be seen, and the skip link leads to the content', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.waitForSelector('.row');
    await page.keyboard.press('Tab');
    expect((await page.locator('#skip').boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('main');
    await page.locator('#find-events').focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
  });

  test('what strangers wrote is text, wherever it stands', async () => {
    const { hostile: key, sim } = await furnished();
    sim.identities.put({
      arn: 'arn:aws:iam::000000000000:role/Odd',
      policies: { [hostile.replaceAll('/', '')]: denied },
    });
    await sim
      .as('arn:aws:iam::000000000000:role/Odd')
      .getKeyPolicy({ KeyId: key })
      .catch(() => undefined);
    await sim
      .as()
      .describeKey({ KeyId: `alias/${hostile}` })
      .catch(() => undefined);
    const { complaints, page } = await open(browser, sim);
    await page.locator('.row.denied', { hasText: 'GetKeyPolicy' }).click();
    await page.waitForSelector('.decision');
    await page.evaluate(
      `for (const one of document.querySelectorAll('[aria-expanded=false]')) one.ariaExpanded = 'true'`,
    );
    expect(await text(page, '.tree')).toContain('<script>');
    await page.locator('details.raw summary').click();
    await page.locator('#tab-keys').click();
    await page.locator('#view-keys .row', { hasText: '<img' }).click();
    await page.waitForSelector('#view-keys h2');
    expect(await text(page, '#view-keys .pane')).toContain(hostile);
    expect(await page.title()).toBe('kmsim inspector');
    expect(await page.locator('img').count()).toBe(1);
    expect(await page.locator('script').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('a key shows its versions, policy and grants, and leads to its events', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.locator('#tab-keys').click();
    await page.locator('#view-keys .row', { hasText: 'alias/orders' }).click();
    await page.waitForSelector('#view-keys .versions');
    const shown = await text(page, '#view-keys .pane');
    for (const word of ['2 versions', 'on demand', 'NobodyDeletesOrders', 'reports', 'payments', 'every 90 days'])
      expect(shown.toLowerCase()).toContain(word.toLowerCase());
    await page.locator('button', { hasText: 'Events about this key' }).click();
    await expect.poll(() => text(page, '#view-events .count')).not.toBe(`${sim.trail.events.length} events`);
    expect(await text(page, '.chip')).toContain('key ');
    await page.locator('.chip button').click();
    await expect.poll(() => text(page, '#view-events .count')).toBe(`${sim.trail.events.length} events`);
  });

  test('the clock is pushed forward, and what became due is shown', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.locator('#tab-clock').click();
    await expect.poll(() => page.locator('#view-clock .card:nth-child(2) li').count()).toBe(2);
    await page.locator('button', { hasText: '+30 days' }).click();
    await page.waitForSelector('text=1 thing became due');
    expect(await text(page, '[role=status] .due')).toContain('was deleted');
    expect(sim.clock.now().toISOString()).toBe('2026-01-31T01:00:00.000Z');
    await page.locator('button', { hasText: 'Go there' }).click();
    await page.waitForSelector('text=was rotated');
    expect(sim.clock.now().toISOString()).toBe('2026-04-01T00:00:00.000Z');
    await page.fill('#duration', 'soon');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text="soon" is no duration');
    await page.fill('#duration', '1 hour 30 minutes');
    await page.keyboard.press('Enter');
    await expect.poll(() => text(page, '#view-clock .now')).toBe('2026-04-01 01:30:00');
  });

  test('throttling and cost', async () => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim);
    await page.locator('#tab-limits').click();
    await page.waitForSelector('.meters .denied');
    expect(await text(page, '.meters .denied')).toMatch(/DescribeKey request rate[\s\S]*3 too many/);
    expect(await text(page, '#view-limits table')).toContain('keys');
    expect(await text(page, '#place')).toMatch(/throttled\s*3/);
  });

  test('what happens is there without asking', async () => {
    const { hostile: key, sim } = await furnished();
    const { admin, page } = await open(browser, sim);
    await page.waitForSelector('.row');
    await sim.as().disableKey({ KeyId: key });
    await page.waitForSelector('.row:has-text("DisableKey")');
    await expect.poll(() => text(page, '#announcements')).toBe('1 new event');
    await page.locator('#tab-keys').click();
    await page.waitForSelector('#view-keys .row:has-text("Disabled")');
    await sim.as().enableKey({ KeyId: key });
    await page.waitForSelector('#view-keys .row:has-text("<img"):has-text("Enabled")');
    // A reset numbers the events anew.
    await page.locator('#tab-events').click();
    await page.waitForSelector('.row:has-text("DisableKey")');
    const headers = { authorization: `Bearer ${admin.token}`, 'content-type': 'application/json' };
    await fetch(`${admin.url}/api/reset`, { method: 'POST', headers, body: '{}' });
    await expect.poll(() => text(page, '#view-events .count')).toBe(`${sim.trail.events.length} events`);
    await page.waitForSelector('.row:has-text("DisableKey")', { state: 'detached' });
  });

  test('nothing has happened: it says what to do', async () => {
    const { page } = await open(browser, createKmsim({ seed: 1 }));
    await page.waitForSelector('text=Nothing has happened yet.');
    await page.locator('#tab-keys').click();
    await page.waitForSelector('text=There is no key yet.');
  });

  test('a simulation without a trail says so', async () => {
    const { page } = await open(browser, createKmsim({ seed: 1, trail: 'off' }));
    await page.waitForSelector('.list .empty:has-text("This simulation keeps no trail")');
  });

  test.each([
    { width: 390, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
  ] as const)('$width wide and $colorScheme: nothing sticks out', async ({ colorScheme, width }) => {
    const { sim } = await furnished();
    const { page } = await open(browser, sim, { colorScheme, viewport: { width, height: 800 } });
    await page.locator('.row.denied').first().click();
    await page.waitForSelector('.decision');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(await page.locator('#view-events .side').isVisible()).toBe(width > 860);
    for (const tab of ['keys', 'clock', 'limits']) {
      await page.locator(`#tab-${tab}`).click();
      await page.waitForSelector(`#view-${tab} :is(.row, .now)`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    }
    if (width > 860) return;
    await page.locator('#tab-events').click();
    await page.locator('.back').first().click();
    await page.waitForSelector('#view-events .row.denied');
  });

  test('a page of another origin reaches nothing', async () => {
    const { sim } = await furnished();
    const { admin, page } = await open(browser, sim);
    const before = JSON.stringify(sim.snapshot());
    const other = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<p>other'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
    const reached = await page.evaluate(`(${attempts})(${JSON.stringify([admin.url, admin.token])})`);
    expect(reached).toEqual({
      'GET /': 'refused',
      'GET /api/overview': 'refused',
      'POST /api/clock': 'refused',
      'no-cors POST /api/reset': 'opaque',
      'script /main.js': 'refused',
      'frame /': 'nothing seen',
      'session storage': null,
    });
    expect(JSON.stringify(sim.snapshot())).toBe(before);
  });
});

const denied = { Version: '2012-10-17', Statement: { Sid: 'Odd', Effect: 'Deny', Action: '*', Resource: hostile } };
