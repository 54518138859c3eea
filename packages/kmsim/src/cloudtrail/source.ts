// What a replay may be handed as a log, as something that can be gone through twice.

import { KmsimError } from '../kmsim-error.ts';
import { isRecord } from '../option-forms.ts';
import { lists, RecordSplitter } from './split-records.ts';

type Records = Iterable<unknown> | AsyncIterable<unknown>;

/** A log file: its text, or what JSON.parse makes of it. */
type LogFile = string | { readonly Records: Iterable<unknown> };

/** Records, each an object or its JSON text; or a log file. A function is called twice, so that a long log need not be kept. */
export type CloudTrailSource = Records | LogFile | (() => Records | LogFile);

/** Raises InvalidOption for what is no log, and InvalidLog for a text that is none. */
export function again(source: CloudTrailSource): () => Records {
  if (typeof source === 'function') return () => recordsIn(source());
  const records = recordsIn(source);
  if (Symbol.asyncIterator in records) return keeping(records);
  const isOnce = (records[Symbol.iterator]() as unknown) === records;
  const all = isOnce ? [...records] : records;
  return () => all;
}

function recordsIn(source: Records | LogFile): Records {
  if (typeof source === 'string') return recordsOfText(source);
  if (typeof source === 'object' && source !== null) {
    if (Symbol.iterator in source || Symbol.asyncIterator in source) return source;
    const list = isRecord(source) ? Object.entries(source).find(([name]) => lists.has(name))?.[1] : undefined;
    if (Array.isArray(list)) return list;
  }
  throw new KmsimError(
    'InvalidOption',
    'replayCloudTrail takes records: a list, an iterable, or a function of one; or a log file: its text, or { Records: [...] }.',
  );
}

function recordsOfText(text: string): readonly string[] {
  const splitter = new RecordSplitter();
  const records = splitter.push(new TextEncoder().encode(text));
  splitter.end();
  return records;
}

function keeping(records: AsyncIterable<unknown>): () => Records {
  const kept: unknown[] = [];
  let isRead = false;
  const first = async function* (): AsyncIterable<unknown> {
    for await (const record of records) {
      kept.push(record);
      yield record;
    }
    isRead = true;
  };
  return () => (isRead ? kept : first());
}
