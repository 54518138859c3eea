// The certificate that is kept in a directory: when it is used again, when it is made anew, and what is not touched.

import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KeptPair, keptPair } from '../../src/tls/kept-pair.ts';
import { type MadePair, makePair } from '../../src/tls/made-pair.ts';

const now = Date.UTC(2026, 5, 1, 12);
const day = 86_400_000;
const hosts = ['127.0.0.1', 'localhost', '::1'];

let folder = '';
let made = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kmsim-tls-'));
  made = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fresh = (served: readonly string[], at: number) => (): MadePair => {
  made += 1;
  let drawn = 0;
  return makePair(served, at, () => new Uint8Array(32).fill(16 * made + drawn++));
};
const kept = (at = now, served: readonly string[] = hosts): Promise<KeptPair> =>
  keptPair(folder, served, at, fresh(served, at));
const file = (name: string): string => join(folder, name);
const server = (): string => file('kmsim-server.pem');
const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('the first time', () => {
  test('there are two files: what clients trust, and what nobody else may read', async () => {
    const { ca, caFile, cert, key } = await kept();
    expect(readdirSync(folder).sort()).toEqual(['kmsim-ca.pem', 'kmsim-server.pem']);
    expect(caFile).toBe(file('kmsim-ca.pem'));
    expect(readFileSync(caFile, 'utf8')).toBe(ca);
    expect(readFileSync(server(), 'utf8')).toBe(key + cert + ca);
    expect(ca).not.toContain('PRIVATE');
  });

  test.skipIf(process.platform === 'win32')('whatever the umask', async () => {
    const before = process.umask(0);
    try {
      await kept();
    } finally {
      process.umask(before);
    }
    expect([modeOf(server()), modeOf(file('kmsim-ca.pem'))]).toEqual(['600', '644']);
  });

  test('the directory is made, and those above it', async () => {
    const deep = join(folder, 'a/b/c');
    const { caFile } = await keptPair(deep, hosts, now, fresh(hosts, now));
    expect(caFile).toBe(join(deep, 'kmsim-ca.pem'));
  });

  test('it lasts as long as browsers allow, and its authority no longer', async () => {
    const { ca, cert } = await kept();
    for (const certificate of [new X509Certificate(ca), new X509Certificate(cert)]) {
      const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
      expect(from).toBeLessThanOrEqual(now);
      expect((to - from) / day).toBe(397);
    }
  });

  test('of several servers that start at once all speak with one certificate', async () => {
    const pairs = await Promise.all(Array.from({ length: 5 }, () => kept()));
    expect(new Set(pairs.map(({ cert }) => cert)).size).toBe(1);
    expect(readdirSync(folder)).toHaveLength(2);
  });
});

describe('the next time', () => {
  test('it is used again, for fewer hosts too', async () => {
    const first = await kept(now, [...hosts, 'kms.test']);
    expect(await kept(now + 300 * day)).toEqual(first);
    expect(made).toBe(1);
  });

  test.each([
    ['a week before it ends', 390.5],
    ['after it has ended', 500],
    ['where the clock stands before it begins', -2],
  ])('it is made anew %s', async (_, days) => {
    const first = await kept();
    const second = await kept(now + days * day);
    expect(second.cert).not.toBe(first.cert);
    expect(readFileSync(second.caFile, 'utf8')).toBe(second.ca);
    expect(await kept(now + days * day)).toEqual(second);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('it is made anew for a host that it has not', async () => {
    const first = await kept();
    const second = await kept(now, [...hosts, 'kms.test', '10.0.0.1']);
    expect(second.ca).not.toBe(first.ca);
    expect(new X509Certificate(second.cert).subjectAltName).toContain('DNS:kms.test');
  });

  test.skipIf(process.platform === 'win32')('it is made anew when others could have read the key', async () => {
    const first = await kept();
    chmodSync(server(), 0o640);
    const second = await kept();
    expect(second.key).not.toBe(first.key);
    expect(modeOf(server())).toBe('600');
  });

  test('it is made anew when the key is not that of the certificate', async () => {
    const { ca, cert } = await kept();
    const other = fresh(hosts, now)();
    writeFileSync(server(), other.key + cert + ca);
    expect((await kept()).cert).not.toBe(cert);
  });

  test('it is made anew when another authority signed it', async () => {
    const { cert, key } = await kept();
    writeFileSync(server(), key + cert + fresh(hosts, now)().ca);
    expect((await kept()).cert).not.toBe(cert);
  });

  test('the file for clients is put right', async () => {
    const { ca, caFile } = await kept();
    rmSync(caFile);
    await kept();
    expect(readFileSync(caFile, 'utf8')).toBe(ca);
    writeFileSync(caFile, fresh(hosts, now)().ca);
    await kept();
    expect(readFileSync(caFile, 'utf8')).toBe(ca);
  });
});

describe('what kmsim has not written stays as it is', () => {
  const refused = { code: 'CannotKeepCertificate' };

  test.each(['kmsim-server.pem', 'kmsim-ca.pem'])('a file in the place of %s', async (name) => {
    writeFileSync(file(name), 'of somebody else');
    await expect(kept()).rejects.toMatchObject({
      ...refused,
      problem: `${file(name)} is not what kmsim writes there.`,
    });
    expect(readFileSync(file(name), 'utf8')).toBe('of somebody else');
  });

  test('a file of ours with something behind it, or a part of it', async () => {
    await kept();
    const text = readFileSync(server(), 'utf8');
    for (const other of [`${text}# mine\n`, text.slice(0, -40), text + text]) {
      writeFileSync(server(), other);
      await expect(kept()).rejects.toMatchObject(refused);
      expect(readFileSync(server(), 'utf8')).toBe(other);
    }
  });

  test('a link is not followed, and a folder and a huge file are not read', async () => {
    const elsewhere = file('elsewhere');
    await kept();
    const text = readFileSync(server());
    rmSync(server());
    writeFileSync(elsewhere, text);
    symlinkSync(elsewhere, server());
    await expect(kept()).rejects.toMatchObject(refused);
    rmSync(server());
    mkdirSync(server());
    await expect(kept()).rejects.toMatchObject(refused);
    rmSync(server(), { recursive: true });
    writeFileSync(server(), Buffer.alloc(70_000, '-'));
    await expect(kept()).rejects.toMatchObject(refused);
    expect(readFileSync(elsewhere)).toEqual(text);
  });

  test('a file where the directory should be', async () => {
    writeFileSync(file('taken'), '');
    const of = (directory: string): Promise<KeptPair> => keptPair(directory, hosts, now, fresh(hosts, now));
    await expect(of(file('taken'))).rejects.toMatchObject({
      ...refused,
      problem: `${file('taken')} cannot be written: a file stands in its way.`,
      hint: expect.stringContaining('docs/https.md'),
    });
    await expect(of(join(file('taken'), 'below'))).rejects.toMatchObject(refused);
  });

  // A directory that takes none and says that there is none: mkdir's own `recursive` goes on for ever.
  test.skipIf(process.platform !== 'linux')('a directory in which there can be none', async () => {
    await expect(keptPair('/proc/kmsim/tls', hosts, now, fresh(hosts, now))).rejects.toMatchObject(refused);
  });
});
