// kmsim-trail.json.gz: what sim.trail wrote of a run with most of the operations, refusals, sessions, services, an endpoint, another account,
// imports, replicas, rotation and deletion.

import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { logFiles, recordsOf } from '../../src/cloudtrail/log-files.ts';
import { type CloudTrailReplayOptions, replayCloudTrail } from '../../src/index.ts';

const file = fileURLToPath(new URL('kmsim-trail.json.gz', import.meta.url));
const account = '111122223333';

function allow(...actions: readonly string[]) {
  return {
    policies: { use: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: actions, Resource: '*' } } },
  };
}

// As they stood in that run.
const identities = [
  {
    arn: `arn:aws:iam::${account}:role/app/Orders`,
    ...allow('kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey', 'kms:ReEncrypt*', 'kms:ListKeys'),
  },
  { arn: `arn:aws:iam::${account}:role/Worker` },
  { arn: `arn:aws:iam::${account}:user/Ann`, ...allow('kms:Describe*', 'kms:List*', 'kms:Get*') },
  { arn: `arn:aws:iam::${account}:user/administrator`, ...allow('*') },
  { arn: 'arn:aws:iam::444455556666:role/Partner', ...allow('kms:*') },
];

async function replayed(options: CloudTrailReplayOptions) {
  const files = await logFiles([file]);
  return replayCloudTrail(() => recordsOf(files), options);
}

test('what kmsim wrote replays as it was', async () => {
  const { assumed, differences, events, gaps, notJudged, uncertain } = await replayed({ identities });
  expect(differences).toEqual([]);
  expect(uncertain).toEqual([]);
  expect(gaps).toEqual([]);
  // Whose key it was, CloudTrail keeps to itself.
  expect(notJudged).toEqual([{ name: 'refused, and the record does not say for which key', count: 3 }]);
  expect(assumed).toEqual({ keyPolicies: [], identities: [], endpoints: ['vpce-0a1b2c3d'] });
  expect(events).toMatchObject({ kms: 103, same: 90, ofTheService: 9, copies: 1 });
});

test('without the identities nothing differs for sure', async () => {
  const { differences, events } = await replayed({});
  expect(differences).toEqual([]);
  expect(events.uncertain).toBeGreaterThan(0);
});

test('a permission that is taken away is found in every call that used it', async () => {
  const without = identities.map((one) =>
    one.arn.endsWith('Orders')
      ? { arn: one.arn, ...allow('kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*') }
      : one,
  );
  const { differences } = await replayed({ identities: without });
  expect(differences.map(({ count, operation, recorded }) => [count, operation, recorded])).toEqual([
    [2, 'Decrypt', 'allowed'],
    [1, 'Decrypt', 'InvalidCiphertextException'],
    [1, 'Decrypt', 'IncorrectKeyException'],
  ]);
});
