import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Every module that an entry loads, its own files followed. */
function loadedBy(entry: URL, seen: Set<string> = new Set()): Set<string> {
  if (seen.has(entry.href)) return seen;
  seen.add(entry.href);
  // Imports of types alone are gone at run time.
  const statements = readFileSync(entry, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)';/gms);
  for (const [, name = ''] of statements) {
    if (name.startsWith('.')) loadedBy(new URL(name, entry), seen);
    else seen.add(name);
  }
  return seen;
}

function packagesOf(file: string): string[] {
  const modules = [...loadedBy(new URL(`../src/${file}`, import.meta.url))];
  return modules.filter((name) => !name.startsWith('file:')).sort();
}

test('the main entry loads nothing but the KMS; node:http and the signer come with the second entry', () => {
  expect(packagesOf('index.ts')).toEqual(['@kmsim/kms']);
  expect(packagesOf('http.ts')).toEqual(['@kmsim/kms', 'node:crypto', 'node:http', 'node:https']);
});
