// Commands on keys: they are made, enabled, disabled, rotated, described and deleted.

import type { OperationInputs } from '@kmsim/kms';
import type { Command, Thing } from '../command.ts';
import { accounts } from '../machine.ts';
import { addressOf, arnOf, callerArn, type Kind, type Scene } from '../scene.ts';
import { keyOperation } from './key-operation.ts';

/** How often each is made; RSA keys are slow to grow and nothing here is about them. */
function create(weight: number, input: OperationInputs['CreateKey'], makes: readonly Thing[]): Kind {
  return { weight, makes, act: (scene, command) => createKey(scene, command, input) };
}

async function createKey(scene: Scene, command: Command, input: OperationInputs['CreateKey']): Promise<void> {
  const { choice = 0, n } = command;
  const account = choice % 8 === 0 ? accounts[1] : accounts[0];
  const region = scene.regions[choice % scene.regions.length] ?? '';
  const tags = choice % 3 === 0 ? { Tags: [{ TagKey: 'made', TagValue: `${n}` }] } : {};
  const asked = { ...input, Description: `key ${n}`, ...tags };
  const answer = await scene.ask('CreateKey', asked, { region, by: callerArn({ n, kind: '' }, account) });
  const { KeyId, KeySpec = '' } = answer?.KeyMetadata ?? {};
  if (KeyId === undefined) return;
  const { MultiRegion: multiRegion = false, Origin } = input;
  scene.ledger.keys.set(n, { id: KeyId, account, region, spec: KeySpec, multiRegion, external: Origin === 'EXTERNAL' });
}

async function scheduleDeletion(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0, n } = command;
  const KeyId = arnOf(to.key, to.region);
  const answer = await scene.ask('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 + (choice % 24) }, to);
  if (answer !== undefined) scene.ledger.doomed.set(n, { key: to.key, region: to.region });
}

async function cancelDeletion(scene: Scene, command: Command): Promise<void> {
  const doomed = scene.ledger.doomed.get(command.of ?? -1);
  const to = doomed && addressOf(scene, command, doomed.key);
  if (doomed === undefined || to === undefined) return;
  const { key, region } = doomed;
  await scene.ask('CancelKeyDeletion', { KeyId: arnOf(key, region) }, { ...to, region });
}

async function replicate(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0, n } = command;
  const others = scene.regions.filter((region) => region !== to.region);
  const ReplicaRegion = others[choice % others.length];
  if (ReplicaRegion === undefined) return;
  const described = choice % 4 === 0 ? { Description: `replica ${n}` } : {};
  await scene.ask('ReplicateKey', { KeyId: arnOf(to.key, to.region), ReplicaRegion, ...described }, to);
}

async function promote(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0 } = command;
  const relatives = scene.machine.kms.state.keysOf(to.key.id).map(({ region }) => region);
  const replicas = relatives.filter((region) => region !== to.region);
  // Seldom where there is no replica.
  if (replicas.length === 0 && choice % 8 !== 0) return replicate(scene, command);
  const among = replicas.length === 0 || choice % 16 === 0 ? scene.regions : replicas;
  const PrimaryRegion = among[choice % among.length] ?? to.region;
  await scene.ask('UpdatePrimaryRegion', { KeyId: arnOf(to.key, to.region), PrimaryRegion }, to);
}

const multiRegion = { MultiRegion: true };
const hmac = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' } as const;
const ecc = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const;

export const keyKinds: Readonly<Record<string, Kind>> = {
  createKey: create(1.5, {}, ['key', 'symmetric key']),
  createMultiRegionKey: create(4, multiRegion, ['key', 'multi-Region key', 'symmetric key']),
  createMacKey: create(0.5, { ...hmac, ...multiRegion }, ['key', 'multi-Region key', 'signing key']),
  createSigningKey: create(0.3, { ...ecc, ...multiRegion }, ['key', 'multi-Region key', 'signing key']),
  // A wrapping key is an RSA key: rare, and each is used for all imports of a day.
  createImportedKey: create(0.4, { Origin: 'EXTERNAL', ...multiRegion }, [
    'key',
    'multi-Region key',
    'imported key',
    'symmetric key',
  ]),
  rotate: { ...keyOperation(10, 'RotateKeyOnDemand', (KeyId) => ({ KeyId })), ofPrimary: true },
  rotateEachYear: {
    ...keyOperation(3, 'EnableKeyRotation', (KeyId, choice) => ({ KeyId, RotationPeriodInDays: 90 + (choice % 400) })),
    ofPrimary: true,
  },
  rotateNoMore: { ...keyOperation(1, 'DisableKeyRotation', (KeyId) => ({ KeyId })), ofPrimary: true },
  enable: keyOperation(6, 'EnableKey', (KeyId) => ({ KeyId })),
  disable: keyOperation(3, 'DisableKey', (KeyId) => ({ KeyId })),
  scheduleDeletion: { weight: 5, needs: 'key', makes: ['doomed key'], act: scheduleDeletion },
  cancelDeletion: { weight: 4, needs: 'doomed key', act: cancelDeletion },
  describe: keyOperation(2, 'DescribeKey', (KeyId) => ({ KeyId })),
  rotationStatus: keyOperation(1, 'GetKeyRotationStatus', (KeyId) => ({ KeyId })),
  replicate: { weight: 14, needs: 'multi-Region key', ofPrimary: true, act: replicate },
  promote: { weight: 10, needs: 'multi-Region key', ofPrimary: true, act: promote },
};
