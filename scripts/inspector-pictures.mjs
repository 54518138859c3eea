// `node scripts/inspector-pictures.mjs`: takes the pictures of the inspector that docs/inspector.md shows. Needs a build, and Chromium.
// With a folder it takes all there are, to be looked at: light, dark, narrow, every view, and 100,000 events.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './chromium.mjs';
import { ensureBuilt } from './ensure.mjs';
import { scene } from './inspector/scene.mjs';
import { root } from './run.mjs';

ensureBuilt();
const { createKmsim, serve } = await import('../packages/kmsim/dist/index.js');
const [folder] = process.argv.slice(2);
const servers = [];
const browser = await launchChromium();
try {
  if (folder === undefined) {
    mkdirSync(join(root, 'docs/pictures'), { recursive: true });
    const server = await served(await scene(createKmsim));
    const page = await opened(server, { width: 1040, height: 600, colorScheme: 'light' });
    await decision(page);
    await page.locator('.decision').evaluate((shown) => shown.scrollIntoView());
    await page.screenshot({ path: join(root, 'docs/pictures/inspector.png') });
  } else {
    mkdirSync(folder, { recursive: true });
    const looks = { light: 1320, dark: 1320, narrow: 390 };
    for (const [look, width] of Object.entries(looks)) await takeAll(look, width);
    await takeMany();
  }
} finally {
  await browser.close();
  for (const server of servers) await server.close();
}

async function served(sim) {
  const server = await serve(sim, { admin: true });
  servers.push(server);
  return server;
}

async function opened({ admin }, { colorScheme, height, width }) {
  const page = await browser.newPage({ colorScheme, viewport: { width, height } });
  await page.goto(admin.inspector);
  await page.waitForSelector('#view-events :is(.row:not(.coming), .empty:not([hidden]))');
  return page;
}

async function decision(page) {
  await page.locator('.row.denied').first().click();
  await page.waitForSelector('.decision');
}

async function takeAll(look, width) {
  const server = await served(await scene(createKmsim));
  const page = await opened(server, { width, height: 860, colorScheme: look === 'dark' ? 'dark' : 'light' });
  const take = (name) => page.screenshot({ path: join(folder, `inspector-${look}-${name}.png`) });
  await take('events');
  await decision(page);
  await take('decision');
  await page.locator('#view-events .pane').evaluate((pane) => pane.scrollTo(0, 1e6));
  await take('decision-end');
  await page.locator('#tab-keys').click();
  await page.locator('#view-keys .row', { hasText: 'alias/orders' }).last().click();
  await page.waitForSelector('#view-keys .versions');
  await take('keys');
  await page.locator('#view-keys .pane').evaluate((pane) => pane.scrollTo(0, 1e6));
  await take('keys-end');
  await page.locator('#tab-clock').click();
  await page.waitForSelector('#view-clock .due');
  await page.locator('button', { hasText: '+1 year' }).click();
  await page.waitForSelector('.told');
  await take('clock');
  await page.locator('#tab-limits').click();
  await page.waitForSelector('#view-limits table');
  await take('limits');
  await page.close();
  if (look === 'narrow') return;
  const nothing = await served(createKmsim({ seed: 1 }));
  const empty = await opened(nothing, { width, height: 860, colorScheme: look });
  await empty.screenshot({ path: join(folder, `inspector-${look}-empty.png`) });
  await empty.evaluate('sessionStorage.clear()');
  await empty.reload();
  await empty.waitForSelector('#token');
  await empty.screenshot({ path: join(folder, `inspector-${look}-token.png`) });
  await empty.close();
}

async function takeMany() {
  const sim = await scene(createKmsim);
  sim.quotas.mode = 'off';
  while (sim.trail.dropped === 0) for (let call = 0; call < 1_000; call++) await sim.as().listKeys();
  const server = await served(sim);
  const page = await opened(server, { width: 1320, height: 860, colorScheme: 'light' });
  await page.locator('#view-events .scroller').evaluate((list) => list.scrollTo(0, 2_400_000));
  await page.waitForSelector('.row.allowed[data-row="50000"]');
  await page.screenshot({ path: join(folder, 'inspector-many.png') });
  await page.close();
}
