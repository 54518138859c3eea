// The life of a cluster and of its HSMs.

import { describe, expect, test } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import { adminSession, bytes, good, kmsSession, launched, now, options, passwords, slow, zones } from './clusters.ts';

const states = (cluster: CloudHsmCluster): string[] => cluster.hsms.map(({ state }) => state);

describe('from nothing to ACTIVE', () => {
  test('each state at its time', () => {
    const cluster = slow();
    expect(cluster.state).toBe('CREATE_IN_PROGRESS');
    expect(cluster.createHsm(zones[0])).toBe('INVALID_STATE');
    cluster.advance(now + 999);
    expect(cluster.state).toBe('CREATE_IN_PROGRESS');
    cluster.advance(now + 1000);
    expect(cluster.state).toBe('UNINITIALIZED');
    expect(cluster.trustAnchor).toBe('');
    expect(cluster.initialize()).toBe('NO_HSM');
    good(cluster.createHsm(zones[0]));
    expect(states(cluster)).toEqual(['CREATE_IN_PROGRESS']);
    expect(cluster.initialize()).toBe('NO_HSM');
    cluster.advance(now + 2000);
    expect(states(cluster)).toEqual(['ACTIVE']);
    expect(cluster.activate(passwords.admin)).toBe('INVALID_STATE');
    expect(cluster.initialize()).toBeUndefined();
    expect(cluster.state).toBe('INITIALIZE_IN_PROGRESS');
    cluster.advance(now + 3000);
    expect(cluster.state).toBe('INITIALIZED');
    expect(cluster.initialize()).toBe('INVALID_STATE');
    expect(cluster.login('kmsuser', passwords.kmsuser, 'kms')).toBe('NO_HSM');
    expect(cluster.activate('short')).toBe('INVALID_PASSWORD');
    expect(cluster.activate(passwords.admin)).toBeUndefined();
    expect(cluster.state).toBe('ACTIVE');
    expect(cluster.activate(passwords.admin)).toBe('INVALID_STATE');
    expect(cluster.users).toEqual([
      { name: 'admin', role: 'admin', isLockedOut: false, hasQuorumKey: false },
      { name: 'app_user', role: 'appliance-user', isLockedOut: false, hasQuorumKey: false },
    ]);
  });

  test('time does not go back', () => {
    const cluster = slow();
    cluster.advance(now + 1000);
    cluster.advance(now);
    good(cluster.createHsm(zones[0]));
    cluster.advance(now + 1999);
    expect(states(cluster)).toEqual(['CREATE_IN_PROGRESS']);
  });

  test('the same random bytes make the same cluster, others another', () => {
    const [one, again, other] = [launched(), launched(), launched({ random: bytes(32, 2) })];
    const facts = (cluster: CloudHsmCluster): unknown => [
      cluster.id,
      cluster.hsms,
      cluster.network,
      cluster.trustAnchor,
      cluster.backupHistory,
    ];
    expect(facts(one)).toEqual(facts(again));
    for (const [at, fact] of (facts(one) as unknown[]).entries())
      expect(fact).not.toEqual((facts(other) as unknown[])[at]);
  });

  test('ids have the forms of the API', () => {
    const cluster = launched();
    expect(cluster.id).toMatch(/^cluster-[2-7a-z]{11}$/);
    for (const hsm of cluster.hsms) expect(hsm.id).toMatch(/^hsm-[2-7a-z]{11}$/);
    for (const { id } of cluster.network.subnets) expect(id).toMatch(/^subnet-[0-9a-f]{17}$/);
    expect(good(cluster.backup()).id).toMatch(/^backup-[2-7a-z]{11}$/);
    expect(launched({ id: 'cluster-1a23b4cdefg' }).id).toBe('cluster-1a23b4cdefg');
  });

  test('mistakes throw', () => {
    expect(() => CloudHsmCluster.create(options({ random: bytes(31) }))).toThrow('32 random bytes');
    expect(() => launched({ availabilityZones: [] })).toThrow('NO_HSM');
  });
});

describe('HSMs', () => {
  test('are made where there is a subnet with a free address, 28 at most', () => {
    const cluster = launched();
    expect(cluster.createHsm('us-east-1f')).toBe('NO_SUBNET');
    const [first, ...rest] = cluster.network.subnets;
    if (first === undefined) expect.fail('no subnet');
    cluster.setNetwork({ subnets: [{ ...first, freeAddresses: 0 }, ...rest] });
    expect(cluster.createHsm(zones[0])).toBe('NO_FREE_ADDRESS');
    for (let count = 2; count < 28; count++) good(cluster.createHsm(zones[1]));
    expect(cluster.createHsm(zones[1])).toBe('LIMIT_EXCEEDED');
  });

  test('go with a transition of their own, and are no more', () => {
    const cluster = launched();
    const [one] = cluster.hsms;
    expect(cluster.deleteHsm(one?.id ?? '')).toBeUndefined();
    expect(cluster.hsms).toHaveLength(1);
    expect(cluster.deleteHsm(one?.id ?? '')).toBe('HSM_NOT_FOUND');
    const unhurried = slow();
    unhurried.advance(now + 1000);
    const hsm = good(unhurried.createHsm(zones[0]));
    unhurried.advance(now + 2000);
    expect(unhurried.deleteHsm(hsm.id)).toBeUndefined();
    expect(states(unhurried)).toEqual(['DELETE_IN_PROGRESS']);
    expect(unhurried.deleteHsm(hsm.id)).toBe('INVALID_STATE');
    unhurried.advance(now + 3000);
    expect(unhurried.hsms).toEqual([]);
  });

  test('fail and recover; what is not there or not DEGRADED does neither', () => {
    const cluster = launched();
    const [one] = cluster.hsms;
    const id = one?.id ?? '';
    expect(cluster.recoverHsm(id)).toBe('INVALID_STATE');
    expect(cluster.failHsm(id)).toBeUndefined();
    expect(states(cluster)).toEqual(['DEGRADED', 'ACTIVE']);
    expect(cluster.recoverHsm(id)).toBeUndefined();
    expect(states(cluster)).toEqual(['ACTIVE', 'ACTIVE']);
    for (const act of ['failHsm', 'zeroizeHsm', 'recoverHsm', 'deleteHsm'] as const)
      expect(cluster[act]('hsm-aaaaaaaaaaa')).toBe('HSM_NOT_FOUND');
  });

  test('an HSM that is not made yet cannot fail', () => {
    const cluster = slow();
    cluster.advance(now + 1000);
    const { id } = good(cluster.createHsm(zones[0]));
    expect(cluster.failHsm(id)).toBe('INVALID_STATE');
    expect(cluster.zeroizeHsm(id)).toBe('INVALID_STATE');
  });
});

describe('the state', () => {
  test('says nothing of the health of HSMs', () => {
    const cluster = launched();
    for (const { id } of cluster.hsms) cluster.failHsm(id);
    expect(cluster.state).toBe('ACTIVE');
    for (const { id } of cluster.hsms) cluster.deleteHsm(id);
    expect(cluster.state).toBe('ACTIVE');
  });

  test.each(['UPDATE_IN_PROGRESS', 'MODIFY_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS', 'DEGRADED'] as const)(
    'is %s for as long as a test says so',
    (state) => {
      const cluster = launched();
      cluster.showState(state);
      expect(cluster.state).toBe(state);
      expect(kmsSession(cluster).isOpen).toBe(true);
      cluster.showState();
      expect(cluster.state).toBe('ACTIVE');
    },
  );
});

describe('deletion', () => {
  test('only without HSMs; then nothing goes any more', () => {
    const cluster = launched();
    expect(cluster.delete()).toBe('INVALID_STATE');
    for (const { id } of cluster.hsms) cluster.deleteHsm(id);
    expect(cluster.delete()).toBeUndefined();
    expect(cluster.state).toBe('DELETED');
    expect(cluster.delete()).toBe('INVALID_STATE');
    expect(cluster.createHsm(zones[0])).toBe('INVALID_STATE');
    expect(cluster.loginAdmin('admin', passwords.admin, 'cli')).toBe('NO_HSM');
  });

  test('takes its time', () => {
    const cluster = slow();
    cluster.advance(now + 1000);
    expect(cluster.delete()).toBeUndefined();
    expect(cluster.state).toBe('DELETE_IN_PROGRESS');
    cluster.advance(now + 2000);
    expect(cluster.state).toBe('DELETED');
  });
});

test('a launch with users that no cluster takes is a mistake', () => {
  const cluster = launched();
  expect(adminSession(cluster).users.map(({ name }) => name)).toEqual(['admin', 'app_user', 'kmsuser', 'alice', 'bob']);
});
