// A simulation in which there is something of everything that the inspector shows: for tests and for pictures.

import { createKmsim, type Kmsim, type KmsimOptions } from '../../src/index.ts';

export const appRole = 'arn:aws:iam::000000000000:role/App';
export const reportsRole = 'arn:aws:iam::000000000000:role/service-role/analytics/NightlyReportsOfTheFinanceDepartment';
export const hostile = '<img src=x onerror="document.title=\'broken in\'"><script>document.title="broken in"</script>';

/** Ids by name: `orders`, `hostile`, `old`, `imported`. */
export interface Furnished {
  readonly sim: Kmsim;
  readonly orders: string;
  readonly hostile: string;
  readonly old: string;
}

export async function furnished(options: KmsimOptions = {}): Promise<Furnished> {
  const sim = createKmsim({
    seed: 'inspector',
    quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 3 } },
    ...options,
  });
  const all = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*' } };
  sim.identities.put({ arn: appRole, policies: { UseKeys: all } });
  sim.identities.put({
    arn: reportsRole,
    policies: {
      ReadReports: {
        Version: '2012-10-17',
        Statement: {
          Sid: 'OnlyReports',
          Effect: 'Allow',
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringEquals: { 'kms:EncryptionContext:department': 'finance' } },
        },
      },
    },
  });
  const admin = sim.as();
  const tags = [
    { TagKey: 'team', TagValue: 'payments' },
    { TagKey: 'note', TagValue: hostile },
  ];
  const orders = await keyOf(sim, { Description: 'Envelope keys of the orders service', Tags: tags });
  await admin.createAlias({ AliasName: 'alias/orders', TargetKeyId: orders });
  await admin.putKeyPolicy({ KeyId: orders, Policy: JSON.stringify(guarded(sim.account)) });
  await admin.enableKeyRotation({ KeyId: orders, RotationPeriodInDays: 90 });
  await admin.rotateKeyOnDemand({ KeyId: orders });
  await admin.createGrant({ KeyId: orders, GranteePrincipal: reportsRole, Operations: ['Encrypt'], Name: 'reports' });
  const sealed = await admin.encrypt({
    KeyId: orders,
    Plaintext: new Uint8Array(8),
    EncryptionContext: { department: 'sales' },
  });
  const strange = await keyOf(sim, { Description: hostile, Tags: tags });
  await keyOf(sim, { Description: 'Signs the build', KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
  const multi = await keyOf(sim, { MultiRegion: true });
  await admin.createAlias({ AliasName: 'alias/replicated', TargetKeyId: multi });
  await admin.replicateKey({ KeyId: multi, ReplicaRegion: 'eu-west-1' });
  sim.clock.advance('1 hour');
  const old = await keyOf(sim, { Description: 'To be deleted' });
  await admin.scheduleKeyDeletion({ KeyId: old, PendingWindowInDays: 7 });
  for (let time = 0; time < 6; time++) await admin.describeKey({ KeyId: orders }).catch(() => undefined);
  await sim
    .as(appRole)
    .generateDataKey({ KeyId: 'alias/orders', KeySpec: 'AES_256', EncryptionContext: { department: 'finance' } });
  const context = {
    EncryptionContext: { department: 'sales' },
    CiphertextBlob: sealed.CiphertextBlob ?? new Uint8Array(1),
  };
  await sim
    .as(reportsRole)
    .decrypt(context)
    .catch(() => undefined);
  await sim
    .as(appRole)
    .scheduleKeyDeletion({ KeyId: orders })
    .catch(() => undefined);
  return { sim, orders, hostile: strange, old };
}

async function keyOf(sim: Kmsim, input: Parameters<ReturnType<Kmsim['as']>['createKey']>[0]): Promise<string> {
  return (await sim.as().createKey(input)).KeyMetadata?.Arn ?? '';
}

function guarded(account: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Enable IAM policies',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      {
        Sid: 'NobodyDeletesOrders',
        Effect: 'Deny',
        Principal: '*',
        Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
        Resource: '*',
        Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/BreakGlass` } },
      },
    ],
  };
}
