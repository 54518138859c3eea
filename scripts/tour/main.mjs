// The tour: the real AWS SDK against a simulated KMS in this process. `npm start` runs it.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createKmsim } from 'kmsim';
import { code, done, line, quote, refused, short, step, title } from './page.mjs';

// On Node 20 the AWS SDK announces at every start that it will want a newer one in 2027.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const kms = await import('@aws-sdk/client-kms');

const began = performance.now();
const sim = createKmsim({ seed: 'tour' });
const client = new kms.KMSClient(sim.clientConfig());
const call = (operation, input) => client.send(new kms[`${operation}Command`](input));

title('kmsim: AWS KMS in a unit test');
line(
  `The client is the real ${code('@aws-sdk/client-kms')}; its ${code('requestHandler')} leads to a simulation in this process.`,
);

step('Envelope encryption', 'A data key encrypts the document; KMS encrypts the data key; only ciphertext is stored.');
const { KeyMetadata: key } = await call('CreateKey', { Description: 'orders' });
await call('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: key.KeyId });
done('created a key', key.Arn);
const EncryptionContext = { tenant: 'acme', purpose: 'invoice' };
const dataKey = await call('GenerateDataKey', { KeyId: 'alias/orders', KeySpec: 'AES_256', EncryptionContext });
const stored = { dataKey: dataKey.CiphertextBlob, ...encryptLocally(dataKey.Plaintext, 'Invoice 4711: 99.00 EUR') };
done('encrypted a document with a data key', short(stored.dataKey));
const recovered = await call('Decrypt', { CiphertextBlob: stored.dataKey, EncryptionContext });
done(`decrypted it again: “${decryptLocally(recovered.Plaintext, stored)}”`);

step(
  'The wrong encryption context',
  'The context is bound to the ciphertext; another tenant gets nothing, and no reason either.',
);
await refusedAs('InvalidCiphertextException', 'decrypt for tenant “umbrella”', () =>
  call('Decrypt', { CiphertextBlob: stored.dataKey, EncryptionContext: { ...EncryptionContext, tenant: 'umbrella' } }),
);

step('Rotation', 'New material encrypts from now on; what the old material encrypted still opens.');
await call('EnableKeyRotation', { KeyId: key.KeyId, RotationPeriodInDays: 90 });
sim.clock.advance('90 days');
done(`moved the clock 90 days: ${code("sim.clock.advance('90 days')")}`, sim.clock.now().toISOString());
const { Rotations } = await call('ListKeyRotations', { KeyId: key.KeyId });
done('the key has rotated by itself', `${Rotations[0].RotationType} ${Rotations[0].RotationDate.toISOString()}`);
const after = await call('Decrypt', { CiphertextBlob: stored.dataKey, EncryptionContext });
const now = await call('DescribeKey', { KeyId: key.KeyId });
check(after.KeyMaterialId !== now.KeyMetadata.CurrentKeyMaterialId, 'the old ciphertext names the old material');
done(
  'the old ciphertext decrypts',
  `material ${after.KeyMaterialId.slice(0, 8)}…, current ${now.KeyMetadata.CurrentKeyMaterialId.slice(0, 8)}…`,
);

step('A key policy that says no', 'The role App may encrypt with this key. Nobody said that it may decrypt.');
const App = `arn:aws:iam::${sim.account}:role/App`;
await call('PutKeyPolicy', { KeyId: key.KeyId, Policy: JSON.stringify(policyFor(App)) });
const app = new kms.KMSClient(sim.clientConfig({ as: App }));
const order = await app.send(new kms.EncryptCommand({ KeyId: 'alias/orders', Plaintext: Buffer.from('order 1') }));
done('App encrypts', short(order.CiphertextBlob));
await refusedAs('AccessDeniedException', 'App decrypts', () =>
  app.send(new kms.DecryptCommand({ KeyId: key.Arn, CiphertextBlob: order.CiphertextBlob })),
);
line(`     and why, from ${code("sim.explain({ as: App, operation: 'Decrypt', keyId })")}:`);
quote(String(sim.explain({ as: App, operation: 'Decrypt', keyId: key.Arn })));

step('Past the deletion window', 'Deletion takes 7 days at least. Here they take no time.');
const { DeletionDate } = await call('ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays: 7 });
done('scheduled the deletion', DeletionDate.toISOString());
await refusedAs('KMSInvalidStateException', 'encrypt meanwhile', () =>
  call('Encrypt', { KeyId: key.KeyId, Plaintext: Buffer.from('x') }),
);
await call('CancelKeyDeletion', { KeyId: key.KeyId });
await call('EnableKey', { KeyId: key.KeyId });
await call('Decrypt', { CiphertextBlob: stored.dataKey, EncryptionContext });
done('cancelled it, enabled the key, and the document is readable again');
await call('ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays: 7 });
sim.clock.advance('7 days');
await refusedAs('AccessDeniedException', 'decrypt after the window: the key is gone for good', () =>
  call('Decrypt', { CiphertextBlob: stored.dataKey, EncryptionContext }),
);

sim.close();
line('');
title(
  `Done in ${((performance.now() - began) / 1000).toFixed(1)} s. Run it again: the same seed makes the same keys and ciphertexts.`,
);
line('');
line(`Next: ${code('README.md')} has a unit test to copy, ${code('npx kmsim serve')} answers the AWS CLI,`);
line(`      ${code('npm test')} runs the tests, ${code('docs/architecture.md')} shows how it works.`);

/** The role may encrypt; the account keeps the administration. */
function policyFor(role) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${sim.account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
      { Sid: 'AppEncrypts', Effect: 'Allow', Principal: { AWS: role }, Action: 'kms:Encrypt', Resource: '*' },
    ],
  };
}

function encryptLocally(dataKeyBytes, text) {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', dataKeyBytes, iv);
  return { iv, content: Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]), tag: cipher.getAuthTag() };
}

function decryptLocally(dataKeyBytes, { iv, content, tag }) {
  const decipher = createDecipheriv('aes-256-gcm', dataKeyBytes, iv);
  decipher.setAuthTag(tag);
  return decipher.update(content, undefined, 'utf8') + decipher.final('utf8');
}

/** The tour is a promise: what should be refused must be, and for that reason. */
async function refusedAs(name, what, attempt) {
  const error = await attempt().then(
    () => undefined,
    (reason) => reason,
  );
  check(error?.name === name, `${what}: expected ${name}, got ${error?.name ?? 'success'}`);
  refused(what, error);
}

function check(holds, claim) {
  if (!holds) throw new Error(`The tour found something wrong: ${claim}`);
}
