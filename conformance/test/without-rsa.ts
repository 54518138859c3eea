// The transcripts that need no RSA key: one takes seconds to grow without node:crypto, and behind each door it grows anew.

import { type Filed, loadTranscripts } from '../src/load.ts';

export function transcriptsWithoutRsa(): readonly Filed[] {
  return loadTranscripts().filter(({ transcript }) => !JSON.stringify(transcript).includes('RSA_'));
}
