// Pages of Chromium that reach nobody.

import type { Browser, Page } from 'playwright-core';

export interface OfflinePage extends AsyncDisposable {
  readonly page: Page;
  /** What the page asked for that is none of its files. */
  readonly requests: readonly string[];
  /** Errors, and what it wrote on its console. */
  readonly complaints: readonly string[];
}

/** The address of the files; nobody is there. Browsers trust localhost as they trust HTTPS. */
export const pageOrigin = 'http://localhost:9';

const types: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' };

/** A page of these files, by their names; every other request is noted and fails. */
export async function offlinePage(
  browser: Browser,
  files: ReadonlyMap<string, string>,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<OfflinePage> {
  const context = await browser.newContext(options);
  const requests: string[] = [];
  const complaints: string[] = [];
  await context.route('**', async (route) => {
    const url = new URL(route.request().url());
    const name = url.pathname.slice(1) || 'index.html';
    const body = url.origin === pageOrigin && route.request().method() === 'GET' ? files.get(name) : undefined;
    if (body !== undefined)
      return route.fulfill({
        body,
        contentType: `${types[name.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
      });
    requests.push(url.href);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('websocket', (socket) => requests.push(socket.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, requests, complaints, [Symbol.asyncDispose]: () => context.close() };
}
