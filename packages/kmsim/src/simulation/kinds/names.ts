// Commands on what each Region's key has for itself: aliases, tags, description, policy, grants.

import type { Command } from '../command.ts';
import { accounts, appArn } from '../machine.ts';
import { addressOf, arnOf, type Kind, type Scene } from '../scene.ts';
import { keyOperation } from './key-operation.ts';

/** What the key policies of a run let the role without identity policies do. */
export const appMayByPolicy: readonly string[] = ['Decrypt', 'DescribeKey'];

function policyOf(account: string, forApp: boolean): string {
  const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' };
  const Action = appMayByPolicy.map((operation) => `kms:${operation}`);
  const app = { Effect: 'Allow', Principal: { AWS: appArn }, Action, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: forApp ? [root, app] : [root] });
}

async function putPolicy(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0 } = command;
  const Policy = policyOf(to.key.account, choice % 2 === 0);
  await scene.ask('PutKeyPolicy', { KeyId: arnOf(to.key, to.region), Policy }, to);
}

const granted = [['Encrypt', 'Decrypt'], ['Decrypt'], ['GenerateDataKey', 'RetireGrant']] as const;

async function createGrant(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  const { choice = 0, n } = command;
  const Operations = [...(granted[choice % granted.length] ?? [])];
  const named = choice % 2 === 0 ? { Name: `grant-${choice % 6}` } : {};
  const input = { KeyId: arnOf(to.key, to.region), GranteePrincipal: appArn, Operations, ...named };
  const answer = await scene.ask('CreateGrant', input, to);
  if (answer?.GrantId === undefined || answer.GrantToken === undefined) return;
  const { GrantId: id, GrantToken: token } = answer;
  scene.ledger.grants.set(n, { id, token, key: to.key, region: to.region });
}

async function endGrant(scene: Scene, command: Command, operation: 'RevokeGrant' | 'RetireGrant'): Promise<void> {
  const grant = scene.ledger.grants.get(command.of ?? -1);
  if (grant === undefined) return;
  const to = addressOf(scene, command, grant.key);
  if (to === undefined) return;
  const input = { KeyId: arnOf(grant.key, grant.region), GrantId: grant.id };
  await scene.ask(operation, input, { ...to, region: grant.region });
}

async function createAlias(scene: Scene, command: Command): Promise<void> {
  const to = addressOf(scene, command);
  if (to === undefined) return;
  // A bare name is one of the caller's account: no two accounts here have the same.
  const name = `alias/of-${to.key.account}-${(command.choice ?? 0) % 12}`;
  const answer = await scene.ask('CreateAlias', { AliasName: name, TargetKeyId: to.key.id }, to);
  if (answer !== undefined) scene.ledger.aliases.set(command.n, { name, key: to.key, region: to.region });
}

async function ofAlias(
  scene: Scene,
  command: Command,
  ask: (name: string, to: NonNullable<ReturnType<typeof addressOf>>) => Promise<unknown>,
): Promise<void> {
  const alias = scene.ledger.aliases.get(command.of ?? -1);
  const to = alias && addressOf(scene, command, alias.key);
  if (alias !== undefined && to !== undefined) await ask(alias.name, { ...to, region: alias.region });
}

export const nameKinds: Readonly<Record<string, Kind>> = {
  tag: keyOperation(3, 'TagResource', (KeyId, choice) => ({
    KeyId,
    Tags: [{ TagKey: `tag-${choice % 4}`, TagValue: `${choice}` }],
  })),
  untag: keyOperation(2, 'UntagResource', (KeyId, choice) => ({ KeyId, TagKeys: [`tag-${choice % 4}`] })),
  describeAnew: keyOperation(2, 'UpdateKeyDescription', (KeyId, _choice, n) => ({
    KeyId,
    Description: `said by ${n}`,
  })),
  putPolicy: { weight: 3, needs: 'key', act: putPolicy },
  createGrant: { weight: 4, needs: 'key', makes: ['grant'], act: createGrant },
  revokeGrant: { weight: 1, needs: 'grant', act: (scene, command) => endGrant(scene, command, 'RevokeGrant') },
  retireGrant: { weight: 1, needs: 'grant', act: (scene, command) => endGrant(scene, command, 'RetireGrant') },
  createAlias: { weight: 3, needs: 'key', makes: ['alias'], act: createAlias },
  moveAlias: {
    weight: 1,
    needs: 'alias',
    act: (scene, command) =>
      ofAlias(scene, command, async (AliasName, to) => {
        const own = [...scene.ledger.keys.values()].filter(({ account }) => account === accounts[0]);
        const TargetKeyId = own[(command.choice ?? 0) % own.length]?.id ?? '';
        await scene.ask('UpdateAlias', { AliasName, TargetKeyId }, to);
      }),
  },
  deleteAlias: {
    weight: 1,
    needs: 'alias',
    act: (scene, command) => ofAlias(scene, command, (AliasName, to) => scene.ask('DeleteAlias', { AliasName }, to)),
  },
};
