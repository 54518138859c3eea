// The words of AccessDeniedException: authz.md section 9, for what is built.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { KmsError } from '../src/api/errors.ts';
import type { Caller } from '../src/operation.ts';
import {
  administratorOf,
  caller,
  delegatingTo,
  everything,
  home,
  ours,
  policyText,
  type StatementText,
  stranger,
  TestEngine,
  texts,
  theirs,
  utf8,
} from './engine.ts';

const root: StatementText = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ours}:root` },
  Action: '*',
  Resource: '*',
};
const denyUser: StatementText = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'kms:Encrypt',
  Resource: '*',
};

interface Case {
  readonly situation: string;
  readonly keyPolicy: string;
  readonly identity: readonly StatementText[];
  readonly words: string;
}

const user = caller(`arn:aws:iam::${ours}:user/u`);
const denied: StatementText = { Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' };

const cases: readonly Case[] = [
  {
    situation: 'the key policy delegates, no identity policy allows',
    keyPolicy: policyText(root),
    identity: [],
    words: 'on resource: KEY because no identity-based policy allows the kms:Encrypt action',
  },
  {
    situation: 'the identity policy allows, the key policy does not delegate',
    keyPolicy: policyText({ ...everything, Principal: { AWS: administratorOf(ours) } }),
    identity: [everything],
    words: 'on resource: KEY because no resource-based policy allows the kms:Encrypt action',
  },
  {
    situation: 'the key policy denies',
    keyPolicy: policyText(root, denyUser),
    identity: [everything],
    words: 'on resource: KEY with an explicit deny in a resource-based policy',
  },
  {
    situation: 'the identity policy denies',
    keyPolicy: policyText(root),
    identity: [everything, denied],
    words: 'on resource: KEY with an explicit deny in an identity-based policy',
  },
  {
    situation: 'both deny',
    keyPolicy: policyText(root, denyUser),
    identity: [denied],
    words: 'on resource: KEY with an explicit deny in a resource-based policy',
  },
];

describe('a key of the own account', () => {
  test.each(cases)('$situation', ({ keyPolicy, identity, words }) => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: keyPolicy, BypassPolicyLockoutSafetyCheck: true });
    engine.attach(user.principal.arn, ...identity);
    expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, user)).toEqual({
      code: 'AccessDeniedException',
      message: `User: ${user.principal.arn} is not authorized to perform: kms:Encrypt ${words.replace('KEY', Arn)}`,
    });
  });

  test.each([
    ['a session', `arn:aws:sts::${ours}:assumed-role/App/s-1`],
    ['a role', `arn:aws:iam::${ours}:role/App`],
  ])('%s is named by its own ARN', (_kind, arn) => {
    const engine = new TestEngine();
    const who = caller(arn);
    const { Arn } = engine.createKey();
    expect(engine.refusal('DescribeKey', { KeyId: Arn }, who).message).toBe(
      texts.noIdentityPolicy(who, 'kms:DescribeKey', Arn),
    );
  });

  test('the root user needs the key policy, and no identity policy', () => {
    const engine = new TestEngine();
    const rootUser = caller(`arn:aws:iam::${ours}:root`);
    const closed = engine.createKey({
      Policy: policyText({ ...everything, Principal: { AWS: administratorOf(ours) } }),
    });
    expect(engine.refusal('DescribeKey', { KeyId: closed.Arn }, rootUser).message).toBe(
      texts.noKeyPolicy(rootUser, 'kms:DescribeKey', closed.Arn),
    );
    engine.call('DescribeKey', { KeyId: engine.createKey().Arn }, rootUser);
  });
});

describe('a key of another account', () => {
  test('that allows nothing, that denies and that is not there read the same', () => {
    const engine = new TestEngine();
    const closed = engine.createKey();
    const denies = engine.createKey({
      Policy: policyText(root, {
        Effect: 'Deny',
        Principal: { AWS: `arn:aws:iam::${theirs}:root` },
        Action: '*',
        Resource: '*',
      }),
    });
    const absent = `arn:aws:kms:${home}:${ours}:key/12345678-1234-1234-1234-123456789012`;
    for (const KeyId of [closed.Arn, denies.Arn, absent]) {
      expect(engine.refusal('Encrypt', { KeyId, Plaintext: utf8('x') }, stranger)).toEqual({
        code: 'AccessDeniedException',
        message: texts.foreign(stranger, 'kms:Encrypt'),
      });
    }
  });

  test('that lets the account in tells whose policy is missing', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const poor = engine.attach(`arn:aws:iam::${theirs}:user/poor`);
    expect(engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, poor).message).toBe(
      texts.noIdentityPolicy(poor, 'kms:Encrypt', Arn),
    );
  });

  test('that lets the account in does not help where an operation never crosses accounts', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    expect(engine.refusal('EnableKey', { KeyId: Arn }, stranger).message).toBe(
      texts.foreign(stranger, 'kms:EnableKey'),
    );
  });
});

describe('the other layers', () => {
  const allowing = (Action: string): StatementText => ({ Effect: 'Allow', Action, Resource: '*' });
  const denying = (Action: string): StatementText => ({ Effect: 'Deny', Action, Resource: '*' });
  const silent = [allowing('kms:DescribeKey'), allowing('kms:CreateKey')];
  const saying = [everything, denying('kms:Encrypt')];
  const withPrincipal = (statements: readonly StatementText[]) =>
    policyText(...statements.map((one) => ({ ...one, Principal: '*' })));

  interface Setting {
    readonly layer: string;
    readonly refused: (engine: TestEngine, statements: readonly StatementText[]) => Caller;
    readonly silent?: false;
  }
  const controlled = (engine: TestEngine, scps: string, rcps: string[], account = ours) => {
    const controls = {
      serviceControls: [{ name: 'c', text: scps }],
      resourceControls: rcps.map((text) => ({ name: 'c', text })),
    };
    const root = { id: 'r-1', ...controls, units: [], accounts: [{ id: account, ...controls }] };
    expect(engine.kms.organizations.put({ id: 'o-1', root })).toBeUndefined();
    return user;
  };
  const settings: readonly Setting[] = [
    {
      layer: 'permissions boundary',
      refused: (engine, statements) => {
        const policies = [{ name: 'p', text: policyText(everything) }];
        engine.kms.identities.put({ arn: user.principal.arn, policies, boundary: policyText(...statements) });
        return user;
      },
    },
    {
      layer: 'session policy',
      refused: (engine, statements) => {
        engine.attach(`arn:aws:iam::${ours}:role/App`, everything);
        const policies = engine.kms.policies.named([{ name: 's', text: policyText(...statements) }], 'session policy');
        return { ...caller(`arn:aws:sts::${ours}:assumed-role/App/s`), session: { policies } };
      },
    },
    {
      layer: 'service control policy',
      refused: (engine, statements) => controlled(engine, policyText(...statements), []),
    },
    {
      layer: 'resource control policy',
      refused: (engine, statements) => controlled(engine, policyText(everything), [withPrincipal(statements)]),
      // It never gives, so it need not allow.
      silent: false,
    },
    {
      layer: 'VPC endpoint policy',
      refused: (engine, statements) => {
        engine.kms.endpoints.put({ id: 'vpce-1', vpc: 'vpc-1', account: ours, policy: withPrincipal(statements) });
        return { ...user, endpoint: 'vpce-1' };
      },
    },
  ];
  const setting = (statements: readonly StatementText[], { refused }: Setting) => {
    const engine = new TestEngine();
    engine.attach(user.principal.arn, everything);
    const { Arn } = engine.createKey();
    const who = refused(engine, statements);
    return { Arn, who, message: engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, who).message };
  };

  test.each(settings)('an explicit deny in a $layer', (one) => {
    const { Arn, message, who } = setting(saying, one);
    expect(message).toBe(
      `User: ${who.principal.arn} is not authorized to perform: kms:Encrypt on resource: ${Arn} with an explicit deny in a ${one.layer}`,
    );
  });

  test.each(settings.filter((one) => one.silent !== false))('a $layer that does not allow it', (one) => {
    const { Arn, message, who } = setting(silent, one);
    expect(message).toBe(
      `User: ${who.principal.arn} is not authorized to perform: kms:Encrypt on resource: ${Arn} because no ${one.layer} allows the kms:Encrypt action`,
    );
  });

  test('of the caller are told beside another account’s key, those of the key are not', () => {
    const engine = new TestEngine();
    const { Arn } = engine.createKey({ Policy: delegatingTo(ours, theirs) });
    const call = () => engine.refusal('Encrypt', { KeyId: Arn, Plaintext: utf8('x') }, stranger).message;
    controlled(engine, policyText(...saying), [], theirs);
    expect(call()).toMatch(/with an explicit deny in a service control policy$/);
    controlled(engine, policyText(everything), [withPrincipal(saying)], ours);
    expect(call()).toBe(texts.foreign(stranger, 'kms:Encrypt'));
  });

  test('a call without a key says which layer it was', () => {
    const engine = new TestEngine();
    controlled(engine, policyText(...saying, denying('kms:ListKeys')), []);
    expect(engine.refusal('ListKeys', {}).message).toBe(
      `User: ${administratorOf(ours)} is not authorized to perform: kms:ListKeys on resource: * with an explicit deny in a service control policy`,
    );
  });
});

describe('the decision behind it', () => {
  function refused(): KmsError {
    const engine = new TestEngine();
    engine.attach(user.principal.arn, everything, { ...denied, Sid: 'NoEncryption' });
    return engine.error('Encrypt', { KeyId: engine.createKey().Arn, Plaintext: utf8('x') }, user);
  }

  test('comes with the error', () => {
    expect(refused().decision).toMatchObject({
      outcome: 'ExplicitDeny',
      reason: 'explicit deny',
      decidedBy: { policyType: 'identity policy', policy: 'p', statement: 1, sid: 'NoEncryption' },
    });
  });

  test('does not come out of the process with it', () => {
    const error = refused();
    expect(Object.keys(error)).not.toContain('decision');
    expect(JSON.stringify(error)).not.toContain('NoEncryption');
    expect(inspect(error)).not.toContain('NoEncryption');
    expect({ ...error }).not.toHaveProperty('decision');
  });

  test('also comes with the refusal of a key that is not there', () => {
    const engine = new TestEngine();
    const absent = `arn:aws:kms:${home}:${ours}:key/12345678-1234-1234-1234-123456789012`;
    expect(engine.error('DescribeKey', { KeyId: absent }, stranger).decision?.outcome).toBe('ImplicitDeny');
  });

  test('no other error has one', () => {
    const engine = new TestEngine();
    expect(engine.error('DescribeKey', { KeyId: 'none' })).not.toHaveProperty('decision');
  });
});
