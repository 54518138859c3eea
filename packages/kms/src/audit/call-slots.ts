// The calls of a trail as columns: noting one fills slots with references to what the call has, and makes no object that the garbage
// collector would have to carry along for as long as the trail keeps the event.

import type { KmsError } from '../api/errors.ts';
import type { Subjects, Visit } from '../operation.ts';
import { CallEntry, type Rarely } from './call-entry.ts';
import type { CloudTrailRecord } from './record.ts';
import type { ServiceEvent } from './service-event.ts';
import { trailRows } from './trail-table.ts';

/** What somebody called, or what the service did by itself. */
export type Entry = CallEntry | ServiceEvent;

// Columns of references: the operation (or the service's event), its caller, its keys, how it ended, what the row took of the answer, what
// seldom is there, the records once somebody has read them, the members that the row names, and the pairs of an encryption context.
const columns = 8;
const at = { what: 0, caller: 1, key: 2, destinationKey: 3, errorCode: 4, taken: 5, rarely: 6, records: 7 } as const;
/** A row that names more members has them in a list. */
const most = 6;
/** The pairs of an encryption context, so that its Map need not be kept; of more pairs than these it is. */
const mostPairs = 4;
const pairsAt = columns + most;
const stride = pairsAt + 2 * mostPairs;
/** Columns of numbers: instant, number of the request, and whether it was read and allowed. */
const numbers = 3;

/** So many events get their room at once. */
const blockLength = 256;

interface Block {
  readonly references: unknown[];
  readonly numbers: Float64Array;
}

export class CallSlots {
  readonly #blocks: Block[] = [];

  /** Notes a call that has passed. */
  setCall(place: number, visit: Visit, error: KmsError | undefined): void {
    const { call, caller, operation, output } = visit;
    const row = trailRows[operation];
    const { contextAt, members } = row;
    const { references, numbers: values } = this.#block(place);
    const base = (place % blockLength) * stride;
    const first = (place % blockLength) * numbers;
    values[first] = visit.now;
    values[first + 1] = visit.request;
    references[base + at.what] = operation;
    references[base + at.caller] = caller;
    references[base + at.errorCode] = error?.code;
    references[base + at.records] = undefined;
    if (call === undefined) {
      values[first + 2] = 0;
      references[base + at.key] = undefined;
      references[base + at.destinationKey] = undefined;
      references[base + at.taken] = undefined;
      references[base + at.rarely] = error === undefined ? undefined : { message: error.wireMessage };
      return;
    }
    const { audit, input, subjects } = call;
    values[first + 2] = call.isPermitted ? 3 : 1;
    references[base + at.key] = (subjects.key ?? subjects.aliasKey)?.key;
    references[base + at.destinationKey] = subjects.destinationKey?.key;
    references[base + at.taken] = row.take === undefined || output === undefined ? undefined : row.take(call, output);
    references[base + at.rarely] = rarelyThere(subjects, error, audit);
    // The request as rooms see it is a copy already, and nobody else has it. Its bytes are named by no row, so they go with the call.
    const sent = input as Readonly<Record<string, unknown>>;
    if (members.length > most) references[base + columns] = members.map((member) => sent[member]);
    else
      for (let n = 0; n < most; n++) {
        const value = n < members.length ? sent[members[n] as string] : undefined;
        references[base + columns + n] =
          n === contextAt && value !== undefined ? kept(value as Pairs, references, base + pairsAt) : value;
      }
  }

  setService(place: number, event: ServiceEvent): void {
    const { references } = this.#block(place);
    const base = (place % blockLength) * stride;
    references.fill(undefined, base, base + stride);
    references[base] = event;
  }

  /** Copies an entry from other slots. */
  copy(place: number, from: CallSlots, theirs: number): void {
    const source = from.#block(theirs);
    const target = this.#block(place);
    const [base, first] = [(theirs % blockLength) * stride, (theirs % blockLength) * numbers];
    for (let n = 0; n < stride; n++)
      target.references[(place % blockLength) * stride + n] = source.references[base + n];
    target.numbers.set(source.numbers.subarray(first, first + numbers), (place % blockLength) * numbers);
  }

  get(place: number): Entry {
    const { references, numbers: values } = this.#block(place);
    const base = (place % blockLength) * stride;
    const first = (place % blockLength) * numbers;
    const what = references[base + at.what] as ServiceEvent | CallEntry['operation'];
    if (typeof what === 'object') return what;
    const flags = values[first + 2] ?? 0;
    const { members } = trailRows[what];
    const sent =
      members.length > most
        ? (references[base + columns] as unknown[])
        : references.slice(base + columns, base + pairsAt).map((value) => given(value, references, base + pairsAt));
    return new CallEntry({
      operation: what,
      caller: references[base + at.caller] as CallEntry['caller'],
      now: values[first] ?? 0,
      request: values[first + 1] ?? 0,
      key: references[base + at.key] as CallEntry['key'],
      destinationKey: references[base + at.destinationKey] as CallEntry['key'],
      errorCode: references[base + at.errorCode] as string | undefined,
      taken: references[base + at.taken],
      rarely: references[base + at.rarely] as Rarely | undefined,
      sent: flags === 0 ? undefined : sent,
      isPermitted: flags === 3,
    });
  }

  recordsAt(place: number): readonly CloudTrailRecord[] | undefined {
    return this.#block(place).references[(place % blockLength) * stride + at.records] as
      | readonly CloudTrailRecord[]
      | undefined;
  }

  setRecords(place: number, records: readonly CloudTrailRecord[]): void {
    this.#block(place).references[(place % blockLength) * stride + at.records] = records;
  }

  clear(): void {
    this.#blocks.length = 0;
  }

  #block(place: number): Block {
    const number = Math.floor(place / blockLength);
    let block = this.#blocks[number];
    if (block === undefined) {
      block = {
        references: new Array<unknown>(blockLength * stride).fill(undefined),
        numbers: new Float64Array(blockLength * numbers),
      };
      this.#blocks[number] = block;
    }
    return block;
  }
}

type Pairs = ReadonlyMap<string, string>;

/** Stands for a Map of so many pairs, which are in their columns. */
class Spread {
  readonly size: number;

  constructor(size: number) {
    this.size = size;
  }
}

const spreads = Array.from({ length: mostPairs + 1 }, (_, size) => new Spread(size));

/** What is kept of an encryption context: mostly nothing that was made for the call, and so nothing that outlives it. */
function kept(context: Pairs, references: unknown[], place: number): Spread | Pairs {
  const spread = spreads[context.size];
  if (spread === undefined) return context;
  let column = place;
  for (const [key, value] of context) {
    references[column++] = key;
    references[column++] = value;
  }
  return spread;
}

/** The member that was kept. */
function given(value: unknown, references: readonly unknown[], place: number): unknown {
  if (!(value instanceof Spread)) return value;
  const pairs = new Map<unknown, unknown>();
  for (let n = 0; n < 2 * value.size; n += 2) pairs.set(references[place + n], references[place + n + 1]);
  return pairs;
}

function rarelyThere(
  { alias, key }: Subjects,
  error: KmsError | undefined,
  audit: Rarely['audit'],
): Rarely | undefined {
  if (alias === undefined && key?.grant === undefined && error === undefined && audit === undefined) return undefined;
  return { alias: alias?.resource, grant: key?.grant?.id, message: error?.wireMessage, audit };
}
