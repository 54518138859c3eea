// What holds for every operation on one key: how the key may be named, whose it may be, who may call, in which states.

import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../src/api/shapes.ts';
import type { OperationInputs } from '../../src/api/types.ts';
import {
  abroad,
  admin,
  administratorOf,
  caller,
  delegatingTo,
  everything,
  home,
  ours,
  policyText,
  stranger,
  TestEngine,
  texts,
  theirs,
} from '../engine.ts';

/** `works`, or the class of the error that the state brings. */
type InState = 'works' | 'DisabledException' | 'KMSInvalidStateException' | 'UnsupportedOperationException';

export interface KeySuite<Name extends OperationName> {
  readonly operation: Name;
  /** What kind of key it is about; a symmetric one of KMS when absent. */
  readonly key?: OperationInputs['CreateKey'];
  /** Makes what the operation needs beside the key, and returns how to ask by a name of the key. */
  prepare(engine: TestEngine, keyArn: string): (name: string) => OperationInputs[Name];
  /** any: key id, key ARN, alias name, alias ARN; key: the first two. */
  readonly names: 'any' | 'key';
  readonly otherAccounts: boolean;
  /** Absent: the tests of the operation say it. */
  readonly disabled?: InState;
  readonly pendingDeletion?: InState;
  readonly pendingImport?: InState;
  /** The permission is on no key: the key only chooses. */
  readonly keyIsFilter?: true;
  /** Something else is looked for first, and is not there in another Region. */
  readonly homeOnly?: true;
  /** Of the permission on the key; `kms:` and the operation when absent. */
  readonly action?: string;
  /** A success marks the key as used. */
  readonly used?: true;
  /** A ciphertext names the key too: then its id alone is enough from another account. */
  readonly ciphertextNames?: true;
  /** The operation has no InvalidArnException in its model. */
  readonly invalidArn?: 'NotFoundException';
}

const unknownId = '12345678-1234-1234-1234-123456789012';
const arnOf = (region: string, account: string, rest: string): string => `arn:aws:kms:${region}:${account}:${rest}`;

export function aboutKey<Name extends OperationName>(suite: KeySuite<Name>): void {
  const { operation, names, invalidArn = 'InvalidArnException' } = suite;
  const action = suite.action ?? `kms:${operation}`;
  // A key to name, with an alias, and the question by name.
  const set = (input?: OperationInputs['CreateKey']) => {
    const engine = new TestEngine();
    const key = engine.createKey({ ...suite.key, ...input });
    engine.call('CreateAlias', { AliasName: 'alias/named', TargetKeyId: key.KeyId });
    return { engine, key, ask: suite.prepare(engine, key.Arn) };
  };
  const alias = arnOf(home, ours, 'alias/named');

  describe('the name of the key', () => {
    test('key id', () => {
      const { engine, key, ask } = set();
      engine.call(operation, ask(key.KeyId));
    });

    test('key ARN', () => {
      const { engine, key, ask } = set();
      engine.call(operation, ask(key.Arn));
    });

    test('alias name', () => {
      const { engine, ask } = set();
      if (names === 'any') engine.call(operation, ask('alias/named'));
      else {
        expect(engine.refusal(operation, ask('alias/named'))).toEqual({
          code: invalidArn,
          message: 'Key Aliases are not supported for this operation.',
        });
      }
    });

    test('alias ARN', () => {
      const { engine, ask } = set();
      if (names === 'any') engine.call(operation, ask(alias));
      else {
        expect(engine.refusal(operation, ask(alias))).toEqual({
          code: invalidArn,
          message: 'Key Aliases are not supported for this operation.',
        });
      }
    });

    const anyOnly: (readonly [name: string, code: string, message: string])[] = [
      ['alias/none', 'NotFoundException', `Alias ${arnOf(home, ours, 'alias/none')} is not found.`],
      [arnOf(home, ours, 'alias/none'), 'NotFoundException', `Alias ${arnOf(home, ours, 'alias/none')} is not found.`],
      [arnOf(abroad, ours, 'alias/named'), 'NotFoundException', `Invalid arn ${abroad}`],
    ];
    const refused: (readonly [name: string, code: string, message: string])[] = [
      // Recordings describe-malformed-key-id, describe-nonexistent-key, describe-key-across-regions.
      [unknownId, 'NotFoundException', `Key '${arnOf(home, ours, `key/${unknownId}`)}' does not exist`],
      [
        arnOf(home, ours, `key/${unknownId}`),
        'NotFoundException',
        `Key '${arnOf(home, ours, `key/${unknownId}`)}' does not exist`,
      ],
      [arnOf(abroad, ours, `key/${unknownId}`), 'NotFoundException', `Invalid arn ${abroad}`],
      [
        unknownId.toUpperCase().replaceAll('1', 'A'),
        'NotFoundException',
        `Invalid keyId '${unknownId.replaceAll('1', 'A')}'`,
      ],
      [unknownId.replaceAll('-', ''), 'NotFoundException', `Invalid keyId '${unknownId.replaceAll('-', '')}'`],
      [arnOf(home, ours, 'key/none'), 'NotFoundException', "Invalid keyId 'none'"],
      ['arn:aws:kms:us-east-1:12:key/x', invalidArn, 'Invalid arn arn:aws:kms:us-east-1:12:key/x'],
      ['arn:aws:s3:::bucket', invalidArn, 'Invalid arn arn:aws:s3:::bucket'],
      [arnOf('cn-north-1', ours, 'key/x'), invalidArn, `Invalid arn ${arnOf('cn-north-1', ours, 'key/x')}`],
      ...(names === 'any' ? anyOnly : []),
    ];
    test.each(refused)('%s is refused', (name, code, message) => {
      const { engine, ask } = set();
      expect(engine.refusal(operation, ask(name))).toEqual({ code, message });
    });

    const elsewhere = () => {
      const { engine, key, ask } = set();
      const there = caller(administratorOf(ours), abroad);
      expect(engine.refusal(operation, ask(key.KeyId), there)).toEqual({
        code: 'NotFoundException',
        message: `Key '${arnOf(abroad, ours, `key/${key.KeyId}`)}' does not exist`,
      });
    };
    if (!suite.homeOnly) test('the key is looked for in the Region of the call', elsewhere);
  });

  describe('a key of another account', () => {
    const shared = { Policy: delegatingTo(ours, theirs) };

    test(suite.otherAccounts ? 'works when both accounts allow it' : 'is refused, whatever the policies say', () => {
      const { engine, key, ask } = set(shared);
      if (suite.otherAccounts) engine.call(operation, ask(key.Arn), stranger);
      else expect(engine.refusal(operation, ask(key.Arn), stranger).message).toBe(texts.foreign(stranger, action));
    });

    const byAlias = () => {
      const { engine, ask } = set(shared);
      engine.call(operation, ask(alias), stranger);
    };
    if (names === 'any' && suite.otherAccounts) test('works by alias ARN', byAlias);

    const notById = () => {
      const { engine, key, ask } = set(shared);
      expect(engine.refusal(operation, ask(key.KeyId), stranger)).toEqual({
        code: 'NotFoundException',
        message: `Key '${arnOf(home, theirs, `key/${key.KeyId}`)}' does not exist`,
      });
    };
    const byId = () => {
      const { engine, key, ask } = set(shared);
      engine.call(operation, ask(key.KeyId), stranger);
    };
    if (suite.ciphertextNames) test('works by its bare id', byId);
    else test('is not found by its bare id', notById);

    // authz.md section 9: existence is hidden.
    test('one that may not be used and one that is not there are refused in the same words', () => {
      const { engine, key, ask } = set();
      const poor = engine.attach(`arn:aws:iam::${theirs}:user/poor`);
      for (const who of [stranger, poor]) {
        const denied = engine.refusal(operation, ask(key.Arn), who);
        expect(denied.code).toBe('AccessDeniedException');
        expect(engine.refusal(operation, ask(arnOf(home, ours, `key/${unknownId}`)), who)).toEqual(denied);
        if (names === 'key') continue;
        expect(engine.refusal(operation, ask(alias), who)).toEqual(denied);
        expect(engine.refusal(operation, ask(arnOf(home, ours, 'alias/none')), who)).toEqual(denied);
      }
      expect(engine.refusal(operation, ask(key.Arn), stranger).message).toBe(texts.foreign(stranger, action));
    });
  });

  const whoMay = () => {
    test('nobody without a policy that says so', () => {
      const { engine, key, ask } = set();
      const user = engine.attach(`arn:aws:iam::${ours}:user/nobody`);
      const { code, message } = engine.refusal(operation, ask(key.Arn), user);
      expect(code).toBe('AccessDeniedException');
      expect(message).toContain('because no identity-based policy allows');
    });

    test('nobody whom the key policy leaves out', () => {
      const user = caller(`arn:aws:iam::${ours}:user/outsider`);
      const policy = policyText({ ...everything, Principal: { AWS: administratorOf(ours) } });
      const { engine, key, ask } = set({ Policy: policy });
      engine.attach(user.principal.arn, everything);
      const { code, message } = engine.refusal(operation, ask(key.Arn), user);
      expect(code).toBe('AccessDeniedException');
      expect(message).toBe(texts.noKeyPolicy(user, action, key.Arn));
    });

    test('nobody whom a policy denies it', () => {
      const { engine, key, ask } = set();
      const user = engine.attach(`arn:aws:iam::${ours}:user/denied`, everything, {
        Effect: 'Deny',
        Action: action,
        Resource: key.Arn,
      });
      expect(engine.refusal(operation, ask(key.Arn), user)).toEqual({
        code: 'AccessDeniedException',
        message: `User: ${user.principal.arn} is not authorized to perform: ${action} on resource: ${key.Arn} with an explicit deny in an identity-based policy`,
      });
    });
  };

  if (!suite.keyIsFilter) describe('who may', whoMay);

  const whichState = () => {
    const { disabled, pendingDeletion, pendingImport } = suite;

    const cases = [
      ['DisableKey', 'Disabled', disabled, 'is disabled.'],
      ['ScheduleKeyDeletion', 'PendingDeletion', pendingDeletion, 'is pending deletion.'],
    ] as const;
    for (const [bring, state, expected, words] of cases) {
      if (expected === undefined) continue;
      test(`${state}: ${expected}`, () => {
        const { engine, key, ask } = set();
        const input = ask(key.KeyId);
        engine.call(bring, { KeyId: key.KeyId });
        expectInState(engine, input, expected, `${key.Arn} ${words}`);
      });
    }

    const pending = () => {
      const { engine, ask } = set();
      const { Arn } = engine.createKey({ ...suite.key, Origin: 'EXTERNAL' });
      const words = {
        UnsupportedOperationException: `${Arn} origin is EXTERNAL which is not valid for this operation.`,
      };
      const message = words[pendingImport as keyof typeof words] ?? `${Arn} is pending import.`;
      expectInState(engine, ask(Arn), pendingImport, message);
    };
    if (pendingImport !== undefined) test(`PendingImport: ${pendingImport}`, pending);

    function expectInState(
      engine: TestEngine,
      input: OperationInputs[Name],
      expected: InState | undefined,
      message: string,
    ): void {
      if (expected === 'works') engine.call(operation, input);
      else expect(engine.refusal(operation, input)).toEqual({ code: expected, message });
    }
  };
  if (suite.disabled ?? suite.pendingDeletion ?? suite.pendingImport) describe('the state of the key', whichState);

  test(suite.used ? 'a success counts as use of the key' : 'is no use of the key', () => {
    const { engine, key, ask } = set();
    const input = ask(key.Arn);
    engine.wait(1000);
    const at = engine.now;
    engine.call(operation, input);
    engine.wait(1000);
    // A refusal is no use.
    engine.error(operation, ask(unknownId), admin);
    const usage = engine.kms.state.get('usages', key.Arn);
    if (suite.used) expect(usage).toMatchObject({ operation, at });
    else expect(usage?.operation).not.toBe(operation);
  });
}
