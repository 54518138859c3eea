// The events as a list shows them: a short row each, filtered and a piece at a time, so that nobody has to hold a hundred thousand.

import type { CloudTrailRecord, Kms } from '@kmsim/kms';
import type { Kmsim } from '../../create-kmsim.ts';
import { errorWord } from '../../trail-words.ts';
import { type AdminAnswer, badRequest } from '../refusals.ts';
import { aliasOf } from './aliases.ts';
import { askedIn, wordsOf } from './query.ts';

export type CallOutcome = 'allowed' | 'denied' | 'failed' | 'service';

export interface CallRow {
  readonly id: string;
  readonly request?: string;
  readonly time: string;
  readonly name: string;
  readonly outcome: CallOutcome;
  /** Who called: an ARN, the name of a service, or an account. */
  readonly who: string;
  /** The key by its ARN, or by the name that the request used. */
  readonly key?: string;
  /** The first alias that the key has now. */
  readonly alias?: string;
  readonly region: string;
  readonly account: string;
  /** Its code. */
  readonly error?: string;
}

export interface CallList {
  readonly epoch: number;
  readonly dropped: number;
  /** How many there are that match, the oldest first. */
  readonly total: number;
  readonly from: number;
  readonly rows: readonly CallRow[];
}

const shows: Readonly<Record<string, (row: CallRow, event: CloudTrailRecord) => boolean>> = {
  all: () => true,
  denied: ({ outcome }) => outcome === 'denied',
  failed: ({ outcome }) => outcome === 'denied' || outcome === 'failed',
  changes: (_row, { readOnly }) => !readOnly,
  service: ({ outcome }) => outcome === 'service',
};

/** What was found last, of one admin port: the next question is mostly the same one a few events later. */
export class CallSearch {
  #asked = '';
  #trail: Kms['trail'];
  #epoch = -1;
  #dropped = 0;
  #seen = 0;
  #found: number[] = [];

  answer({ kms, trail }: Kmsim, query: URLSearchParams): AdminAnswer {
    const read = askedIn(query, ['text', 'show', 'key']);
    if ('refusal' in read) return read;
    const { from, limit, text } = read.asked;
    const [key, show] = [text('key'), text('show') || 'all'];
    const words = wordsOf(text('text'));
    const isShown = Object.hasOwn(shows, show) ? shows[show] : undefined;
    if (isShown === undefined) return { refusal: badRequest(`show is one of ${Object.keys(shows).join(', ')}.`) };
    const { dropped, epoch, events } = trail;
    this.#begin(JSON.stringify([show, key, words]), kms.trail, epoch, dropped, events.length);
    for (; this.#seen < events.length; this.#seen += 1) {
      const event = events[this.#seen] as CloudTrailRecord;
      const row = rowOf(event);
      if (isShown(row, event) && isAbout(row, event, key) && words.every((word) => has(row, event, word)))
        this.#found.push(this.#seen);
    }
    const rows = this.#found.slice(from, from + limit).map((at): CallRow => {
      const row = rowOf(events[at] as CloudTrailRecord);
      const alias = aliasOf(kms, row.key);
      return alias === undefined ? row : { ...row, alias };
    });
    const list: CallList = { epoch, dropped, total: this.#found.length, from, rows };
    return { value: list };
  }

  // Where old events go the numbers of all others change.
  #begin(asked: string, trail: Kms['trail'], epoch: number, dropped: number, length: number): void {
    const isSame = asked === this.#asked && trail === this.#trail && epoch === this.#epoch;
    if (isSame && dropped === this.#dropped && length >= this.#seen) return;
    this.#asked = asked;
    this.#trail = trail;
    this.#epoch = epoch;
    this.#dropped = dropped;
    this.#seen = 0;
    this.#found = [];
  }
}

const named = ['keyId', 'targetKeyId', 'aliasName', 'sourceKeyId'];
const keyArn = /arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+/;

function rowOf(event: CloudTrailRecord): CallRow {
  const { awsRegion, errorCode, eventID, eventName, eventTime, recipientAccountId, requestID } = event;
  const key = keyOf(event);
  return {
    id: eventID,
    ...(requestID !== undefined && { request: requestID }),
    time: eventTime,
    name: eventName,
    outcome: outcomeOf(event),
    who: whoOf(event),
    ...(key !== undefined && { key }),
    region: awsRegion,
    account: recipientAccountId,
    ...(errorCode !== undefined && { error: errorCode }),
  };
}

// Some of its own work KMS notes as a call of AWS Internal.
function outcomeOf({ errorCode, eventType, userIdentity }: CloudTrailRecord): CallOutcome {
  if (eventType === 'AwsServiceEvent' || userIdentity.invokedBy === 'AWS Internal') return 'service';
  if (errorCode === undefined) return 'allowed';
  return errorWord(errorCode) === 'AccessDenied' ? 'denied' : 'failed';
}

function whoOf({ userIdentity: { accountId, arn, invokedBy, type } }: CloudTrailRecord): string {
  return arn ?? invokedBy ?? (accountId === undefined ? (type ?? 'KMS itself') : `account ${accountId}`);
}

// A refusal names its key in the words of its error alone.
function keyOf({ errorMessage, requestParameters, resources }: CloudTrailRecord): string | undefined {
  const listed = resources?.find(({ ARN }) => keyArn.test(ARN))?.ARN;
  const asked = named.map((name) => requestParameters?.[name]).find((value) => typeof value === 'string');
  return listed ?? keyArn.exec(errorMessage ?? '')?.[0] ?? (asked as string | undefined);
}

function isAbout({ key }: CallRow, { resources = [] }: CloudTrailRecord, wanted: string): boolean {
  return wanted === '' || key === wanted || resources.some(({ ARN }) => ARN === wanted);
}

function has(row: CallRow, { errorMessage = '' }: CloudTrailRecord, word: string): boolean {
  const { account, error = '', id, key = '', name, region, request = '', who } = row;
  return [name, who, key, error, errorMessage, region, account, request, id].some((text) =>
    text.toLowerCase().includes(word),
  );
}
