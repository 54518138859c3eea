// Transcripts are found by walking their folder: a new one needs no line of code.

import { readdirSync, readFileSync } from 'node:fs';
import { checkTranscript } from './check.ts';
import { parseJson } from './parse-json.ts';
import { type Transcript, TranscriptError } from './transcript.ts';

export interface Filed {
  /** The folder it lies in, such as `rotation`. */
  readonly theme: string;
  /** `rotation/rotate-disabled-key` */
  readonly path: string;
  readonly transcript: Transcript;
}

/** The folder with the transcripts of this package. */
export const transcriptsFolder: URL = new URL('../transcripts/', import.meta.url);

/** All transcripts of a folder, by theme and name; raises a TranscriptError at the first that says nothing playable. */
export function loadTranscripts(folder: URL = transcriptsFolder): readonly Filed[] {
  const themes = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return themes
    .map((entry) => entry.name)
    .sort()
    .flatMap((theme) => loadTheme(folder, theme));
}

function loadTheme(folder: URL, theme: string): readonly Filed[] {
  const names = readdirSync(new URL(`${theme}/`, folder)).filter((file) => file.endsWith('.json'));
  return names.sort().map((file) => {
    const path = `${theme}/${file.slice(0, -'.json'.length)}`;
    const transcript = checkTranscript(
      `${path}.json`,
      parseJson(`${path}.json`, readFileSync(new URL(`${path}.json`, folder), 'utf8')),
    );
    if (path !== `${theme}/${transcript.name}`)
      throw new TranscriptError(`${path}.json: its name is ${transcript.name}`);
    return { theme, path, transcript };
  });
}
