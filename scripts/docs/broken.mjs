// What is wrong with the built pages: links and anchors that lead nowhere, and anything that a browser would fetch from elsewhere.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/** One line for each. */
export function brokenIn(folder, base) {
  const files = readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.html'));
  const texts = new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
  const anchors = new Map(
    [...texts].map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
  );
  return [...texts].flatMap(([file, text]) => [
    ...[...text.matchAll(/<(?:a [^>]*?href|img [^>]*?src)="([^"]+)"/g)].flatMap(([, href]) => deadLink(file, href)),
    ...[...text.matchAll(/<(?:script|img|iframe|source|video)\b[^>]*? src="((?:https?:)?\/\/[^"]+)"/g)].map(
      ([, src]) => `${file}: fetches ${src}.`,
    ),
    ...[...text.matchAll(/<link\b[^>]*? href="((?:https?:)?\/\/[^"]+)"/g)].map(
      ([, href]) => `${file}: fetches ${href}.`,
    ),
  ]);

  function deadLink(file, href) {
    if (/^[a-z]+:/i.test(href)) return [];
    const [path = '', fragment] = href.replaceAll('&amp;', '&').split('#');
    const target = path === '' ? file : fileOf(file, path);
    if (!existsSync(join(folder, target))) return [`${file}: ${href} leads nowhere.`];
    if (fragment === undefined || fragment === '' || !anchors.has(target)) return [];
    return anchors.get(target).has(decodeURIComponent(fragment)) ? [] : [`${file}: ${href} has no such heading.`];
  }

  function fileOf(file, path) {
    const absolute = path.startsWith('/') ? path.slice(base.length) : posix.join(posix.dirname(file), path);
    if (absolute === '' || absolute === '.' || absolute.endsWith('/')) return posix.join(absolute, 'index.html');
    return decodeURI(
      posix.extname(absolute) === '.html' || existsSync(join(folder, absolute)) ? absolute : `${absolute}.html`,
    );
  }
}
