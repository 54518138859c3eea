// UpdatePrimaryRegion: https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html

import { awaitingRole, handOver } from '@kmsim/multi-region';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { post } from '../multi-region/post.ts';
import { isMultiRegion, relativeIn, toRelated, withRelated } from '../multi-region/related.ts';
import { requirePrimary } from '../multi-region/require-primary.ts';
import type { Operation } from '../operation.ts';
import { keyState } from '../state/key-state.ts';
import { arnPrefix } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { message } from '../tables/key-states.ts';

interface Both {
  readonly primary: KeyRecord;
  readonly replica: KeyRecord | undefined;
}

export const updatePrimaryRegion: Operation<'UpdatePrimaryRegion', Both> = {
  enter: (call) => {
    const primary = enterKey(call);
    const replica = relativeIn(call.kms.state, primary, call.input.PrimaryRegion);
    if (replica !== undefined) call.subjects.replicaKey = { resource: replica.arn, key: replica };
    return { primary, replica };
  },
  requireType: (call, { primary, replica }) => {
    requirePrimary(call, primary);
    const { PrimaryRegion: to } = call.input;
    // Not documented; the one error of the model that fits.
    if (to === primary.region)
      fail('UnsupportedOperationException', `${primary.arn} is the primary key in the Region ${to} already.`);
    if (replica === undefined)
      fail('NotFoundException', `Key '${arnPrefix(primary.account, to)}key/${primary.id}' does not exist`);
    // The guide's table lets a key that is updating be promoted; multi-region-update.html wants both to be Enabled.
    if (keyState(replica, call.now) === 'Updating')
      fail('KMSInvalidStateException', message('updating', replica.arn, replica));
  },
  run: (call, { primary, replica }) => {
    if (!isMultiRegion(primary) || replica === undefined || !isMultiRegion(replica)) return {};
    const { key, send } = handOver(toRelated(primary), replica.region);
    call.page.set('keys', primary.arn, withRelated(primary, key));
    call.page.set('keys', replica.arn, withRelated(replica, awaitingRole(toRelated(replica))));
    post(call.kms, call.page, primary, send, call.at);
    return {};
  },
};
