// `kmsim serve` in a process of its own, as its users run it: a peer is in another process too.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { seed } from '../keys.ts';

export interface OwnServer {
  readonly url: URL;
  readonly close: () => Promise<void>;
}

export async function ownServer(region: string): Promise<OwnServer> {
  const folder = dirname(createRequire(import.meta.url).resolve('kmsim/package.json'));
  const args = ['serve', '--port', '0', '--json', '--seed', seed, '--clock', 'running', '--region', region];
  const child = spawn(process.execPath, [join(folder, 'dist', 'cli', 'main.js'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let printed = '';
  const line = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`kmsim serve ended with ${code}.`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [first, rest] = printed.split('\n');
      if (first !== undefined && rest !== undefined) resolve(first);
    });
  });
  const { url } = JSON.parse(line) as { readonly url: string };
  return {
    url: new URL(url),
    close: () => {
      child.kill();
      return closed;
    },
  };
}
