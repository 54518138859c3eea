// A file's text as JSON, or the file and the reason why not.

import { TranscriptError } from './transcript.ts';

export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new TranscriptError(`${file}: ${error instanceof Error ? error.message : 'no JSON'}`);
  }
}
