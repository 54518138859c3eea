// Who can do something with a key, asked of the engine.

import { describe, expect, test } from 'vitest';
import type { GrantOperation } from '../src/api/types.ts';
import { type WhoCanQuestion, whoCan } from '../src/who-can.ts';
import {
  abroad,
  admin,
  caller,
  everything,
  ours,
  policyText,
  type StatementText,
  stranger,
  TestEngine,
  theirs,
} from './engine.ts';

const root = `arn:aws:iam::${ours}:root`;
const app = `arn:aws:iam::${ours}:role/App`;
const viaS3 = { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } };
const tenant = { StringEquals: { 'kms:EncryptionContext:tenant': 'acme' } };
const toApp = (Action: string, Condition: object = {}): StatementText => {
  return { Effect: 'Allow', Principal: { AWS: app }, Action, Resource: '*', Condition };
};
const toAdmin: StatementText = { ...everything, Principal: { AWS: admin.principal.arn } };

function keyWith(engine: TestEngine, ...statements: readonly StatementText[]): string {
  return engine.createKey({ Policy: policyText(toAdmin, ...statements) }).Arn ?? '';
}

function ask(engine: TestEngine, keyId: string, over: Partial<WhoCanQuestion> = {}) {
  const { access } = whoCan(engine.kms, { caller: admin, operation: 'Decrypt', keyId, ...over });
  return Object.fromEntries(
    access.map(({ anybodyElse, possibility: { unless, ways }, principal }) => [
      anybodyElse ? '*' : principal.arn,
      [ways, unless].map((lists) => lists.map((list) => list.map(({ key }) => key))),
    ]),
  );
}

describe('who can', () => {
  test('are the root user and whom identity policies let in, where the key policy leaves it to the account', () => {
    const engine = new TestEngine();
    const { Arn = '' } = engine.createKey();
    engine.attach(app, { Effect: 'Allow', Action: 'kms:Encrypt', Resource: '*' });
    const always = [[[]], []];
    expect(ask(engine, Arn)).toEqual({ [root]: always, [admin.principal.arn]: always });
    expect(ask(engine, Arn, { operation: 'Encrypt' })).toHaveProperty([app], always);
  });

  test('are those whom the key policy names, under its conditions', () => {
    const engine = new TestEngine();
    const key = keyWith(engine, toApp('kms:Decrypt', viaS3));
    expect(ask(engine, key)).toEqual({ [admin.principal.arn]: [[[]], []], [app]: [[['kms:ViaService']], []] });
  });

  test('is a condition on the encryption context one until the question has it', () => {
    const engine = new TestEngine();
    const key = keyWith(engine, toApp('kms:Decrypt', tenant));
    expect(ask(engine, key)).toHaveProperty([app], [[['kms:EncryptionContext:tenant']], []]);
    const within = (pairs: object) => ask(engine, key, { encryptionContext: new Map(Object.entries(pairs)) });
    expect(within({ tenant: 'acme' })).toHaveProperty([app], [[[]], []]);
    expect(within({ tenant: 'umbrella' })).not.toHaveProperty([app]);
    expect(within({})).not.toHaveProperty([app]);
  });

  test('may be anybody in the account, and somebody in another one', () => {
    const engine = new TestEngine();
    const open = keyWith(engine, { ...everything, Principal: '*' });
    expect(Object.keys(ask(engine, open))).toEqual(expect.arrayContaining(['*', root, stranger.principal.arn]));
    const shared = keyWith(engine, { ...everything, Principal: { AWS: theirs } });
    const found = ask(engine, shared);
    expect(Object.keys(found).sort()).toEqual(
      [admin.principal.arn, `arn:aws:iam::${theirs}:root`, stranger.principal.arn].sort(),
    );
    expect(Object.keys(ask(engine, shared, { operation: 'DisableKey' }))).toEqual([admin.principal.arn]);
  });

  test('need all permissions of an operation, or the one that is asked about', () => {
    const engine = new TestEngine();
    const key = keyWith(engine, toApp('kms:ReEncryptFrom', viaS3));
    expect(ask(engine, key, { operation: 'ReEncrypt' })).not.toHaveProperty([app]);
    expect(ask(engine, key, { operation: 'ReEncrypt', action: 'kms:ReEncryptFrom' })).toHaveProperty([app]);
    const both = keyWith(engine, toApp('kms:ReEncrypt*', viaS3));
    expect(ask(engine, both, { operation: 'ReEncrypt' })).toHaveProperty([app], [[['kms:ViaService']], []]);
  });

  test('are told under what a Deny applies', () => {
    const engine = new TestEngine();
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } };
    const key = keyWith(engine, toApp('kms:Decrypt'), {
      ...everything,
      Effect: 'Deny',
      Principal: { AWS: app },
      Condition,
    });
    expect(ask(engine, key)).toHaveProperty([app], [[[]], [['aws:MultiFactorAuthPresent']]]);
  });

  // A condition that no Decrypt can meet is no possibility.
  test('are not those whose condition is on a key that the operation does not have', () => {
    const engine = new TestEngine();
    const key = keyWith(
      engine,
      toApp('kms:*', { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } }),
    );
    expect(ask(engine, key)).not.toHaveProperty([app]);
    expect(ask(engine, key, { operation: 'CreateGrant' })).toHaveProperty([app]);
  });

  test('see what a key is as it is', () => {
    const engine = new TestEngine();
    const key = keyWith(engine, toApp('kms:*', { StringEquals: { 'kms:KeySpec': 'RSA_2048' } }));
    expect(ask(engine, key)).not.toHaveProperty([app]);
  });
});

describe('many grants', () => {
  // Each to App, for one tenant.
  function granted(count: number, ...Operations: readonly GrantOperation[][]) {
    const engine = new TestEngine();
    const { Arn: KeyId } = engine.createKey();
    for (const [kind, operations] of Operations.entries())
      for (let tenant = 0; tenant < count; tenant++)
        engine.call('CreateGrant', {
          KeyId,
          GranteePrincipal: app,
          Operations: operations,
          Constraints: { EncryptionContextSubset: { tenant: `${kind} ${tenant}` } },
        });
    const { access } = whoCan(engine.kms, { caller: admin, operation: 'ReEncrypt', keyId: KeyId });
    return access.find(({ principal }) => principal.arn === app)?.possibility ?? expect.fail('nobody');
  }

  test('for both permissions of an operation are one way each', () => {
    const { more, ways } = granted(40, ['ReEncryptFrom', 'ReEncryptTo']);
    expect(ways.map((way) => way.map(({ values }) => values))).toEqual(
      Array.from({ length: 40 }, (_, tenant) => [[[`tenant=0 ${tenant}`]]].flat()),
    );
    expect(more).toBeUndefined();
  });

  test('for one permission each are a way for every two, as far as they are listed', () => {
    const few = granted(4, ['ReEncryptFrom'], ['ReEncryptTo']);
    expect(few.ways).toHaveLength(16);
    expect(few.more).toBeUndefined();
    const many = granted(40, ['ReEncryptFrom'], ['ReEncryptTo']);
    expect(many.ways).toHaveLength(1_000);
    expect(many.more).toBe(true);
  });
});

describe('the key', () => {
  test('is found by alias, and in another Region', () => {
    const engine = new TestEngine();
    const { Arn: arn = '' } = engine.call('CreateKey', {}, caller(admin.principal.arn, abroad)).KeyMetadata ?? {};
    engine.call('CreateAlias', { AliasName: 'alias/a', TargetKeyId: arn }, caller(admin.principal.arn, abroad));
    const asked = { caller: caller(admin.principal.arn, abroad), operation: 'Decrypt', keyId: 'alias/a' } as const;
    expect(whoCan(engine.kms, asked).key.arn).toBe(arn);
  });

  test('may be one that AWS manages and nobody has used yet; asking does not make it', () => {
    const engine = new TestEngine();
    const before = engine.everything();
    expect(ask(engine, 'alias/aws/s3')).toHaveProperty([admin.principal.arn], [[['kms:ViaService']], []]);
    expect(engine.everything()).toBe(before);
  });

  test.each(['alias/none', `arn:aws:kms:us-east-1:${theirs}:key/1234abcd-12ab-34cd-56ef-1234567890ab`])(
    '%s is not there',
    (keyId) => {
      expect(() => ask(new TestEngine(), keyId)).toThrow(expect.objectContaining({ code: 'NotFoundException' }));
    },
  );
});
