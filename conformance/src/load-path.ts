// Transcripts that somebody names: a file or a folder, transcripts or HTTP archives.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { checkTranscript } from './check.ts';
import type { Filed } from './load.ts';
import { parseJson } from './parse-json.ts';
import { isHar } from './record/har.ts';
import { importHar } from './record/import-har.ts';
import { TranscriptError } from './transcript.ts';

/** By path; the theme of each is the folder it lies in. Raises a TranscriptError at the first that says nothing playable. */
export function loadPath(path: string): readonly Filed[] {
  const isFolder = statSync(path).isDirectory();
  const files = isFolder ? walk(path) : [path];
  if (files.length === 0) throw new TranscriptError(`${path}: no transcript in it`);
  return files.map((file) => loadFile(file, isFolder ? relative(path, file) : basename(file)));
}

function loadFile(file: string, shown: string): Filed {
  const value = parseJson(shown, readFileSync(file, 'utf8'));
  const path = shown.replace(/\.(har|json)$/, '').replaceAll('\\', '/');
  const transcript = isHar(value) ? importHar(shown, basename(path), value) : checkTranscript(shown, value);
  return { theme: basename(dirname(file)), path, transcript };
}

function walk(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : walk(path);
    return /\.(har|json)$/.test(entry.name) ? [path] : [];
  });
}
