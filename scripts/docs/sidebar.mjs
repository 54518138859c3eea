// The sidebar of the site, which is the table of contents in docs/README.md: a heading is a theme, a row is a page.

import { readFileSync } from 'node:fs';
import { addressOf, pageOf } from './collect.mjs';

const row = /^\| .* \| \[([^\]]+)\]\(([^)#]+)\) \|$/;

/** The themes with their pages, in the order of docs/README.md. */
export function sidebarOf(readme) {
  const themes = [];
  for (const line of readme.split('\n')) {
    const [, theme] = /^## (.+)$/.exec(line) ?? [];
    if (theme !== undefined) themes.push({ text: theme, items: [] });
    const [, text, target] = row.exec(line) ?? [];
    if (target !== undefined) themes.at(-1)?.items.push({ text, link: addressOf(pageOf(fileOf(target))) });
  }
  return themes;
}

function fileOf(target) {
  return target.startsWith('../') ? target.slice('../'.length) : `docs/${target}`;
}

/** The decisions, as their table of contents has them. */
export function decisionsOf(readme) {
  return [...readme.matchAll(/^\| \[([^\]]+)\]\(([\w-]+\.md)\)/gm)].map(([, text, file]) => ({
    text,
    link: addressOf(pageOf(`docs/decisions/${file}`)),
  }));
}

/** The sidebar of the reference, from the tree that TypeDoc has written beside it. */
export function referenceOf(file) {
  const shown = ({ children, path, title }) => ({
    // An entry point is called as it is imported.
    text: path?.endsWith('/index.md') ? path.slice(0, -'/index.md'.length) : title,
    ...(path !== undefined && { link: addressOf(`reference/${path}`) }),
    ...(children !== undefined && { items: children.toSorted(byTitle).map(shown), collapsed: path === undefined }),
  });
  return JSON.parse(readFileSync(file, 'utf8')).map(shown);
}

function byTitle(one, other) {
  return one.title < other.title ? -1 : 1;
}
