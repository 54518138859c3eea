// The sidebar has every page of docs/ exactly once, and every link of the pages leads somewhere.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addressOf, collectPages, pageOf } from '../../scripts/docs/collect.mjs';
import { decisionsOf, sidebarOf } from '../../scripts/docs/sidebar.mjs';
import { root } from '../../scripts/run.mjs';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const themes = sidebarOf(read('docs/README.md'));
const shown = [...themes.flatMap(({ items }) => items), ...decisionsOf(read('docs/decisions/README.md'))];
const links = shown.map(({ link }) => link);

describe('the sidebar', () => {
  test('has themes, and no theme without a page', () => {
    expect(themes.length).toBeGreaterThan(5);
    expect(themes.filter(({ items }) => items.length === 0)).toEqual([]);
  });

  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md') && name !== 'docs/README.md');

  test.each(pages)('has %s exactly once', (page) => {
    const hint = `${page} needs a row in docs/README.md (a decision: in docs/decisions/README.md)`;
    expect(
      links.filter((link) => link === addressOf(pageOf(page))),
      hint,
    ).toHaveLength(1);
  });

  test('names no page twice', () => {
    expect(links.filter((link, at) => links.indexOf(link) !== at)).toEqual([]);
  });
});

describe('the pages', () => {
  const { faults, pages } = collectPages();

  test('have no link that leads nowhere', () => {
    expect(faults).toEqual([]);
  });

  test('are there for every link of the sidebar', () => {
    const addresses = new Set([...pages.keys()].map(addressOf));
    expect(links.filter((link) => !addresses.has(link))).toEqual([]);
  });

  test('of a link into the code show the code', () => {
    const page = pages.get('source/packages/kms/src/dispatch.ts.md');
    expect(page?.text).toContain(read('packages/kms/src/dispatch.ts').trimEnd());
  });

  test('link to each other as on GitHub', () => {
    expect(pages.get('quick-start.md')?.text).toContain('[Quotas](/quotas)');
    expect(pages.get('quick-start.md')?.text).toContain('[kmsim](/packages/kmsim/)');
    expect(pages.get('all-pages.md')?.text).toContain('(/decisions/)');
  });
});
