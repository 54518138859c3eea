// Conditions as a statement asks them: sets, missing keys, variables.

import { describe, expect, test } from 'vitest';
import { compileCondition, type Judgement, judge } from '../src/condition.ts';
import { CONDITION_KEYS, findConditionKey, foldName } from '../src/condition-keys.ts';
import { type ContextValue, contextOf } from '../src/context.ts';
import type { PolicyType, PolicyVersion } from '../src/policy-type.ts';
import { KEY, principal, role, rootOf, session, user } from './sample.ts';

interface Situation {
  readonly context?: Readonly<Record<string, ContextValue>>;
  readonly caller?: string;
  readonly resource?: string;
  readonly policyType?: PolicyType;
  readonly version?: PolicyVersion;
}

function ask(condition: object, situation: Situation = {}): Judgement {
  const { context = {}, caller = user('Alice'), resource = KEY, policyType = 'identity policy' } = situation;
  const compiled = compileCondition(condition, situation.version ?? '2012-10-17');
  if (!compiled.ok) throw new Error(compiled.problem);
  const asked = {
    principal: principal(caller),
    action: 'kms:Decrypt',
    resource,
    context: contextOf(Object.entries(context)),
    now: Date.UTC(2024, 5, 1),
  };
  const judgements = compiled.clauses.map((clause) => judge(clause, asked, policyType));
  return judgements.find((judgement) => judgement !== 'holds') ?? 'holds';
}

const ONE = 'kms:ViaService';
const MANY = 'kms:EncryptionContextKeys';

describe('a key that the request does not have', () => {
  test.each([
    ['StringEquals', 'fails'],
    ['StringLike', 'fails'],
    ['StringNotEquals', 'holds'],
    ['StringNotLike', 'holds'],
    ['StringEqualsIfExists', 'holds'],
    ['StringNotEqualsIfExists', 'holds'],
    ['ForAllValues:StringEquals', 'holds'],
    ['ForAllValues:StringNotEquals', 'holds'],
    ['ForAnyValue:StringEquals', 'fails'],
    ['ForAnyValue:StringNotEquals', 'fails'],
    ['ForAnyValue:StringEqualsIfExists', 'holds'],
  ])('%s %s', (operator, expected) => {
    expect(ask({ [operator]: { [ONE]: 'x' } })).toBe(expected);
    expect(ask({ [operator]: { [MANY]: 'x' } })).toBe(expected);
    // A list without values is no value.
    expect(ask({ [operator]: { [MANY]: 'x' } }, { context: { [MANY]: [] } })).toBe(expected);
  });

  test.each([
    [{ Null: { [ONE]: 'true' } }, 'holds', 'fails'],
    [{ Null: { [ONE]: true } }, 'holds', 'fails'],
    [{ Null: { [ONE]: 'False' } }, 'fails', 'holds'],
    [{ Null: { [ONE]: ['true', 'false'] } }, 'holds', 'holds'],
    [{ Null: { [ONE]: [] } }, 'fails', 'fails'],
    [{ Null: { [ONE]: 'maybe' } }, 'fails', 'fails'],
  ] as const)('%j: without it %s, with it %s', (condition, without, withIt) => {
    expect(ask(condition)).toBe(without);
    expect(ask(condition, { context: { [ONE]: '' } })).toBe(withIt);
  });
});

describe('a key of many values', () => {
  const keys = (...values: string[]): Situation => ({ context: { [MANY]: values } });

  test.each([
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], 'holds'],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], 'fails'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'a'], 'holds'],
    ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], 'fails'],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'c'], 'holds'],
    ['ForAllValues:StringNotEquals', ['a'], ['b', 'a'], 'fails'],
    ['ForAnyValue:StringNotEquals', ['a'], ['b', 'a'], 'holds'],
    ['ForAnyValue:StringNotEquals', ['a'], ['a'], 'fails'],
    ['ForAllValues:StringEquals', [], ['a'], 'fails'],
    ['ForAllValues:StringNotEquals', [], ['a'], 'holds'],
  ] as const)('%s %j of %j %s', (operator, written, values, expected) => {
    expect(ask({ [operator]: { [MANY]: written } }, keys(...values))).toBe(expected);
  });

  test('is no match for an operator that takes one, be it negated or not', () => {
    for (const operator of ['StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIfExists']) {
      expect(ask({ [operator]: { [MANY]: ['a', 'x'] } }, keys('a', 'b'))).toBe('fails');
      expect(ask({ [operator]: { [MANY]: 'a' } }, keys('a'))).toBe('fails');
    }
  });

  test('with more aliases than KMS looks at cannot be judged', () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, index) => `alias/${index}`);
    const of = (count: number): Situation => ({ context: { 'kms:ResourceAliases': aliases(count) } });
    const condition = { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/7' } };
    expect(ask(condition, of(50))).toBe('holds');
    expect(ask(condition, of(51))).toBe('cannot be judged');
  });
});

describe('a key of one value', () => {
  test.each(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists'])(
    'of which the request has several cannot be judged by %s',
    (operator) => {
      expect(ask({ [operator]: { [ONE]: 'a' } }, { context: { [ONE]: ['a', 'b'] } })).toBe('cannot be judged');
      expect(ask({ [operator]: { [ONE]: 'a' } }, { context: { [ONE]: ['b', 'b'] } })).toBe('cannot be judged');
    },
  );

  test('may come as a list of one', () => {
    expect(ask({ StringEquals: { [ONE]: 'a' } }, { context: { [ONE]: ['a'] } })).toBe('holds');
  });

  test('that fills a variable cannot be judged where the request has several', () => {
    const context = { 'kms:EncryptionContext:A': '1', 'kms:EncryptionContext:a': '2', [ONE]: '1' };
    for (const operator of ['StringEquals', 'StringNotEquals', 'ForAnyValue:StringLike'])
      expect(ask({ [operator]: { [ONE]: '${kms:EncryptionContext:a}' } }, { context })).toBe('cannot be judged');
  });
});

describe('names and values', () => {
  test('a name is read in any case, of the request and of the policy', () => {
    expect(ask({ StringEquals: { 'KMS:VIASERVICE': 'x' } }, { context: { 'kms:viaService': 'x' } })).toBe('holds');
  });

  test('two pairs that differ only in case are two values of one key', () => {
    const context = { 'kms:EncryptionContext:A': '1', 'kms:EncryptionContext:a': '2' };
    expect(ask({ StringEquals: { 'kms:EncryptionContext:A': '1' } }, { context })).toBe('cannot be judged');
    expect(ask({ 'ForAnyValue:StringEquals': { 'kms:EncryptionContext:A': '1' } }, { context })).toBe('holds');
  });

  test('JSON numbers and truth values are texts', () => {
    expect(ask({ Bool: { 'kms:MultiRegion': true } }, { context: { 'kms:MultiRegion': 'true' } })).toBe('holds');
    const days = { context: { 'kms:RotationPeriodInDays': '90' } };
    expect(ask({ NumericEquals: { 'kms:RotationPeriodInDays': [90, 365] } }, days)).toBe('holds');
  });

  test('tags and aliases are not for key policies and endpoint policies', () => {
    const situation = { context: { 'aws:ResourceTag/A': '1', 'kms:ResourceAliases': ['alias/a'] } };
    const conditions = [
      { StringEquals: { 'aws:ResourceTag/A': '1' } },
      { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } },
    ];
    for (const condition of conditions) {
      expect(ask(condition, situation)).toBe('holds');
      expect(ask(condition, { ...situation, policyType: 'resource control policy' })).toBe('holds');
      expect(ask(condition, { ...situation, policyType: 'key policy' })).toBe('fails');
      expect(ask(condition, { ...situation, policyType: 'VPC endpoint policy' })).toBe('fails');
    }
  });

  test('an alias has no properties of a key', () => {
    const situation = { resource: 'arn:aws:kms:us-west-2:111122223333:alias/a', context: { [ONE]: 'x' } };
    expect(ask({ StringEquals: { [ONE]: 'x' } }, situation)).toBe('fails');
    expect(ask({ StringEquals: { 'aws:username': 'Alice' } }, situation)).toBe('holds');
  });
});

describe('what follows from the request itself', () => {
  test.each([
    [user('team/Alice'), 'aws:username', 'Alice'],
    [session('App/s1'), 'aws:username', undefined],
    [session('App/s1'), 'aws:PrincipalArn', role('App')],
    [user('Alice'), 'aws:PrincipalArn', user('Alice')],
    [rootOf('111122223333'), 'aws:PrincipalArn', rootOf('111122223333')],
    ['s3.amazonaws.com', 'aws:PrincipalArn', undefined],
    [user('Alice'), 'kms:CallerAccount', '111122223333'],
    ['s3.amazonaws.com', 'kms:CallerAccount', undefined],
    [user('Alice'), 'aws:PrincipalIsAWSService', 'false'],
    ['s3.amazonaws.com', 'aws:PrincipalIsAWSService', 'true'],
    ['s3.amazonaws.com', 'aws:PrincipalServiceName', 's3.amazonaws.com'],
    [session('App/s1'), 'aws:PrincipalType', 'AssumedRole'],
    [user('Alice'), 'aws:ResourceAccount', '111122223333'],
    [user('Alice'), 'aws:CurrentTime', '2024-06-01T00:00:00.000Z'],
    [user('Alice'), 'aws:EpochTime', '1717200000'],
  ])('%s: %s is %s', (caller, key, expected) => {
    const known = expected === undefined ? { Null: { [key]: 'true' } } : { StringEquals: { [key]: expected } };
    expect(ask(known, { caller })).toBe('holds');
  });

  test('is overruled by the context', () => {
    expect(ask({ StringEquals: { 'aws:username': 'Bob' } }, { context: { 'aws:username': 'Bob' } })).toBe('holds');
  });
});

describe('a policy variable in a condition', () => {
  const context = { 'kms:EncryptionContext:user': 'Alice', 'aws:PrincipalTag/star': '*', [ONE]: 'a*$?' };
  const value = (written: string, operator = 'StringEquals', key = 'kms:EncryptionContext:user'): Judgement =>
    ask({ [operator]: { [key]: written } }, { context });

  test.each([
    ['${aws:username}', 'holds'],
    ['${AWS:USERNAME}', 'holds'],
    ['${aws:userid}', 'fails'],
    ["${aws:userid, 'Alice'}", 'holds'],
    ["${aws:userid,'Alice'}", 'holds'],
    ["${aws:username, 'Bob'}", 'holds'],
    ["${aws:userid, ''}Alice", 'holds'],
    ['${aws:username', undefined],
    ['${}', undefined],
    ['${aws:nobody}', undefined],
    ["${aws:nobody, 'Alice'}", undefined],
    ['${a${aws:username}}', undefined],
    ['${kms:EncryptionContextKeys}', undefined],
  ])('%s %s', (written, expected) => {
    if (expected !== undefined) return expect(value(written)).toBe(expected);
    const compiled = compileCondition({ StringEquals: { 'kms:EncryptionContext:user': written } }, '2012-10-17');
    expect(compiled).toMatchObject({
      ok: true,
      clauses: [],
      notEvaluated: [expect.stringContaining('policy variable')],
    });
  });

  test('stands for itself in a special form', () => {
    expect(value('a${*}${$}${?}', 'StringEquals', ONE)).toBe('holds');
    expect(value('a${*}${$}${?}', 'StringLike', ONE)).toBe('holds');
    expect(value('a${*}', 'StringLike')).toBe('fails');
    expect(value('A*${?}', 'StringLike')).toBe('fails');
  });

  test('brings no wildcard of its own', () => {
    expect(value('${aws:PrincipalTag/star}', 'StringLike')).toBe('fails');
    expect(value('*', 'StringLike')).toBe('holds');
  });

  test('that stays empty matches nothing, so its opposite holds', () => {
    expect(value('${aws:userid}', 'StringNotEquals')).toBe('holds');
  });

  test('is plain text before 2012-10-17', () => {
    const old = { version: '2008-10-17', context: { [ONE]: '${aws:username}' } } as const;
    expect(ask({ StringEquals: { [ONE]: '${aws:username}' } }, old)).toBe('holds');
  });
});

describe('the table of condition keys', () => {
  test('finds every name in any case, and families by their beginning', () => {
    for (const { name } of CONDITION_KEYS) {
      const whole = name.endsWith('PCR') ? `${name}7` : /[:/]$/.test(name) ? `${name}Some Thing` : name;
      expect(findConditionKey(foldName(whole.toUpperCase()))?.name).toBe(name);
    }
  });

  test.each([
    ['kms:recipientattestation:pcr32'],
    ['kms:recipientattestation:pcr'],
    ['kms:encryptioncontext:'],
    ['aws:resourcetag/'],
    ['aws:nothing'],
    ['kms:encapsulationalgorithm'],
    ['constructor'],
    [''],
  ])('does not know %j', (name) => {
    expect(findConditionKey(name)).toBeUndefined();
  });
});
