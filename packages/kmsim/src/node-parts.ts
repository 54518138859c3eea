// What only Node can do, of the public names. `imports` in package.json has bundlers for browsers take node-parts-browser.ts in its place.

export { serve } from './serve.ts';
export { createXksProxy, serveXksProxy } from './xks/xks-proxy.ts';
