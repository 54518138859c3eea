// What is loaded of Node's parts in a browser: nothing. What the platform has of its own is used instead.

import type * as nodeLoads from './node-loads.ts';
import { notInBrowser, refuse } from './not-in-browser.ts';

type Loads = typeof nodeLoads;

export const loadInterception: Loads['loadInterception'] = notInBrowser('Interception');
const exchange = 'A connection to the proxy of an external key store';
export const expectExchange: Loads['expectExchange'] = () => refuse(exchange);
export const loadExchange: Loads['loadExchange'] = notInBrowser(exchange);

export const gzip: Loads['gzip'] = async (text) => {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};
