// The certificate that is kept in a directory: when it is used again, when it is made anew, and what is not touched.

import { X509Certificate } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lchownSync,
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

  test.each([
    ['has ended', 500, hosts],
    ['lacks a host', 0, [...hosts, 'kms.test']],
  ])('of several servers that find that it %s all speak with one', async (_, days, served) => {
    const first = await kept();
    const pairs = await Promise.all(Array.from({ length: 5 }, () => kept(now + days * day, served)));
    expect(new Set(pairs.map(({ cert }) => cert)).size).toBe(1);
    expect(pairs[0]?.cert).not.toBe(first.cert);
    expect(await kept(now + days * day, served)).toEqual(pairs[0]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('what a server that was ended in the middle of it has left is taken, when it is good', async () => {
    await kept();
    const later = now + 500 * day;
    const { ca, cert, key } = fresh(hosts, later)();
    writeFileSync(file('kmsim-server.pem.next'), key + cert + ca, { mode: 0o600 });
    expect(await kept(later)).toMatchObject({ ca, cert, key });
    expect(await kept(later)).toMatchObject({ ca, cert, key });
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('and when it is not, it is made anew', async () => {
    await kept();
    const later = now + 500 * day;
    const { ca, cert, key } = fresh(hosts, now)();
    writeFileSync(file('kmsim-server.pem.next'), key + cert + ca, { mode: 0o600 });
    const second = await kept(later);
    expect(Date.parse(new X509Certificate(second.cert).validTo)).toBeGreaterThan(later);
    expect(await kept(later)).toEqual(second);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('one for 2,500 hosts is read again', async () => {
    const many = [...hosts, ...Array.from({ length: 2500 }, (_, index) => `h${index}.example.test`)];
    const first = await kept(now, many);
    expect(await kept()).toEqual(first);
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

  test.skipIf(process.platform === 'win32')('a directory in which others may write', async () => {
    const refusal = { ...refused, problem: expect.stringMatching(/^\S+ is open to others: /) };
    for (const mode of [0o777, 0o1777, 0o770]) {
      chmodSync(folder, mode);
      await expect(kept()).rejects.toMatchObject(refusal);
    }
    chmodSync(folder, 0o755);
    expect(readdirSync(folder)).toEqual([]);
    await kept();
  });

  test.skipIf(process.getuid?.() !== 0)('a directory of another user, or a link of theirs', async () => {
    const refusal = { ...refused, problem: expect.stringMatching(/^\S+ belongs to somebody else/) };
    chownSync(folder, 12_345, 12_345);
    await expect(kept()).rejects.toMatchObject(refusal);
    chownSync(folder, 0, 0);
    const own = file('own');
    mkdirSync(own);
    for (const name of ['mine', 'theirs']) symlinkSync(own, file(name));
    lchownSync(file('theirs'), 12_345, 12_345);
    const through = (name: string): Promise<KeptPair> => keptPair(file(name), hosts, now, fresh(hosts, now));
    await expect(through('theirs')).rejects.toMatchObject(refusal);
    expect(readdirSync(own)).toEqual([]);
    expect(await through('mine')).toMatchObject({ caFile: join(file('mine'), 'kmsim-ca.pem') });
  });

  test('what would be too large to be read again is not written', async () => {
    const { ca, cert, key } = fresh(hosts, now)();
    const large = (): MadePair => ({ ca, key, cert: cert.repeat(1 + Math.ceil(2 ** 20 / cert.length)) });
    await expect(keptPair(folder, hosts, now, large)).rejects.toMatchObject({
      ...refused,
      problem: expect.stringContaining(`${server()} would be larger than 1 MiB`),
      hint: expect.stringContaining('hosts'),
    });
    expect(readdirSync(folder)).toEqual([]);
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
    writeFileSync(server(), Buffer.alloc(2 ** 20 + 1, '-'));
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
