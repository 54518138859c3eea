// sim.alarms() and the rules that it takes.

import type { CloudTrailRecord } from '@kmsim/kms';
import { KmsimError } from '../kmsim-error.ts';
import { shown } from '../option-forms.ts';
import type { AlarmFinding, AlarmRule } from './alarm-rule.ts';
import { readyMadeAlarms } from './ready-made.ts';
import { unusualVolume, type VolumeOptions } from './unusual-volume.ts';
import { type AlarmOptions, when } from './when.ts';

/** `alarms.when({ operation: 'Decrypt', errorCode: 'AccessDenied', count: 5, within: '5 minutes' })` */
export const alarms: {
  readonly when: (options: AlarmOptions) => AlarmRule;
  readonly unusualVolume: (options?: VolumeOptions) => AlarmRule;
  /** What sim.alarms() looks for when nothing else is asked. */
  readonly readyMade: readonly AlarmRule[];
} = { when, unusualVolume, readyMade: readyMadeAlarms };

/** What the rules find, the earliest first. */
export function findingsIn(
  events: Iterable<CloudTrailRecord>,
  rules: readonly AlarmRule[] = readyMadeAlarms,
): readonly AlarmFinding[] {
  if (!Array.isArray(rules))
    throw new KmsimError('InvalidOption', `alarms takes a list of rules, not ${shown(rules)}.`);
  const stranger = rules.find((rule) => typeof rule?.find !== 'function');
  if (stranger !== undefined)
    throw new KmsimError('InvalidOption', `alarms takes rules that alarms.when() made, not ${shown(stranger)}.`);
  const all = [...events];
  return rules.flatMap(({ find }) => find(all)).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
