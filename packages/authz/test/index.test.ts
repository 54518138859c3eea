// The face of the package, and the example of its README.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as authz from '../src/index.ts';

test('the face is small', () => {
  expect(Object.keys(authz).sort()).toEqual([
    'CONDITION_KEYS',
    'GrantIndex',
    'Settled',
    'allOf',
    'authorize',
    'authorizeRetire',
    'changesToAllow',
    'contextOf',
    'explainDecision',
    'foldName',
    'isConditionKey',
    'isDecisive',
    'isNoWider',
    'layersOf',
    'mentionsAction',
    'mentionsResource',
    'parsePolicy',
    'parsePrincipal',
    'policyOf',
    'possibilityOf',
    'printable',
    'readCases',
    'readGrants',
    'refusalOf',
    'remediesOf',
    'repeatedMember',
    'runCase',
    'runCases',
    'ungrantable',
    'withContextKeys',
  ]);
});

test('the example of the README prints what the README says', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, example = '', output = ''] = /```js\n(.*?)```\n\n```\n(.*?)\n```/s.exec(readme) ?? [];
  const body = example.replace(/^import (.*) from .*$/m, 'const $1 = authz;');
  const printed: string[] = [];
  new Function('authz', 'console', body)(authz, { log: (line: string) => printed.push(line) });
  expect(printed).toEqual([output]);
});
