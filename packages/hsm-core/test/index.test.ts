// The face of the package, and the example of its README.

import { readdirSync, readFileSync } from 'node:fs';
import { format } from 'node:util';
import { expect, test } from 'vitest';
import * as hsmCore from '../src/index.ts';

test('the face has these names and no others', () => {
  expect(Object.keys(hsmCore).sort()).toEqual([
    'NotInstalled',
    'Vault',
    'blobLength',
    'blobPurposes',
    'bytesToUtf8',
    'chooseBackend',
    'equalBytes',
    'importRandomLength',
    'isHmacKeySpec',
    'isKeyPairSpec',
    'isMaterialName',
    'keySpecs',
    'loadOnce',
    'materialNameAt',
    'materialNameOf',
    'maxContextBytes',
    'offeredIn',
    'openText',
    'parseBlob',
    'sealRandomLength',
    'sealText',
    'sealingKeyLength',
    'sha256',
    'utf8ToBytes',
    'writeContext',
  ]);
});

test('the example of the README prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = '', output = ''] = /```js\n(.*?)```\n\n```\n(.*?)\n```/s.exec(readme) ?? [];
  const body = example.replace(/^import (.*) from .*$/m, 'const $1 = hsmCore;');
  const printed: string[] = [];
  new Function('hsmCore', 'console', body)(hsmCore, { log: (...words: unknown[]) => printed.push(format(...words)) });
  expect(printed.join('\n')).toBe(output);
});

test('no source imports a module of Node, which a bundler for browsers would stumble over', () => {
  const source = new URL('../src/', import.meta.url);
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files).toContain('backend/native.ts');
  // Imports of types alone are gone at run time.
  const importing = files.filter((file) =>
    /^import (?!type )[^;]*'node:/m.test(readFileSync(new URL(file, source), 'utf8')),
  );
  expect(importing).toEqual([]);
});
