// The built site behind HTTP on loopback, as any host of static files would have it.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/**
 * Serves a folder on a free port, or the one that is named, below a path.
 * @param {string} folder
 * @param {{ base?: string, port?: number }} [options]
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function served(folder, { base = '/', port = 0 } = {}) {
  const server = createServer((request, response) => {
    // A page of another host that has led its name here reads nothing.
    if (!/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i.test(request.headers.host ?? '')) {
      response.writeHead(421).end();
      return;
    }
    const file = fileOf(folder, base, request.url ?? '/');
    if (file === undefined) response.writeHead(404).end();
    else {
      readFile(file).then(
        (body) => {
          const type = types[extname(file)] ?? 'application/octet-stream';
          response.writeHead(200, { 'content-type': type }).end(body);
        },
        () => response.writeHead(404).end(),
      );
    }
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The port that a flag names, 0 for a free one; undefined for what is none. */
export function portIn(text) {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

function fileOf(folder, base, url) {
  const inside = pathIn(url, base);
  if (inside === undefined) return undefined;
  const path = inside === '' || inside.endsWith('/') ? `${inside}index.html` : inside;
  const file = normalize(join(folder, extname(path) === '' ? `${path}.html` : path));
  return file.startsWith(folder + sep) ? file : undefined;
}

// What stands behind the base, or undefined: anybody can send `//` and `/%`.
function pathIn(url, base) {
  try {
    const { pathname } = new URL(url, 'http://localhost');
    return pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : undefined;
  } catch {
    return undefined;
  }
}
