// Key specs and key states.

import { describe, expect, test } from 'vitest';
import { keySpecTable } from '../../src/documented/key-specs.ts';
import { keyStates, stateTable } from '../../src/documented/key-states.ts';
import { keySpecsSection, keyStatesSection } from '../../src/fidelity/keys-section.ts';
import { measurement } from './measurement.ts';

test('key specs: what succeeds on them, and on whose word', () => {
  const section = keySpecsSection(measurement);
  expect(section).toContain('| HMAC_224 | CreateKey |  |');
  expect(section).toContain('| RSA_2048 | DisableKey | EnableKey |');
  expect(section).toContain('| ML_DSA_87 |  |  |');
  for (const keySpec of Object.keys(keySpecTable))
    expect(section.some((line) => line.startsWith(`| ${keySpec} |`))).toBe(true);
});

describe('key states', () => {
  const section = keyStatesSection(measurement);
  const cells = (operation: string): Record<string, string | undefined> => {
    const [, ...marks] =
      section
        .find((line) => line.startsWith(`| ${operation} |`))
        ?.slice(2, -2)
        .split(' | ') ?? [];
    return Object.fromEntries(keyStates.map((state, at) => [state, marks[at]?.trim()]));
  };

  test('are marked', () => {
    expect(cells('DisableKey')).toMatchObject({ Enabled: 'R', PendingDeletion: 'D', Disabled: '' });
    expect(cells('Sign')).toMatchObject({ Enabled: '-' });
    expect(cells('DeleteAlias')).toMatchObject({ Enabled: 'D' });
  });

  test('a page that is not followed is seen', () => {
    expect(cells('EnableKey')).toMatchObject({ Enabled: '!', Disabled: 'D' });
  });

  test('an error before the key is looked at says nothing about its state', () => {
    expect(cells('GenerateMac')).toMatchObject({ Enabled: '' });
  });

  test('have a row for each operation of the table', () => {
    for (const operation of Object.keys(stateTable))
      expect(section.some((line) => line.startsWith(`| ${operation} |`))).toBe(true);
  });
});
