import { fc, test } from '@fast-check/vitest';
import { operationShapes } from '@kmsim/kms';
import { expect } from 'vitest';
import { replayCloudTrail } from '../../src/index.ts';
import { decrypt, keyArn, record, refused, role, session } from './log.ts';
import { given } from './replaying.ts';

const names = fc.constantFrom(...Object.keys(operationShapes), 'constructor', 'toString', 'DeleteKey', '');
const somewhere = fc.constantFrom(
  keyArn,
  role,
  'alias/orders',
  '',
  '__proto__',
  'arn:aws:kms:us-east-1:111122223333:key/x',
);
const anything = fc.oneof(fc.jsonValue({ maxDepth: 2 }), somewhere);

/** What a record has, with anything in any place. */
const mutated = fc
  .record(
    {
      eventName: names,
      eventTime: fc.oneof(anything, fc.constant('2026-03-01T09:00:00Z')),
      errorCode: fc.oneof(anything, fc.constantFrom('DisabledException', 'KMSInvalidStateException', 'AccessDenied')),
      errorMessage: anything,
      awsRegion: fc.oneof(anything, fc.constantFrom('eu-west-1', 'cn-north-1')),
      resources: fc.oneof(anything, fc.constant([{ ARN: keyArn }])),
      userIdentity: fc.oneof(anything, fc.constant({ ...session, invokedBy: 'AWS Internal' })),
      requestParameters: fc.oneof(
        anything,
        fc.dictionary(fc.constantFrom(...parameterNames()), anything, { maxKeys: 6 }),
      ),
      responseElements: fc.oneof(
        anything,
        fc.record({
          keyMetadata: fc.dictionary(fc.constantFrom('arn', 'keySpec', 'origin'), anything),
          grantId: anything,
        }),
      ),
      additionalEventData: anything,
      vpcEndpointId: anything,
      sharedEventID: anything,
    },
    { requiredKeys: ['eventName'] },
  )
  .map((members) => record(members));

function parameterNames(): readonly string[] {
  const shown = [
    'keyId',
    'aliasName',
    'targetKeyId',
    'policy',
    'grantId',
    'operations',
    'granteePrincipal',
    'constraints',
  ];
  return [...shown, 'tags', 'tagKeys', 'pendingWindowInDays', 'primaryRegion', 'validTo', 'encryptionContext'];
}

test.prop([fc.array(mutated, { maxLength: 12 })], { numRuns: 300 })(
  'whatever a log says, every event of KMS is counted once and the rest is told',
  async (log) => {
    const { events, records } = await replayCloudTrail([decrypt('acme'), ...log, refused('Decrypt')], given);
    const { copies, different, notJudged, ofOtherServices, ofTheService, same, uncertain, unreadable } = events;
    expect(records).toBe(log.length + 2);
    expect(events.kms + ofOtherServices + unreadable).toBe(records);
    expect(copies + different + notJudged + ofTheService + same + uncertain).toBe(events.kms);
  },
);
