// What the pictures of the inspector show: a service with its keys, and a few calls that go wrong.

const account = '000000000000';
const role = (name) => `arn:aws:iam::${account}:role/${name}`;
const policy = (...Statement) => ({ Version: '2012-10-17', Statement });

/** `createKmsim` of the compiled package. */
export async function scene(createKmsim) {
  const sim = createKmsim({ seed: 'pictures', quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 3 } } });
  sim.identities.put({
    arn: role('Orders'),
    policies: { UseKeys: policy({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }) },
  });
  sim.identities.put({
    arn: role('service-role/NightlyReports'),
    policies: {
      ReadReports: policy({
        Sid: 'OnlyFinance',
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:EncryptionContext:department': 'finance' } },
      }),
    },
  });
  const admin = sim.as();
  const make = async (input, alias) => {
    const { KeyMetadata } = await admin.createKey(input);
    if (alias !== undefined) await admin.createAlias({ AliasName: alias, TargetKeyId: KeyMetadata.Arn });
    return KeyMetadata.Arn;
  };
  await make({ Description: 'Signs the build', KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }, 'alias/releases');
  const sessions = await make({ Description: 'Sessions, in two Regions', MultiRegion: true }, 'alias/sessions');
  await admin.replicateKey({ KeyId: sessions, ReplicaRegion: 'eu-west-1' });
  const old = await make({ Description: 'Orders of last year' }, 'alias/orders-2025');
  const orders = await make(
    { Description: 'Data keys of the orders service', Tags: [{ TagKey: 'team', TagValue: 'payments' }] },
    'alias/orders',
  );
  await admin.putKeyPolicy({ KeyId: orders, Policy: JSON.stringify(guarded) });
  await admin.enableKeyRotation({ KeyId: orders, RotationPeriodInDays: 90 });
  await admin.rotateKeyOnDemand({ KeyId: orders });
  const grantee = role('service-role/NightlyReports');
  await admin.createGrant({ KeyId: orders, GranteePrincipal: grantee, Operations: ['Encrypt'], Name: 'nightly' });
  sim.clock.advance('9 hours 30 minutes');
  await admin.scheduleKeyDeletion({ KeyId: old, PendingWindowInDays: 7 });
  const EncryptionContext = { department: 'sales' };
  const service = sim.as(role('Orders'));
  const { CiphertextBlob } = await service.generateDataKey({
    KeyId: 'alias/orders',
    KeySpec: 'AES_256',
    EncryptionContext,
  });
  sim.clock.advance('12 seconds');
  for (let call = 0; call < 4; call++) await service.describeKey({ KeyId: 'alias/orders' }).catch(() => {});
  sim.clock.advance('4 seconds');
  await service.decrypt({ CiphertextBlob, EncryptionContext });
  await service.decrypt({ CiphertextBlob, EncryptionContext: { department: 'finance' } }).catch(() => {});
  sim.clock.advance('21 minutes');
  await service.scheduleKeyDeletion({ KeyId: orders }).catch(() => {});
  sim.clock.advance('70 seconds');
  await sim
    .as(role('service-role/NightlyReports'))
    .decrypt({ CiphertextBlob, EncryptionContext })
    .catch(() => {});
  return sim;
}

const guarded = policy(
  { Sid: 'IAM', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
  {
    Sid: 'NobodyDeletesOrders',
    Effect: 'Deny',
    Principal: '*',
    Action: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'],
    Resource: '*',
    Condition: { ArnNotLike: { 'aws:PrincipalArn': role('BreakGlass') } },
  },
);
