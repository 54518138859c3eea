// Every rule of biome.json that holds a wall fires, says the mend, and leaves alone what it should.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../run.mjs';

const clock = "Only packages/world reads the machine's clock: take the instant from the call (`call.now`).";
const timer = 'No timers: put a record with its due instant on the agenda, `advance(now)` runs it.';
const entropy = "Only packages/world draws entropy: take bytes from the call's stream, or take them as a parameter.";
const locale = "The machine's locale decides here";

/** A line of code that no source may hold -> what the linter must say about it. */
const forbidden: readonly (readonly [code: string, mend: string])[] = [
  ['export const x: number = Date.now();', clock],
  ['export const x: Date = new Date();', clock],
  ['export const x: Date = new Date;', clock],
  ['export const x: string = Date();', clock],
  ["export const x: number = Date['now']();", clock],
  ['export const { now } = Date;', clock],
  ['export const x: number = globalThis.Date.now();', clock],
  ['export const x: number = performance.now();', clock],
  ['export const x: number = globalThis.performance.now();', clock],
  ['export const x: bigint = process.hrtime.bigint();', clock],
  ['export const x: unknown = process.hrtime();', clock],
  ["import { hrtime } from 'node:process';\nhrtime();", clock],
  ["import { performance } from 'node:perf_hooks';\nperformance.now();", clock],
  ['setTimeout(() => {}, 1);', timer],
  ['setInterval(() => {}, 1);', timer],
  ['setImmediate(() => {});', timer],
  ['queueMicrotask(() => {});', timer],
  ['export const later: unknown = setTimeout;', timer],
  ['globalThis.setTimeout(() => {}, 1);', timer],
  ['process.nextTick(() => {});', timer],
  ['export const x: AbortSignal = AbortSignal.timeout(1);', timer],
  ["import { setTimeout as sleep } from 'node:timers/promises';\nawait sleep(1);", timer],
  ["import { setTimeout as later } from 'node:timers';\nlater(() => {}, 1);", timer],
  ['export const x: number = Math.random();', entropy],
  ['export const x: () => number = Math.random;', entropy],
  ["export const x: number = Math['random']();", entropy],
  ["import * as c from 'node:crypto';\nexport const x: unknown = c.randomBytes(1);", entropy],
  ["import * as c from 'node:crypto';\nexport const x: unknown = c.randomFillSync(new Uint8Array(1));", entropy],
  ["import * as c from 'node:crypto';\nexport const x: unknown = c.generateKeyPairSync('ed25519');", entropy],
  ["import { randomBytes as draw } from 'node:crypto';\nexport const x: unknown = draw(1);", entropy],
  ["import { generateKeyPairSync } from 'node:crypto';\ngenerateKeyPairSync('ed25519');", entropy],
  ["import { randomBytes } from '@noble/hashes/utils.js';\nrandomBytes(1);", entropy],
  ['export const x: string = crypto.randomUUID();', entropy],
  ['export const x: unknown = crypto.getRandomValues(new Uint8Array(1));', entropy],
  ['export const x: unknown = globalThis.crypto.getRandomValues(new Uint8Array(1));', entropy],
  ['declare function randomBytes(length: number): Uint8Array;\nexport const x: Uint8Array = randomBytes(1);', entropy],
  ["export const x: number = 'a'.localeCompare('b');", locale],
  ['export const x: string = new Date(0).toLocaleString();', locale],
  ['export const x: unknown = new Intl.NumberFormat();', locale],
  ['export const x: Set<any> = new Set();', 'lint/suspicious/noExplicitAny'],
  ['export default 1;', 'lint/style/noDefaultExport'],
  ["console.log('x');", 'lint/suspicious/noConsole'],
  ["import { x } from 'not-declared';\nexport const y: unknown = x;", 'lint/correctness/noUndeclaredDependencies'],
  ["import { readFileSync } from 'node:fs';", 'lint/correctness/noUnusedImports'],
  ['const unused = 1;', 'lint/correctness/noUnusedVariables'],
];

/** What the walls must let through. */
const allowed: readonly string[] = [
  'export const x: Date = new Date(5);',
  'export const x: number = Date.UTC(2026, 0, 1);',
  'export const x = (value: unknown): boolean => value instanceof Date;',
  'export type Instant = Date;',
  'export const x: number = Math.max(1, 2);',
  "import { createHash } from 'node:crypto';\nexport const x: unknown = createHash('sha256');",
  'export const x = (setTimeout: number): number => setTimeout;',
  'export const x = (server: { setTimeout(ms: number): void }): void => server.setTimeout(5);',
];

const ambient = "Date.now();\nMath.random();\nsetTimeout(() => {}, 1);\nimport('node:timers');\n";

/** Places where a rule rests -> code that breaks it anywhere else. */
const exempt: Readonly<Record<string, string>> = {
  'packages/world/src/live.ts': ambient,
  'packages/kms/test/a.test.ts': ambient,
  'bench/src/a.ts': ambient,
  'scripts/a.mjs': ambient,
  'packages/kms/src/api/types.ts': 'export type X = Set<any>;',
  'packages/kms/src/api/shapes.ts': 'export const x: Set<any> = new Set();',
  'packages/kmsim/src/cli/main.ts': "console.log('x');",
  'some.config.ts': 'export default 1;',
};

const folder = mkdtempSync(join(tmpdir(), 'kmsim-lint-'));
let said: ReadonlyMap<string, string>;

beforeAll(() => {
  cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
  cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  write('package.json', JSON.stringify({ name: 'fixture', dependencies: { '@noble/hashes': '*' } }));
  for (const [index, [code]] of forbidden.entries()) write(`packages/kms/src/forbidden-${index}.ts`, code);
  for (const [index, code] of allowed.entries()) write(`packages/kms/src/allowed-${index}.ts`, code);
  for (const [path, code] of Object.entries(exempt)) write(path, code);
  write('packages/kms/src/notKebab.ts', 'export const x: number = 1;');
  write('packages/kms/src/egg.ts', "import { hen } from './hen.ts';\nexport const egg = (): unknown => hen;");
  write('packages/kms/src/hen.ts', "import { egg } from './egg.ts';\nexport const hen = (): unknown => egg;");
  write('packages/kms/src/up.ts', "import type { Down } from './down.ts';\nexport type Up = Down | undefined;");
  write('packages/kms/src/down.ts', "import type { Up } from './up.ts';\nexport type Down = { up: Up };");
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--colors=off', '--max-diagnostics=none', '--error-on-warnings'];
  const lint = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  said = byFile(lint.stdout + lint.stderr);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a source may not hold', () => {
  test.each(forbidden.map(([code, mend], index) => ({ code, mend, index })))('$code', ({ mend, index }) => {
    expect(said.get(`packages/kms/src/forbidden-${index}.ts`)).toContain(mend);
  });

  test.each(['egg.ts', 'up.ts'])('a circle of imports, of values or of types: %s', (name) => {
    expect(said.get(`packages/kms/src/${name}`)).toContain('lint/suspicious/noImportCycles');
  });

  test('a file name that is not kebab-case', () => {
    expect(said.get('packages/kms/src/notKebab.ts')).toContain('lint/style/useFilenamingConvention');
  });
});

describe('a source may hold', () => {
  test.each(allowed.map((code, index) => ({ code, index })))('$code', ({ index }) => {
    expect(said.get(`packages/kms/src/allowed-${index}.ts`)).toBeUndefined();
  });
});

test.each(Object.keys(exempt))('%s is exempt', (path) => {
  expect(said.get(path)).toBeUndefined();
});

function write(path: string, code: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `${code}\n`);
}

/** Each finding begins with the file's path at the start of a line, followed by the rule. */
function byFile(output: string): ReadonlyMap<string, string> {
  const findings = new Map<string, string>();
  for (const block of output.split(/^(?=\S+\.m?[tj]s\b)/m)) {
    const path = /^\S+?\.m?[tj]s\b/.exec(block)?.[0];
    if (path !== undefined) findings.set(path, `${findings.get(path) ?? ''}${block}`);
  }
  return findings;
}
