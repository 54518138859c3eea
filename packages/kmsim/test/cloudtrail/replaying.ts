// Replays of a few events, and what came of them in short.

import {
  type CloudTrailReplayOptions,
  type CloudTrailReport,
  type ReplayKey,
  replayCloudTrail,
} from '../../src/index.ts';
import { account, keyArn, policyFor, record } from './log.ts';

const admin = { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/Admin/ann`, accountId: account };
export const policy = policyFor('acme') as NonNullable<ReplayKey['policy']>;
export const given = { keys: { [keyArn]: { policy } } };

export function manage(eventName: string, requestParameters: object, more = {}) {
  return record({
    eventName,
    requestParameters: { keyId: keyArn, ...requestParameters },
    userIdentity: admin,
    ...more,
  });
}

/** Counts, and the differences in one line each. */
export function brief({ differences, events, uncertain }: CloudTrailReport) {
  const lines = (list: typeof differences) =>
    list.map(({ count, operation, recorded, replayed }) => `${count} x ${operation}: ${recorded} -> ${replayed}`);
  const { notJudged, ofTheService, same } = events;
  return { notJudged, ofTheService, same, differences: lines(differences), uncertain: lines(uncertain) };
}

export async function replayed(records: readonly unknown[], options: CloudTrailReplayOptions = given) {
  return brief(await replayCloudTrail(records, options));
}

export const nothing = { same: 0, uncertain: [], differences: [], notJudged: 0, ofTheService: 0 };

/** An identity policy of one statement. */
export function policyOf(Action: string, Effect = 'Allow') {
  return { Version: '2012-10-17', Statement: { Effect, Action, Resource: '*' } };
}
