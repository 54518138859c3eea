// The parts of Node in a browser: there are none. So no bundle for a page has a server in it, or an import of Node's modules.

import type * as nodeParts from './node-parts.ts';
import { notInBrowser } from './not-in-browser.ts';

type Parts = typeof nodeParts;

export const serve: Parts['serve'] = notInBrowser('A server');
export const createXksProxy: Parts['createXksProxy'] = notInBrowser('The proxy of an external key store');
export const serveXksProxy: Parts['serveXksProxy'] = notInBrowser('A server');
