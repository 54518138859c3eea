// alarms.when(): a rule from what an event must be like, and how often it must come.

import type { CloudTrailRecord } from '@kmsim/kms';
import { callerOfEvent, isCopyOfOwner, keysOf, parameterOf } from '../analysis/trail-event.ts';
import { checkOptions, type Form, type Forms, isText, oneOf } from '../option-forms.ts';
import { durationOf } from '../sim-clock.ts';
import { errorWord, operationWord, requireErrorCode } from '../trail-words.ts';
import { type AlarmFinding, type AlarmRule, groupsOf, stretches, type Threshold } from './alarm-rule.ts';

const page = 'docs/review.md';

/** What is absent may be anything. */
export interface AlarmOptions {
  /** `'Decrypt'`, or several. Events of the service itself have names as well: `'DeleteKey'`. */
  readonly operation?: string | readonly string[];
  /** `'AccessDenied'` (or as the API says it), or several; true for any failure, false for none. */
  readonly errorCode?: string | readonly string[] | boolean;
  /** ARN, id or alias of the key. */
  readonly key?: string;
  /** ARN of the caller; a role stands for its sessions. */
  readonly principal?: string;
  /** Whatever else must hold. */
  readonly where?: (event: CloudTrailRecord) => boolean;
  /** So many of them; 1 when absent. */
  readonly count?: number;
  /** Within such a time: `'5 minutes'`; ever, when absent. */
  readonly within?: string | number;
  /** Counts those of each key, or of each caller, for themselves. */
  readonly per?: 'key' | 'principal';
  readonly name?: string;
}

const textOrTexts: Form = {
  is: (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
  text: 'a name or a list of names',
};

const forms: Forms<AlarmOptions> = {
  operation: textOrTexts,
  errorCode: {
    is: (value) => typeof value === 'boolean' || textOrTexts.is(value),
    text: 'a code, a list of codes, or true',
  },
  key: { is: isText, text: 'the ARN, id or alias of a key' },
  principal: { is: isText, text: 'the ARN of a principal' },
  where: { is: (value) => typeof value === 'function', text: 'a function of an event' },
  count: { is: (value) => Number.isSafeInteger(value) && (value as number) > 0, text: 'a whole number from 1' },
  // What is no duration has an error of its own.
  within: { is: () => true, text: 'a duration' },
  per: oneOf('key', 'principal'),
  name: { is: isText, text: 'text' },
};

export function when(options: AlarmOptions): AlarmRule {
  checkOptions('alarms.when', options, forms, page);
  const { count = 1, errorCode, operation, per, within } = options;
  const operations = listOf(operation).map((name) => operationWord('alarms.when', name));
  const errors = typeof errorCode === 'boolean' ? [] : listOf(errorCode);
  for (const code of errors) requireErrorCode('alarms.when', code);
  const wanted = { ...options, operations, errors: errors.map(errorWord) };
  const threshold = { count, within: within === undefined ? Number.POSITIVE_INFINITY : durationOf(within) };
  const name = options.name ?? nameFor(options);
  return {
    name,
    find: (events) => {
      const matching = events.filter((event) => matches(wanted, event));
      return per === undefined
        ? findingsOf(name, matching, threshold, undefined)
        : [...groupsOf(matching, pers[per])].flatMap(([of, group]) => findingsOf(name, group, threshold, of));
    },
  };
}

const pers: Readonly<Record<NonNullable<AlarmOptions['per']>, (event: CloudTrailRecord) => readonly string[]>> = {
  key: keysOf,
  principal: (event) => [callerOfEvent(event)],
};

function findingsOf(
  alarm: string,
  events: readonly CloudTrailRecord[],
  threshold: Threshold,
  of: string | undefined,
): readonly AlarmFinding[] {
  return stretches(events, threshold).map(({ at, events: evidence }) => {
    const summary = `${evidence.length} ${evidence.length === 1 ? 'event' : 'events'}: ${namesIn(evidence)}`;
    return { alarm, summary, at: new Date(at).toISOString(), of, events: evidence };
  });
}

function namesIn(events: readonly CloudTrailRecord[]): string {
  return [
    ...new Set(events.map(({ errorCode, eventName }) => `${eventName}${errorCode ? ` (${errorCode})` : ''}`)),
  ].join(', ');
}

interface Wanted extends AlarmOptions {
  /** Any, when empty. */
  readonly operations: readonly string[];
  readonly errors: readonly string[];
}

function matches({ errorCode, errors, key, operations, principal, where }: Wanted, event: CloudTrailRecord): boolean {
  if (isCopyOfOwner(event)) return false;
  if (operations.length > 0 && !operations.includes(event.eventName)) return false;
  if (typeof errorCode === 'boolean' && errorCode !== (event.errorCode !== undefined)) return false;
  if (errors.length > 0 && !errors.includes(errorWord(event.errorCode ?? ''))) return false;
  if (key !== undefined && !isAbout(event, key)) return false;
  if (principal !== undefined && principal !== callerOfEvent(event) && principal !== event.userIdentity.arn)
    return false;
  return where === undefined || where(event);
}

const keyParameters = ['keyId', 'targetKeyId', 'sourceKeyId', 'destinationKeyId', 'aliasName'] as const;

function isAbout(event: CloudTrailRecord, key: string): boolean {
  if (keyParameters.some((name) => parameterOf(event, name) === key)) return true;
  return (event.resources ?? []).some(
    ({ ARN }) => ARN === key || ARN.endsWith(`:key/${key}`) || ARN.endsWith(`:${key}`),
  );
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? []);
}

function nameFor({ count, errorCode, operation, within }: AlarmOptions): string {
  const what = operation === undefined ? 'any operation' : listOf(operation).join(' or ');
  const failed =
    errorCode === true
      ? ' failed'
      : typeof errorCode === 'boolean'
        ? ''
        : listOf(errorCode)
            .map((code) => ` ${code}`)
            .join(' or');
  const often = count === undefined || count === 1 ? '' : `, ${count} times`;
  return `${what}${failed}${often}${within === undefined ? '' : ` within ${within}`}`;
}
