// The colours of the page can be read by people who see less: WCAG 2.2, 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('../../inspector/inspector.css', import.meta.url), 'utf8');
const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map(([, block = '']) => colorsOf(block));
const [light = new Map<string, string>(), dark = new Map<string, string>()] = blocks;

function colorsOf(block: string): ReadonlyMap<string, string> {
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
}

// https://www.w3.org/TR/WCAG22/#dfn-relative-luminance
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

const grounds = ['ground', 'card', 'soft', 'chosen'];
const pairs = [
  ...['text', 'muted', 'accent', 'allowed', 'denied', 'failed', 'service'].flatMap((ink) =>
    grounds.map((ground) => [ink, ground] as const),
  ),
  ...['allowed', 'denied', 'failed', 'service'].map((kind) => [kind, `${kind}-soft`] as const),
  ['text', 'denied-soft'] as const,
  // Of a button.
  ['card', 'accent'] as const,
];

test.each(pairs)('%s on %s, light and dark', (ink, ground) => {
  for (const colors of [light, dark]) {
    const ratio = contrast(colors.get(ink) ?? '', colors.get(ground) ?? '');
    expect(ratio, `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  }
});

test('light and dark have the same names', () => {
  expect(light.size).toBeGreaterThan(10);
  expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
});
