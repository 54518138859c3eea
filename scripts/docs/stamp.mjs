// Whether a built site is that of the pages as they are.

import { createHash } from 'node:crypto';

/** Changes with the text of any page. */
export function fingerprintOf(pages) {
  const hash = createHash('sha256');
  for (const [page, { text }] of pages) hash.update(`${page}\0${text}\0`);
  return hash.digest('hex');
}
