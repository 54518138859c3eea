// The files of the inspector page, as they are in the package: inspector/ has the page and its style, dist/inspector/ its scripts.

import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PageFile {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** Nothing but what stands here may run, be shown or be asked, and nobody may frame it. Text becomes markup nowhere (Trusted Types). */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

const files: ReadonlyMap<string, readonly [file: string, type: string]> = new Map([
  ['/', ['inspector/index.html', 'text/html; charset=utf-8']],
  ['/inspector.css', ['inspector/inspector.css', 'text/css; charset=utf-8']],
  ['/icon.svg', ['inspector/icon.svg', 'image/svg+xml']],
]);

const script = /^\/([a-z]+(?:-[a-z]+)*\.js)$/;

/** Undefined for any other path. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
  const name = script.exec(path)?.[1];
  const [file, type] =
    files.get(path) ?? (name === undefined ? [] : [`dist/inspector/${name}`, 'text/javascript; charset=utf-8']);
  if (file === undefined || type === undefined) return undefined;
  try {
    return { bytes: await readFile(new URL(file, packageUrl())), type };
  } catch {
    // Not built, or a kmsim that somebody has joined into another file.
    return undefined;
  }
}

// By its name, as others find it: this file lies elsewhere in the sources, compiled, and joined with others.
function packageUrl(): URL {
  return pathToFileURL(createRequire(import.meta.url).resolve('kmsim/package.json'));
}

/** The origin of the page, for the name by which it was asked: `http://localhost:4598`. The port is the one that the request came to. */
export function ownOrigin({ socket }: IncomingMessage, host = ''): string | undefined {
  const origin = `http://${host.toLowerCase()}`;
  const port = URL.canParse(origin) ? Number(new URL(origin).port || 80) : undefined;
  return port !== undefined && port === socket.localPort ? origin : undefined;
}
