// Calls of KMS out of an HTTP archive (HAR 1.2), as browsers and proxies write them: http://www.softwareishard.com/blog/har-12-spec/

import { type Json, TranscriptError } from '../transcript.ts';
import { isRecord, member } from '../values.ts';

/** One call as it was on the wire. */
export interface Exchange {
  readonly operation: string;
  readonly region: string;
  readonly request: Record<string, Json>;
  readonly status: number;
  readonly reply: Record<string, unknown> | undefined;
  /** The day of the call, where the archive says so. */
  readonly day: string | undefined;
}

/** Whether a parsed file is an archive. */
export function isHar(value: unknown): boolean {
  return Array.isArray(member(member(value, 'log'), 'entries'));
}

/** The calls of KMS among its entries, in the order of time. */
export function exchangesOf(file: string, har: unknown): readonly Exchange[] {
  const entries = member(member(har, 'log'), 'entries');
  if (!Array.isArray(entries)) throw new TranscriptError(`${file}: no HTTP archive`);
  const ordered = entries.map((entry: unknown) => ({ entry, began: String(member(entry, 'startedDateTime') ?? '') }));
  ordered.sort((a, b) => (a.began < b.began ? -1 : a.began > b.began ? 1 : 0));
  const calls = ordered.flatMap(({ entry, began }, at) => exchangeOf(`${file}: entry ${at + 1}`, entry, began));
  if (calls.length === 0) throw new TranscriptError(`${file}: no call of KMS in it`);
  return calls;
}

function exchangeOf(place: string, entry: unknown, began: string): readonly Exchange[] {
  const request = member(entry, 'request');
  const response = member(entry, 'response');
  const operation = /^TrentService\.(\w+)$/.exec(header(request, 'x-amz-target') ?? '')?.[1];
  if (operation === undefined) return [];
  const asked = json(`${place} (${operation}): its request`, text(member(request, 'postData')));
  const answered = json(`${place} (${operation}): its answer`, text(member(response, 'content')));
  const status = member(response, 'status');
  if (typeof status !== 'number' || status === 0) throw new TranscriptError(`${place} (${operation}): has no answer`);
  const day = /^\d{4}-\d\d-\d\d/.exec(began)?.[0];
  return [
    {
      operation,
      region: regionOf(request),
      request: (asked ?? {}) as Record<string, Json>,
      status,
      reply: answered,
      day,
    },
  ];
}

function json(what: string, body: string): Record<string, unknown> | undefined {
  if (body === '') return undefined;
  try {
    const value: unknown = JSON.parse(body);
    if (isRecord(value)) return value;
  } catch {
    // Said below.
  }
  throw new TranscriptError(`${what} is no JSON object`);
}

function text(part: unknown): string {
  const body = String(member(part, 'text') ?? '');
  return member(part, 'encoding') === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body;
}

function header(request: unknown, name: string): string | undefined {
  const headers = member(request, 'headers');
  const found = Array.isArray(headers)
    ? headers.find((one: unknown) => String(member(one, 'name')).toLowerCase() === name)
    : undefined;
  const value = member(found, 'value');
  return typeof value === 'string' ? value : undefined;
}

// Signature V4 has the Region in its credential scope; without one the host name has it.
function regionOf(request: unknown): string {
  const scope = /Credential=[^/]+\/\d{8}\/([a-z0-9-]+)\/kms\//.exec(header(request, 'authorization') ?? '')?.[1];
  const host = /\/\/kms(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com/.exec(String(member(request, 'url')))?.[1];
  return scope ?? host ?? 'us-east-1';
}
