// The keys of a simulation as a world file has them.

import { isKeyPairSpec } from '@kmsim/hsm-core';
import { type ExportedSecret, exportedSecrets } from '@kmsim/hsm-core/fixed-material';
import { encodeBase64, type GrantRecord, type KeyRecord, type Kms, partitionOf } from '@kmsim/kms';
import type { GrantContent, KeyContent, MaterialContent, ReplicaContent } from './content.ts';
import { documentOf } from './documents.ts';
import type { Home } from './plan.ts';

/** Customer managed keys that live in the own vault. Replicas stand with their primary. */
export function keysOf(kms: Kms, home: Home, withSecrets: boolean): readonly KeyContent[] {
  const found = [...kms.state.rows('keys')].filter(
    ({ customKeyStore, manager }) => manager === 'CUSTOMER' && customKeyStore === undefined,
  );
  const secrets = withSecrets ? exportedSecrets(kms.vault) : [];
  const keys = found
    .filter(({ region, replicas }) => replicas === undefined || replicas.primary === region)
    .map(
      (key): KeyContent => ({
        id: key.id,
        ...(key.account !== home.account && { account: key.account }),
        ...(key.region !== home.region && { region: key.region }),
        ...(key.spec !== 'SYMMETRIC_DEFAULT' && { spec: key.spec }),
        usage: key.usage,
        ...(key.origin === 'EXTERNAL' && { origin: key.origin }),
        ...(key.replicas && { multiRegion: true }),
        ...(withSecrets && materialOf(key, secrets)),
        ...ownOf(kms, key),
        ...(key.replicas && replicasOf(kms, key, found)),
        ...(key.rotation && { rotationDays: key.rotation.periodDays }),
        ...(key.deletion && { deletionDays: key.deletion.windowDays }),
      }),
    );
  for (const { secret } of secrets) secret.fill(0);
  return keys;
}

function replicasOf(kms: Kms, primary: KeyRecord, found: readonly KeyRecord[]): Pick<KeyContent, 'replicas'> {
  const replicas = found.filter(({ account, id, region }) => {
    return id === primary.id && account === primary.account && region !== primary.region;
  });
  if (replicas.length === 0) return {};
  return { replicas: replicas.map((one): ReplicaContent => ({ region: one.region, ...ownOf(kms, one) })) };
}

function ownOf(kms: Kms, key: KeyRecord): Omit<ReplicaContent, 'region'> {
  const aliases = kms.state
    .site(key.account, key.region)
    .aliases(key.arn)
    .map((arn) => arn.slice(arn.indexOf(':alias/') + 1));
  const grants = [...kms.state.rows('grants')].filter((one) => one.key === key.arn && one.endsAt === undefined);
  const isDefault = key.policy === kms.policies.default(key.account, partitionOf(key.region));
  return {
    ...(key.description !== '' && { description: key.description }),
    ...(aliases.length > 0 && { aliases }),
    ...(key.tags.length > 0 && {
      tags: Object.fromEntries(key.tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
    }),
    ...(!isDefault && { policy: documentOf(key.policy) }),
    ...(grants.length > 0 && { grants: grants.map(grantOf) }),
    ...(!key.enabled && key.deletion === undefined && { enabled: false }),
  };
}

function grantOf({ constraints = {}, grantee, name, operations, retiring }: GrantRecord): GrantContent {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = constraints;
  return {
    ...(name !== undefined && { name }),
    grantee,
    ...(retiring !== undefined && { retiring }),
    operations,
    ...(equals && { encryptionContextEquals: Object.fromEntries(equals) }),
    ...(subset && { encryptionContextSubset: Object.fromEntries(subset) }),
    ...(constraints.sourceArn !== undefined && { sourceArn: constraints.sourceArn }),
  };
}

function materialOf(key: KeyRecord, secrets: readonly ExportedSecret[]): Pick<KeyContent, 'material'> {
  const versions = key.materials.flatMap(({ id }) => {
    const found = secrets.find(({ materialId }) => materialId === id);
    return found === undefined ? [] : [formOf(key, found.secret)];
  });
  const [first, ...later] = versions;
  if (first === undefined) return {};
  return { material: later.length === 0 ? first : versions };
}

// A key pair is kept as the seed that it grew from, or as PKCS#8.
function formOf({ spec }: KeyRecord, secret: Uint8Array): MaterialContent {
  if (!isKeyPairSpec(spec)) return { hex: hexOf(secret) };
  return secret.length === 32 ? { seed: hexOf(secret) } : { base64: encodeBase64(secret) };
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
