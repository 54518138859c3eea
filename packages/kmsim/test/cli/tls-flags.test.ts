// The flags of `kmsim serve` for HTTPS.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addTlsFlags, type TlsFlags, tlsOf } from '../../src/cli/tls-flags.ts';
import type { TlsOption } from '../../src/tls/tls-option.ts';

const cert = '-----BEGIN CERTIFICATE-----\n';
const key = '-----BEGIN PRIVATE KEY-----\n';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-flags-'));
  writeFileSync(join(folder, 'cert'), cert);
  writeFileSync(join(folder, 'key'), key);
  writeFileSync(join(folder, 'empty'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function option(...words: readonly string[]): Promise<TlsOption | undefined> {
  const command = addTlsFlags(new Command().exitOverride());
  return tlsOf(
    command
      .parse(
        words.map((word) => word.replace('HERE', folder)),
        { from: 'user' },
      )
      .opts<TlsFlags>(),
  );
}

test('without them it is HTTP', async () => {
  expect(await option()).toBeUndefined();
});

test('--tls keeps what it makes below the home, or where it is told', async () => {
  expect(await option('--tls')).toEqual({ directory: join(homedir(), '.kmsim', 'tls') });
  expect(await option('--tls', './certificates')).toEqual({ directory: './certificates' });
});

test('--tls-cert and --tls-key bring a pair', async () => {
  expect(await option('--tls-cert', 'HERE/cert', '--tls-key', 'HERE/key')).toEqual({ cert, key });
});

test.each([
  [['--tls-cert', 'HERE/cert'], '--tls-cert and --tls-key go together.'],
  [['--tls-key', 'HERE/key'], '--tls-cert and --tls-key go together.'],
  [['--tls', '--tls-cert', 'HERE/cert', '--tls-key', 'HERE/key'], 'give one of them'],
  [['--tls-cert', 'HERE/none', '--tls-key', 'HERE/key'], 'none cannot be read: there is no such file.'],
  [
    ['--tls-cert', 'HERE/empty', '--tls-key', 'HERE/key'],
    /^--tls-cert: there is no PEM \(-----BEGIN \.\.\.\) in .*empty\.$/,
  ],
  [['--tls-cert', 'HERE/cert', '--tls-key', 'HERE/empty'], /^--tls-key: there is no PEM .* in .*empty\.$/],
  [['--tls-cert', 'HERE', '--tls-key', 'HERE/key'], 'cannot be read: it is a folder.'],
])('%j', async (words, message) => {
  await expect(option(...words)).rejects.toThrow(message);
});
