// What only Node can do, loaded where it is needed. In a browser node-loads-browser.ts stands in its place. Apart from node-parts.ts, so that
// no public declaration leads to those of undici and of @mswjs/interceptors.

import { expectInstalled } from './optional-package.ts';

type Interceptions = typeof import('./intercept/interception.ts');
type Exchanges = typeof import('./xks/http-exchange.ts');

export function loadInterception(): Promise<Interceptions> {
  return import('./intercept/interception.ts');
}

/** Raises NotInstalled where loadExchange would find nothing to load. */
export function expectExchange(): void {
  expectInstalled('undici');
}

export function loadExchange(): Promise<Exchanges> {
  return import('./xks/http-exchange.ts');
}

export async function gzip(text: string): Promise<Uint8Array> {
  const { gzipSync } = await import('node:zlib');
  return new Uint8Array(gzipSync(text));
}
