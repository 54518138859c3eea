// Clusters for tests, and what an outcome is when it is no fault.

import { expect } from 'vitest';
import { CloudHsmCluster } from '../src/cluster.ts';
import type { HsmSession } from '../src/hsm-session.ts';
import { launchCluster } from '../src/launch.ts';
import type { ClusterOptions } from '../src/new-cluster.ts';
import type { AdminSession } from '../src/users/admin-session.ts';

export const now: number = Date.UTC(2026, 0, 1);
export const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'] as const;
export const passwords = {
  admin: 'admin-password',
  kmsuser: 'kms-password',
  alice: 'alice-password',
  bob: 'bob-password',
};

/** Bytes that differ from one place to the next, the same on every run. */
export function bytes(length: number, start = 1): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => (start + at * 7 + (at >>> 8)) & 255);
}

export function options(change: Partial<ClusterOptions> = {}): ClusterOptions {
  const place = { account: '111122223333', region: 'us-east-1', availabilityZones: zones.slice(0, 2) };
  return { ...place, random: bytes(32), now, ...change };
}

/** An ACTIVE cluster with an HSM in each zone. */
export function launched(change: Partial<ClusterOptions> = {}): CloudHsmCluster {
  const { admin, ...cryptoUsers } = passwords;
  return launchCluster({ ...options(change), adminPassword: admin, cryptoUsers });
}

/** A cluster without HSMs, whose transitions take a second each. */
export function slow(): CloudHsmCluster {
  const durations = { createCluster: 1000, createHsm: 1000, deleteHsm: 1000, initialize: 1000, deleteCluster: 1000 };
  return CloudHsmCluster.create(options({ durations }));
}

/** The outcome; a fault fails the test. */
export function good<Outcome>(outcome: Outcome): Exclude<Outcome, string | undefined> {
  if (typeof outcome === 'string' || outcome === undefined) expect.fail(`refused: ${outcome}`);
  return outcome as Exclude<Outcome, string | undefined>;
}

export function kmsSession(cluster: CloudHsmCluster, client = 'kms'): HsmSession {
  return good(cluster.login('kmsuser', passwords.kmsuser, client));
}

export function adminSession(
  cluster: CloudHsmCluster,
  name = 'admin',
  password: string = passwords.admin,
): AdminSession {
  return good(cluster.loginAdmin(name, password, 'cli'));
}

export const message = { iv: bytes(12, 90), aad: bytes(5, 40) };
export const plaintext: Uint8Array = bytes(20, 3);
