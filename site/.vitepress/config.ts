// VitePress builds the pages that scripts/docs.mjs has collected in site/dist/pages.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitepress';
import { slug } from '../../scripts/docs/markdown.mjs';
import { decisionsOf, referenceOf, sidebarOf } from '../../scripts/docs/sidebar.mjs';
import { root } from '../../scripts/run.mjs';

const pages = join(root, 'site', 'dist', 'pages');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

// Inside the page: a file of its own would be one more request, and has to know where the site is.
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b7a6b"/>
<g fill="none" stroke="#fff" stroke-width="3"><circle cx="11" cy="16" r="4.5"/><path d="M15.5 16H27M22 16v5M26 16v4"/></g></svg>`;
const icon = `data:image/svg+xml,${encodeURIComponent(drawing)}`;

const guide = [
  ...sidebarOf(read('docs/README.md')),
  { text: 'Decisions', collapsed: true, items: decisionsOf(read('docs/decisions/README.md')) },
];

export default defineConfig({
  title: 'kmsim',
  description: 'AWS KMS and the HSMs behind it, as a TypeScript engine that fits in a unit test',
  lang: 'en',
  srcDir: 'dist/pages',
  outDir: 'dist/site',
  cacheDir: 'node_modules/.cache/vitepress',
  head: [['link', { rel: 'icon', href: icon }]],
  markdown: {
    anchor: { slugify: slug },
    // Words between double braces are words, in a code span as in a block.
    config: (md) => {
      const plain = md.renderer.rules.code_inline;
      md.renderer.rules.code_inline = (tokens, index, ...rest) => {
        tokens[index]?.attrSet('v-pre', '');
        return plain?.(tokens, index, ...rest) ?? '';
      };
    },
  },
  // The index of the search is large, and loaded when somebody searches.
  vite: { build: { chunkSizeWarningLimit: 3_000 } },
  themeConfig: {
    logo: icon,
    nav: [
      { text: 'Quick start', link: '/quick-start' },
      { text: 'Guides', link: '/all-pages' },
      { text: 'Reference', link: '/reference/' },
      ...(existsSync(join(pages, 'playground', 'index.md')) ? [{ text: 'Playground', link: '/playground/' }] : []),
      { text: 'Changes', link: '/changelog' },
    ],
    sidebar: { '/': guide, '/reference/': referenceOf(join(pages, 'reference', 'navigation.json')) },
    search: { provider: 'local' },
    outline: [2, 3],
    externalLinkIcon: true,
  },
});
