// The state of a key as a function of its record.

import { lonePrimary } from '@kmsim/multi-region';
import { expect, test } from 'vitest';
import { keyState } from '../../src/state/key-state.ts';
import type { KeyRecord } from '../../src/state/records.ts';
import { TestEngine } from '../engine.ts';

const engine = new TestEngine();
const fresh = engine.kms.state.get('keys', engine.createKey().Arn) ?? expect.fail('no key');
const deletion = { at: 1, windowDays: 7 };
const lone = lonePrimary('eu-west-1');
const replica = { ...lone, replicas: ['us-east-1'], joined: { ...lone.joined, 'us-east-1': 2 }, version: 2 };

const version = (isHere: boolean) => ({
  id: `${isHere}`,
  rotation: undefined,
  imported: { isHere, expiresAt: undefined },
});
const external = { origin: 'EXTERNAL' } as const;

test.each<[string, Partial<KeyRecord>]>([
  ['Enabled', {}],
  ['Disabled', { enabled: false }],
  ['PendingImport', { currentMaterial: undefined }],
  ['PendingImport', { currentMaterial: undefined, enabled: false }],
  ['PendingDeletion', { deletion }],
  ['PendingDeletion', { deletion, enabled: false }],
  ['PendingDeletion', { deletion, currentMaterial: undefined }],
  ['Enabled', { ...external, materials: [version(true), version(true)] }],
  ['PendingImport', { ...external, materials: [version(true), version(false)] }],
  ['PendingImport', { ...external, enabled: false, materials: [version(false), version(true)] }],
  ['Enabled', { ...external, materials: [version(true)], pendingMaterial: version(false) }],
  ['PendingDeletion', { ...external, deletion, materials: [version(false)] }],
  ['PendingReplicaDeletion', { deletion: { at: undefined, windowDays: 7 }, replicas: lonePrimary('us-east-1') }],
  ['Creating', { replicas: { ...replica, version: 1 }, currentMaterial: undefined }],
  ['PendingDeletion', { replicas: { ...replica, version: 1 }, deletion }],
  ['Enabled', { replicas: replica }],
  ['Updating', { replicas: { ...replica, handover: { direction: 'to here' } } }],
  // Whatever expires meanwhile.
  ['Updating', { replicas: { ...replica, handover: { direction: 'to here' } }, currentMaterial: undefined }],
])('%s: %j', (state, change) => {
  expect(keyState({ ...fresh, ...change }, 0)).toBe(state);
});
