// The inspector page, opened for a test.

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type Kmsim, serve } from '../../src/index.ts';

export interface Opened {
  readonly page: Page;
  /** What the page complained of: errors, refused scripts, failed requests. */
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
  readonly admin: { readonly url: string; readonly port: number; readonly token: string; readonly inspector: string };
}

/** The inspector of a simulation, as somebody opens it by the printed address. Closed with the test. */
export async function open(browser: Browser, sim: Kmsim, options: BrowserContextOptions = {}): Promise<Opened> {
  const server = await serve(sim, { admin: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  onTestFinished(async () => {
    await context.close();
    await server.close();
  });
  const page = await context.newPage();
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  const { admin } = server;
  if (admin === undefined) throw new Error('no admin port');
  await page.goto(admin.inspector);
  return { page, complaints, requests, admin };
}
