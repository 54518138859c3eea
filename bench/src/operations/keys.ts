// Keys themselves: made, told of, listed, switched off, deleted, tagged, rotated.

import { nth } from '../keys.ts';
import { given, type Measurements, newKey, newKeys, newPlace, pair } from './measured.ts';

type Names =
  | 'CreateKey'
  | 'DescribeKey'
  | 'ListKeys'
  | 'UpdateKeyDescription'
  | 'GetKeyLastUsage'
  | 'GetKeyPolicy'
  | 'PutKeyPolicy'
  | 'ListKeyPolicies'
  | 'EnableKey'
  | 'DisableKey'
  | 'ScheduleKeyDeletion'
  | 'CancelKeyDeletion'
  | 'TagResource'
  | 'UntagResource'
  | 'ListResourceTags'
  | 'EnableKeyRotation'
  | 'DisableKeyRotation'
  | 'GetKeyRotationStatus'
  | 'ListKeyRotations'
  | 'RotateKeyOnDemand';

// A key that is made stays, so a batch makes few.
const made = 20;

export async function keys(): Promise<Measurements<Names>> {
  const place = newPlace();
  const { kms } = place;
  // Keys of their own for each pair: what one does to a key keeps another from it.
  const [leaving, disabled, tagged, rotated] = await Promise.all([1, 2, 3, 4].map(() => newKeys(place, 2 * made)));
  const at = (ids: readonly string[] = [], n = 0): { readonly KeyId: string } => ({ KeyId: nth(ids, n) });
  const KeyId = await newKey(place);
  const Policy = given((await kms.getKeyPolicy({ KeyId })).Policy);
  const disabling = pair(
    made,
    (n) => kms.disableKey(at(disabled, n)),
    (n) => kms.enableKey(at(disabled, n)),
  );
  const scheduling = pair(
    made,
    (n) => kms.scheduleKeyDeletion({ ...at(leaving, n), PendingWindowInDays: 7 }),
    (n) => kms.cancelKeyDeletion(at(leaving, n)),
  );
  const tagging = pair(
    made,
    (n) => kms.tagResource({ ...at(tagged, n), Tags: [{ TagKey: 'team', TagValue: 'orders' }] }),
    (n) => kms.untagResource({ ...at(tagged, n), TagKeys: ['team'] }),
  );
  const rotating = pair(
    made,
    (n) => kms.enableKeyRotation(at(rotated, n)),
    (n) => kms.disableKeyRotation(at(rotated, n)),
  );
  await kms.tagResource({ KeyId, Tags: [{ TagKey: 'team', TagValue: 'orders' }] });
  await kms.rotateKeyOnDemand({ KeyId });
  place.sim.clock.advance('1 minute');
  let fresh: readonly string[] = [];
  return {
    CreateKey: { most: made, run: () => kms.createKey({}) },
    DescribeKey: { run: () => kms.describeKey({ KeyId }) },
    ListKeys: { run: () => kms.listKeys({ Limit: 10 }) },
    UpdateKeyDescription: { run: (n) => kms.updateKeyDescription({ KeyId, Description: n % 2 === 0 ? 'one' : 'two' }) },
    GetKeyLastUsage: { run: () => kms.getKeyLastUsage({ KeyId }) },
    GetKeyPolicy: { run: () => kms.getKeyPolicy({ KeyId }) },
    PutKeyPolicy: { run: () => kms.putKeyPolicy({ KeyId, Policy }) },
    ListKeyPolicies: { run: () => kms.listKeyPolicies({ KeyId }) },
    DisableKey: disabling.does,
    EnableKey: disabling.undoes,
    ScheduleKeyDeletion: scheduling.does,
    CancelKeyDeletion: scheduling.undoes,
    TagResource: tagging.does,
    UntagResource: tagging.undoes,
    ListResourceTags: { run: () => kms.listResourceTags({ KeyId }) },
    EnableKeyRotation: rotating.does,
    DisableKeyRotation: rotating.undoes,
    GetKeyRotationStatus: { run: () => kms.getKeyRotationStatus({ KeyId }) },
    ListKeyRotations: { run: () => kms.listKeyRotations({ KeyId }) },
    // One on the way keeps a key from another, and a key has few: each is rotated once.
    RotateKeyOnDemand: {
      most: made,
      before: async (times) => {
        fresh = await newKeys(place, times);
      },
      run: (n) => kms.rotateKeyOnDemand({ KeyId: nth(fresh, n) }),
    },
  };
}
