// Backups, and clusters that are made from them.

import { describe, expect, test } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import {
  adminSession,
  bytes,
  good,
  kmsSession,
  launched,
  message,
  now,
  options,
  passwords,
  plaintext,
  zones,
} from './clusters.ts';

const elsewhere = options({ region: 'eu-west-1', availabilityZones: ['eu-west-1a'], random: bytes(32, 60) });

function withBackup() {
  const cluster = launched();
  const session = kmsSession(cluster);
  const { id } = good(session.generateAesKey({ label: 'kms', random: bytes(32) }));
  const ciphertext = good(session.encryptGcm(id, { ...message, plaintext }));
  return { cluster, session, id, ciphertext, backup: good(cluster.backup()) };
}

describe('a cluster made from a backup', () => {
  test('has users, passwords and keys, as soon as it has an HSM', () => {
    const { backup, id, ciphertext } = withBackup();
    const next = CloudHsmCluster.fromBackup(backup, elsewhere);
    expect(next.state).toBe('ACTIVE');
    expect(next.region).toBe('eu-west-1');
    expect(next.login('kmsuser', passwords.kmsuser, 'kms')).toBe('NO_HSM');
    good(next.createHsm('eu-west-1a'));
    expect(next.users).toEqual(launched().users);
    expect(kmsSession(next).decryptGcm(id, { ...message, ciphertext })).toEqual(plaintext);
  });

  test('shares the history, also over several steps, and no other cluster does', () => {
    const { cluster, backup } = withBackup();
    const second = CloudHsmCluster.fromBackup(backup, elsewhere);
    good(second.createHsm('eu-west-1a'));
    const third = CloudHsmCluster.fromBackup(good(second.backup()), options({ random: bytes(32, 61) }));
    expect(third.backupHistory).toBe(cluster.backupHistory);
    expect(launched({ random: bytes(32, 62) }).backupHistory).not.toBe(cluster.backupHistory);
  });

  test('goes its own way: what happens later in one is not in the other', () => {
    const { cluster, session, backup, id } = withBackup();
    const next = CloudHsmCluster.fromBackup(backup, elsewhere);
    good(next.createHsm('eu-west-1a'));
    session.changePassword('rotated-password');
    session.destroyKey(id);
    const other = kmsSession(next);
    expect(other.findKey(id)).toBeDefined();
    const later = good(other.generateAesKey({ label: '', random: bytes(32, 5) }));
    expect(session.findKey(later.id)).toBeUndefined();
    const here = good(session.generateAesKey({ label: '', random: bytes(32, 5) }));
    expect(here.id).not.toBe(later.id);
    expect(cluster.backups).toHaveLength(1);
  });

  test('keeps the quorum', () => {
    const { cluster } = withBackup();
    const admin = adminSession(cluster);
    admin.createUser('admin', 'second', 'second-password');
    expect(admin.setQuorumValue('user', 2)).toBeUndefined();
    const next = CloudHsmCluster.fromBackup(good(cluster.backup()), elsewhere);
    good(next.createHsm('eu-west-1a'));
    expect(adminSession(next).createUser('crypto-user', 'eve', 'eve-password')).toBe('QUORUM_REQUIRED');
  });
});

describe('a backup', () => {
  test('tells where and when it was made', () => {
    const cluster = launched();
    cluster.advance(now + 5000);
    expect(good(cluster.backup())).toMatchObject({ clusterId: cluster.id, createdAt: now + 5000 });
  });

  test('takes an HSM', () => {
    const cluster = launched();
    for (const { id } of cluster.hsms) cluster.failHsm(id);
    expect(cluster.backup()).toBeUndefined();
  });

  test('is made before an HSM is deleted', () => {
    const cluster = launched();
    cluster.deleteHsm(cluster.hsms[0]?.id ?? '');
    expect(cluster.backups).toHaveLength(1);
    cluster.failHsm(cluster.hsms[0]?.id ?? '');
    cluster.deleteHsm(cluster.hsms[0]?.id ?? '');
    expect(cluster.backups).toHaveLength(1);
  });

  test('holds what was there then: keys that are gone come back, later ones do not', () => {
    const { cluster, session, id, ciphertext } = withBackup();
    const later = good(session.generateAesKey({ label: '', random: bytes(32, 5) }));
    session.destroyKey(id);
    for (const hsm of cluster.hsms) cluster.zeroizeHsm(hsm.id);
    cluster.recoverHsm(cluster.hsms[0]?.id ?? '');
    const again = kmsSession(cluster);
    expect(again.decryptGcm(id, { ...message, ciphertext })).toEqual(plaintext);
    expect(again.findKey(later.id)).toBeUndefined();
    const next = good(again.generateAesKey({ label: '', random: bytes(32, 6) }));
    expect(next.handle).toBeGreaterThan(later.handle);
    expect([id, later.id]).not.toContain(next.id);
  });

  test('is not asked while another HSM has the keys', () => {
    const { cluster, session, id } = withBackup();
    session.destroyKey(id);
    const [one] = cluster.hsms;
    cluster.zeroizeHsm(one?.id ?? '');
    cluster.recoverHsm(one?.id ?? '');
    expect(session.findKey(id)).toBeUndefined();
    good(cluster.createHsm(zones[1]));
    expect(session.findKey(id)).toBeUndefined();
  });
});
