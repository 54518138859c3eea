// A cluster as plain data.

import { describe, expect, test } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import type { ClusterRecord } from '../src/cluster-record.ts';
import {
  adminSession,
  bytes,
  good,
  kmsSession,
  launched,
  message,
  now,
  passwords,
  plaintext,
  slow,
  zones,
} from './clusters.ts';

const sealKey = bytes(32, 200);

function again(cluster: CloudHsmCluster): CloudHsmCluster {
  const record = JSON.parse(JSON.stringify(cluster.record(sealKey))) as ClusterRecord;
  return good(CloudHsmCluster.restore(record, sealKey));
}

test('everything is there again', () => {
  const cluster = launched({ availabilityZones: zones });
  const session = kmsSession(cluster);
  const { id, handle } = good(session.generateAesKey({ label: 'kms', random: bytes(32) }));
  session.shareKey(id, 'alice');
  const ciphertext = good(session.encryptGcm(id, { ...message, plaintext }));
  cluster.failHsm(cluster.hsms[0]?.id ?? '');
  cluster.setNetwork({ isSecurityGroupOpen: false });
  cluster.backup();
  cluster.loseHsmDuring({ during: 'decrypt', by: 'failure' });
  const next = again(cluster);
  for (const name of [
    'id',
    'account',
    'region',
    'state',
    'hsms',
    'network',
    'users',
    'trustAnchor',
    'backupHistory',
  ] as const)
    expect([name, next[name]]).toEqual([name, cluster[name]]);
  expect(next.backups.map((backup) => backup.id)).toEqual(cluster.backups.map((backup) => backup.id));
  const kms = kmsSession(next);
  expect(kms.findKey(id)).toBe(handle);
  expect(kms.decryptGcm(id, { ...message, ciphertext })).toBe('HSM_LOST');
  expect(kms.decryptGcm(id, { ...message, ciphertext })).toEqual(plaintext);
  expect(good(next.login('alice', passwords.alice, 'app')).findKey(id)).toBe(handle);
  next.recoverHsm(next.hsms[0]?.id ?? '');
  next.failHsm(next.hsms[2]?.id ?? '');
  expect(kms.findKey(id)).toBe(handle);
});

test('the two go on alike', () => {
  const cluster = launched();
  const next = again(cluster);
  const step = (one: CloudHsmCluster): unknown => [
    good(one.createHsm(zones[1])).id,
    kmsSession(one).generateAesKey({ label: '', random: bytes(32) }),
    one.backup()?.id,
    one.record(sealKey),
  ];
  expect(step(next)).toEqual(step(cluster));
});

test('a transition goes on', () => {
  const cluster = slow();
  cluster.advance(now + 1000);
  good(cluster.createHsm(zones[0]));
  const next = again(cluster);
  expect(next.hsms[0]?.state).toBe('CREATE_IN_PROGRESS');
  next.advance(now + 2000);
  expect(next.hsms[0]?.state).toBe('ACTIVE');
  const started = again(slow());
  started.advance(now + 1000);
  expect(started.state).toBe('UNINITIALIZED');
});

test('locked users, the quorum and a shown state stay', () => {
  const cluster = launched();
  for (let count = 0; count < 5; count++) cluster.login('alice', 'wrong-password', 'app');
  const admin = adminSession(cluster);
  admin.createUser('admin', 'second', 'second-password');
  admin.setQuorumValue('quorum', 2);
  cluster.showState('DEGRADED');
  const next = again(cluster);
  expect(next.login('alice', passwords.alice, 'app')).toBe('USER_LOCKED_OUT');
  expect(adminSession(next).quorumValues).toEqual({ user: 1, quorum: 2 });
  expect(next.state).toBe('DEGRADED');
});

test('nobody is logged in', () => {
  const cluster = launched();
  kmsSession(cluster, 'a person');
  expect(kmsSession(again(cluster), 'kms').isOpen).toBe(true);
});

describe('what is not as it was does not open', () => {
  const record = launched().record(sealKey);

  test('another key', () => {
    expect(CloudHsmCluster.restore(record, bytes(32))).toBeUndefined();
    expect(CloudHsmCluster.restore(record, bytes(16))).toBeUndefined();
    expect(() => launched().record(bytes(31))).toThrow('32 bytes');
  });

  test.each<[string, object]>([
    ['another id', { id: 'cluster-aaaaaaaaaaa' }],
    ['another version', { version: 2 }],
    ['nothing', { sealed: '' }],
    ['no base64', { sealed: 'ä' }],
    ['a changed letter', { sealed: record.sealed.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')) }],
    ['less', { sealed: record.sealed.slice(0, -4) }],
  ])('%s', (_name, change) => {
    expect(CloudHsmCluster.restore({ ...record, ...change } as ClusterRecord, sealKey)).toBeUndefined();
  });
});

test('the same cluster gives the same record, another another', () => {
  expect(launched().record(sealKey)).toEqual(launched().record(sealKey));
  expect(launched().record(sealKey).sealed).not.toBe(launched({ random: bytes(32, 2) }).record(sealKey).sealed);
});
