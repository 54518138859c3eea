// A call opened: the decision of that moment as a tree, or the question asked again.

import { describe, expect, test } from 'vitest';
import type { OpenedCall } from '../../../src/admin/inspector/decision.ts';
import { appRole, type Furnished, furnished, reportsRole } from '../../inspector/furnished.ts';
import { type AdminDoor, ask, doorOf } from '../admin-door.ts';

async function opened(
  operation: string,
  which = -1,
): Promise<Furnished & { readonly body: OpenedCall; readonly door: AdminDoor }> {
  const all = await furnished();
  const door = await doorOf(all.sim);
  const event = all.sim.trail.find({ operation }).at(which);
  const { body } = await ask(door, `/api/call?id=${event?.requestID ?? event?.eventID}`);
  return { ...all, door, body };
}

function labels({ decisions }: OpenedCall): readonly string[] {
  return (decisions[0]?.layers ?? []).map(
    ({ at, name, says, settles, type }) =>
      `${type} ${name}${at ? ` of ${at}` : ''}: ${says}${settles ? ' (settles)' : ''}`,
  );
}

describe('a call that was denied', () => {
  test('by a statement: it settles, and the tree shows it as it is written', async () => {
    const { body, orders } = await opened('ScheduleKeyDeletion');
    expect(body).toMatchObject({
      basis: 'then',
      decisions: [{ outcome: 'ExplicitDeny', principal: appRole, action: 'kms:ScheduleKeyDeletion', resource: orders }],
    });
    expect(labels(body)).toEqual(['key policy default: denies (settles)', 'identity policy UseKeys: allows']);
    const [iam, deny] = body.decisions[0]?.layers[0]?.statements ?? [];
    expect(iam).toMatchObject({ sid: 'Enable IAM policies', matched: true, byAccount: true, decides: false });
    expect(deny).toMatchObject({
      sid: 'NobodyDeletesOrders',
      effect: 'Deny',
      matched: true,
      decides: true,
      source: { Sid: 'NobodyDeletesOrders', Effect: 'Deny', Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'] },
    });
    expect(body.decisions[0]?.remedies[0]?.oneOf.join()).toContain('no Allow outweighs a Deny');
  });

  test('by silence: the policy that is missing an allow, and the condition that did not hold', async () => {
    const { body } = await opened('Decrypt');
    expect(labels(body).slice(0, 2)).toEqual([
      'key policy default: leaves it to identity policies',
      'identity policy ReadReports: says nothing (settles)',
    ]);
    const [, identity, grant] = body.decisions[0]?.layers ?? [];
    expect(identity?.statements[0]).toMatchObject({
      sid: 'OnlyReports',
      matched: false,
      mismatch: { element: 'Condition', key: 'kms:EncryptionContext:department', asked: 'sales', written: ['finance'] },
    });
    expect(grant).toMatchObject({
      type: 'grant',
      says: 'says nothing',
      statements: [{ mismatch: { element: 'Operations' } }],
    });
    expect(JSON.stringify(body.decisions[0]?.remedies)).toContain('StringEquals of kms:EncryptionContext:department');
  });

  test('by a service control policy: with the place where it is attached', async () => {
    const { door, sim } = await opened('Decrypt');
    sim.organization.put({ id: 'o-1', accounts: { [sim.account]: { scps: { NoRandom: denyRandom } } } });
    await sim
      .as(appRole)
      .generateRandom({ NumberOfBytes: 1 })
      .catch(() => undefined);
    const { body } = await ask(door, `/api/call?id=${sim.trail.last()?.requestID}`);
    expect(labels(body)).toEqual([
      'identity policy UseKeys: allows',
      'service control policy FullAWSAccess of r-root: allows',
      expect.stringMatching(/^service control policy \w+ of \d{12}: /),
      expect.stringMatching(/^service control policy \w+ of \d{12}: /),
    ]);
    expect(labels(body)).toContain(`service control policy NoRandom of ${sim.account}: denies (settles)`);
  });

  test('without any identity policy: the tree has the place where one is missing', async () => {
    const { door, orders, sim } = await opened('Decrypt');
    const bare = 'arn:aws:iam::000000000000:user/bare';
    sim.identities.put({ arn: bare, policies: {} });
    await sim
      .as(bare)
      .describeKey({ KeyId: orders })
      .catch(() => undefined);
    const { body } = await ask(door, `/api/call?id=${sim.trail.last()?.requestID}`);
    expect(labels(body)).toEqual([
      'key policy default: leaves it to identity policies',
      'identity policy : says nothing (settles)',
    ]);
  });
});

const denyRandom = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: 'kms:GenerateRandom', Resource: '*' },
};

describe('a call that was not denied', () => {
  test('is asked again, with the policies of now', async () => {
    const { body, door, orders, sim } = await opened('GenerateDataKey');
    expect(body).toMatchObject({ basis: 'now', decisions: [{ outcome: 'Allow', principal: appRole }] });
    sim.identities.put({ arn: appRole, policies: {} });
    const event = sim.trail.last({ operation: 'GenerateDataKey', key: orders });
    const again = (await ask(door, `/api/call?id=${event?.requestID}`)).body;
    expect(again).toMatchObject({ basis: 'now', decisions: [{ outcome: 'ImplicitDeny' }] });
  });

  test('leaves no trace behind by being asked again', async () => {
    const { door, sim } = await opened('GenerateDataKey');
    const before = JSON.stringify([sim.snapshot(), sim.trail.file()]);
    for (const { eventID } of sim.trail.events) expect((await ask(door, `/api/call?id=${eventID}`)).status).toBe(200);
    expect(JSON.stringify([sim.snapshot(), sim.trail.file()])).toBe(before);
  });

  test('of a key that is gone, and what KMS did by itself, say why there is no decision', async () => {
    const { body } = await opened('RotateKey');
    expect(body).toMatchObject({ decisions: [], why: 'KMS did this by itself: nobody had to be allowed.' });
    const { door, old, sim } = await opened('Decrypt');
    sim.clock.advance('30 days');
    const gone = sim.trail.last({ operation: 'ScheduleKeyDeletion', key: old });
    const reply = (await ask(door, `/api/call?id=${gone?.requestID}`)).body;
    expect([reply.decisions, reply.why]).toEqual([[], expect.stringContaining('NotFoundException')]);
  });
});

describe('a call that failed before anybody was asked for rights', () => {
  const nowhere = '00000000-0000-4000-8000-000000000000';

  test.each([
    ['DescribeKey', 'describeKey', { KeyId: nowhere }],
    ['CreateAlias', 'createAlias', { AliasName: 'alias/nothing', TargetKeyId: nowhere }],
  ] as const)('says how it ended: %s', async (operation, method, input) => {
    const { sim } = await furnished();
    const door = await doorOf(sim);
    await expect(sim.as(appRole)[method](input as never)).rejects.toMatchObject({ code: 'NotFoundException' });
    const { body } = await ask(door, `/api/call?id=${sim.trail.last({ operation })?.requestID}`);
    expect(body).toMatchObject({
      decisions: [],
      why: "No decision: the call ended with NotFoundException before anybody's rights were asked.",
    });
  });
});

test('a call from account to account has both its records', async () => {
  const { door, orders, sim } = await opened('Decrypt');
  const stranger = 'arn:aws:iam::222222222222:role/Stranger';
  sim.identities.put({
    arn: stranger,
    policies: { all: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } },
  });
  const policy = {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*', Resource: '*' },
  };
  await sim.as().putKeyPolicy({ KeyId: orders, Policy: JSON.stringify(policy), BypassPolicyLockoutSafetyCheck: true });
  await sim.as(stranger).generateDataKey({ KeyId: orders, KeySpec: 'AES_256' });
  const { body } = await ask(door, `/api/call?id=${sim.trail.last()?.requestID}`);
  expect((body as OpenedCall).events.map(({ recipientAccountId }) => recipientAccountId).sort()).toEqual([
    '000000000000',
    '222222222222',
  ]);
});

test.each([
  ['/api/call', 400],
  ['/api/call?id=', 400],
  ['/api/call?id=a&id=b', 400],
  ['/api/call?id=nothing', 404],
])('%s', async (path, status) => {
  const { sim } = await furnished();
  expect((await ask(await doorOf(sim), path)).status).toBe(status);
});

test('of whom nobody is told: reports, by the whole name', async () => {
  const { body } = await opened('Decrypt');
  expect(body.decisions[0]?.principal).toBe(reportsRole);
});
