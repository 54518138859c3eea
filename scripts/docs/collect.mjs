// The pages of the site: everything in docs/, the READMEs and sources that they lead to, and what is written for the site alone.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { root } from '../run.mjs';
import { withCaptions } from './captions.mjs';
import { withLinks } from './markdown.mjs';
import { folderPage, sourcePage } from './source-page.mjs';

const roots = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'site/playground/index.md'];
const folders = ['docs', 'site/pages'];

/**
 * Every page by its file on the site (`quotas.md`), with its text, and what is wrong: links that lead nowhere. Pages link to each other as they do on
 * GitHub, and pictures come along; here a source file that a page links to becomes a page, too.
 */
export function collectPages() {
  const pages = new Map();
  const pictures = new Map();
  const faults = [];
  const waiting = [...folders.flatMap(markdownIn), ...roots.filter(isThere)];
  const met = new Set(waiting);

  while (waiting.length > 0) {
    const file = waiting.shift();
    const page = pageOf(file);
    if (isPicture(file)) {
      pictures.set(page, file);
      continue;
    }
    if (pages.has(page)) faults.push(`${file}: there is another page ${page}.`);
    pages.set(page, { file, text: withCaptions(withLinks(textOf(file), (target) => linkOf(file, target))) });
  }
  return { pages, pictures, faults };

  function linkOf(file, target) {
    if (/^(?:[a-z]+:|#|\/)/i.test(target)) return target;
    const [path = '', fragment] = target.split('#');
    const wanted = readmeOf(posix.normalize(posix.join(posix.dirname(file), decodeURI(path))).replace(/\/$/, ''));
    if (wanted.startsWith('..') || !isThere(wanted)) {
      faults.push(`${file}: ${target} leads nowhere.`);
      return target;
    }
    if (!met.has(wanted)) {
      met.add(wanted);
      waiting.push(wanted);
    }
    return addressOf(pageOf(wanted)) + (fragment === undefined ? '' : `#${fragment}`);
  }
}

/** Where a file of the repository stands on the site. */
export function pageOf(file) {
  if (file === 'docs/README.md') return 'all-pages.md';
  if (file === 'README.md') return 'readme.md';
  if (file === 'site/playground/index.md') return 'playground/index.md';
  if (isPicture(file)) return `public/${file}`;
  if (!file.endsWith('.md')) return `source/${isFolder(file) ? `${file}/index` : file}.md`;
  const page = file.replace(/^(?:docs|site\/pages)\//, '').replace(/README\.md$/, 'index.md');
  return page.includes('/') ? page : page.toLowerCase();
}

/** The address of a page, as links to it are written. */
export function addressOf(page) {
  // What is in `public` stands at the top of the site.
  return `/${page
    .replace(/^public\//, '')
    .replace(/(?:^|(?<=\/))index\.md$/, '')
    .replace(/\.md$/, '')}`;
}

// What is a component has imports: they are followed from where the page stood.
function textOf(file) {
  if (isFolder(file)) return folderPage(file, readdirSync(join(root, file), { withFileTypes: true }));
  const text = readFileSync(join(root, file), 'utf8');
  if (!file.endsWith('.md')) return sourcePage(file, text);
  if (!file.startsWith('site/')) return text;
  return text.replace(/((?:from|import) ')(\.[^']+)'/g, (_, before, path) => {
    return `${before}${join(root, dirname(file), path).split(sep).join('/')}'`;
  });
}

function readmeOf(path) {
  const readme = posix.join(path, 'README.md');
  return isThere(readme) ? readme : path;
}

function markdownIn(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function isThere(file) {
  return existsSync(join(root, file));
}

function isPicture(file) {
  return /\.(?:png|jpe?g|svg|webp)$/.test(file);
}

function isFolder(file) {
  return statSync(join(root, file)).isDirectory();
}
