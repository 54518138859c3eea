// sim.alarms() and the rules that it takes.

import { printable } from '@kmsim/authz';
import type { CloudTrailRecord } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, shown } from '../option-forms.ts';
import type { AlarmFinding, AlarmRule } from './alarm-rule.ts';
import { readyMadeAlarms } from './ready-made.ts';
import { unusualVolume, type VolumeOptions } from './unusual-volume.ts';
import { type AlarmOptions, when } from './when.ts';

const page = 'docs/review.md';

/** `alarms.when({ operation: 'Decrypt', errorCode: 'AccessDenied', count: 5, within: '5 minutes' })` */
export const alarms: {
  readonly when: (options: AlarmOptions) => AlarmRule;
  readonly unusualVolume: (options?: VolumeOptions) => AlarmRule;
  /** What sim.alarms() looks for when nothing else is asked. */
  readonly readyMade: readonly AlarmRule[];
} = { when, unusualVolume, readyMade: readyMadeAlarms };

/** What the rules find, the earliest first. The list and each finding print as lines of text. */
export function findingsIn(
  events: Iterable<CloudTrailRecord>,
  rules: readonly AlarmRule[] = readyMadeAlarms,
): readonly AlarmFinding[] {
  if (!Array.isArray(rules))
    throw new KmsimError('InvalidOption', `alarms takes a list of rules, not ${shown(rules)}.`, { page });
  const stranger = rules.findIndex((rule) => !isRule(rule));
  if (stranger >= 0)
    throw new KmsimError(
      'InvalidOption',
      `alarms takes rules that alarms.when() made, not ${shown(rules[stranger])}.`,
      {
        page,
      },
    );
  const all = [...events];
  const found = rules
    .flatMap(({ find }) => find(all))
    .map((finding) => printedAs({ ...finding }, () => lineOf(finding)))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return printedAs(found, () => (found.length === 0 ? 'nothing found' : found.map(lineOf).join('\n')));
}

// A list has a find, too, from elsewhere.
function isRule(rule: unknown): boolean {
  return isRecord(rule) && Object.hasOwn(rule, 'find') && typeof rule['find'] === 'function';
}

function lineOf({ alarm, at, of, summary }: AlarmFinding): string {
  return printable(`${at} ${alarm}: ${summary}${of === undefined ? '' : `, of ${of}`}`);
}

// Not enumerable: findings are data, and nobody who compares or lists them sees it.
function printedAs<Value extends object>(value: Value, print: () => string): Value {
  return Object.defineProperty(value, 'toString', { value: print });
}
