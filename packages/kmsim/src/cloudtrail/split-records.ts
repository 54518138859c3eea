// The records of a log out of its bytes, one by one, so that a file of gigabytes needs the memory of one record.

import { KmsimError } from '../kmsim-error.ts';

export interface SplitLimits {
  /** CloudTrail delivers events of 1 MB at most: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
  readonly recordBytes: number;
  readonly depth: number;
}

const splitLimits: SplitLimits = { recordBytes: 4 * 1024 * 1024, depth: 64 };

/** The members under which a file has its records: log files; lookup-events; filter-log-events. */
export const lists: ReadonlySet<string> = new Set(['Records', 'Events', 'events']);

const quote = 0x22;
const backslash = 0x5c;
const opening: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closing: ReadonlySet<number> = new Set([0x7d, 0x5d]);
const brace = 0x7b;
// Space, tab, line feed, carriage return; the comma of a list; the mark that Windows puts in front.
const between: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c, 0xef, 0xbb, 0xbf]);

/** Objects in a list, objects one after the other, or the objects under one of the names above. */
export class RecordSplitter {
  readonly #limits: SplitLimits;
  /** How deep in brackets, and the depth at which records begin. */
  #depth = 0;
  #level = 0;
  #inText = false;
  #escaped = false;
  /** Where in a chunk a text of the outermost object began, and what the last one was. */
  #word: number[] | undefined;
  #lastWord = '';
  /** What is there of a record that has begun. */
  #parts: Uint8Array[] | undefined;
  #bytes = 0;
  #read = 0;

  constructor(limits: SplitLimits = splitLimits) {
    this.#limits = limits;
  }

  /** The JSON texts of the records that end in this chunk. Raises InvalidLog. */
  push(chunk: Uint8Array): readonly string[] {
    const records: string[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.#inText) this.#insideText(byte);
      else if (byte === quote) this.#beginText(at);
      else if (opening.has(byte)) {
        if (this.#isListOfRecords(byte)) {
          this.#parts = undefined;
          this.#level = this.#depth + 1;
        } else if (this.#beginsRecord(byte)) {
          this.#parts = [];
          this.#bytes = 0;
          start = at;
        }
        this.#open(at);
      } else if (closing.has(byte)) {
        this.#close(at);
        if (this.#parts !== undefined && this.#depth === this.#level) {
          records.push(this.#finish(chunk.subarray(start, at + 1)));
        } else if (this.#depth < this.#level) this.#level = this.#depth === 0 ? 0 : Number.POSITIVE_INFINITY;
        if (this.#depth === 0) this.#level = 0;
      } else if (this.#depth === this.#level && !between.has(byte)) throw this.#fault('no record is there', at);
    }
    if (this.#parts !== undefined) this.#keep(chunk.subarray(start));
    this.#read += chunk.length;
    return records;
  }

  /** The log is at its end. Raises InvalidLog where it ends in the middle. */
  end(): void {
    if (this.#depth > 0 || this.#inText) throw this.#fault('the log is cut short', 0);
  }

  // An object whose list has been found is a wrapping, and whatever it has besides is none of the log's.
  #isListOfRecords(byte: number): boolean {
    return (
      byte !== brace && this.#level === 0 && (this.#depth === 0 || (this.#depth === 1 && lists.has(this.#lastWord)))
    );
  }

  #beginsRecord(byte: number): boolean {
    return byte === brace && this.#depth === this.#level;
  }

  #open(at: number): void {
    this.#depth += 1;
    this.#lastWord = '';
    if (this.#depth > this.#limits.depth)
      throw this.#fault(`it is nested deeper than ${this.#limits.depth} levels`, at);
  }

  #close(at: number): void {
    this.#depth -= 1;
    if (this.#depth < 0) throw this.#fault('a bracket is closed that was not opened', at);
  }

  #beginText(at: number): void {
    if (this.#depth === this.#level) throw this.#fault('no record is there', at);
    this.#inText = true;
    this.#word = this.#depth === 1 && this.#level === 0 ? [] : undefined;
  }

  #insideText(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === backslash) this.#escaped = true;
    else if (byte === quote) {
      this.#inText = false;
      if (this.#word !== undefined) this.#lastWord = String.fromCharCode(...this.#word);
      this.#word = undefined;
      return;
    }
    // No name of a list is as long.
    if (this.#word !== undefined && this.#word.length < 16) this.#word.push(byte);
  }

  #finish(rest: Uint8Array): string {
    this.#keep(rest);
    const text = new TextDecoder().decode(joined(this.#parts ?? [], this.#bytes));
    this.#parts = undefined;
    return text;
  }

  #keep(part: Uint8Array): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#limits.recordBytes)
      throw this.#fault(`a record is longer than ${this.#limits.recordBytes} bytes`, 0);
    this.#parts?.push(part);
  }

  #fault(problem: string, at: number): KmsimError {
    return new KmsimError('InvalidLog', `At byte ${this.#read + at}: ${problem}.`);
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
