// The public names of @kmsim/conformance.

export { checkTranscript } from './check.ts';
export type { Replayed } from './fidelity.ts';
export { fidelityPage } from './fidelity.ts';
export { inProcess } from './in-process.ts';
export type { Filed } from './load.ts';
export { loadTranscripts, transcriptsFolder } from './load.ts';
export type { Coverage, Difference } from './match.ts';
export type { Result } from './replay.ts';
export { describeResult, replay } from './replay.ts';
export type { Target, WireReply, WireRequest } from './target.ts';
export type { CallStep, ErrorPattern, Json, Make, MakeStep, Poll, Source, Step, Transcript } from './transcript.ts';
export { TranscriptError } from './transcript.ts';
