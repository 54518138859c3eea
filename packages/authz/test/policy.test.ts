// Whole documents.

import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../src/policy.ts';
import { DEFAULT_KEY_POLICY, KEY, keyPolicy, OWNER, rootOf } from './sample.ts';

const STATEMENT = { Effect: 'Allow', Principal: { AWS: rootOf(OWNER) }, Action: 'kms:*', Resource: '*' };

describe('parsePolicy', () => {
  test('reads the default key policy', () => {
    expect(DEFAULT_KEY_POLICY).toMatchObject({
      policyType: 'key policy',
      version: '2012-10-17',
      id: 'key-default-1',
      statements: [{ index: 0, sid: 'Enable IAM User Permissions', effect: 'Allow', notEvaluated: [] }],
    });
  });

  test('keeps the text as it was given', () => {
    const text = ` {"Statement" : ${JSON.stringify(STATEMENT)} }\n`;
    const parsed = parsePolicy(text, 'key policy');
    expect(parsed.ok && parsed.policy.text).toBe(text);
  });

  test.each([
    ['2012-10-17', '2012-10-17'],
    ['2008-10-17', '2008-10-17'],
    [undefined, '2008-10-17'],
  ])('reads Version %s as %s', (Version, expected) => {
    const parsed = parsePolicy(JSON.stringify({ Version, Statement: STATEMENT }), 'key policy');
    expect(parsed.ok && parsed.policy.version).toBe(expected);
  });

  test('refuses two members of one name, of which JSON would keep the last', () => {
    const text = `{"Statement":{"Effect":"Deny","Effect":"Allow","Action":"kms:Decrypt","Resource":"${KEY}"}}`;
    expect(parsePolicy(text, 'identity policy')).toEqual({
      ok: false,
      problem: 'Policy has the member "Effect" twice.',
    });
  });

  test('keeps apart what can deny and what can allow', () => {
    const condition = { StringResembles: { 'kms:CallerAccount': OWNER } };
    const { denies, allows, statements } = keyPolicy(
      STATEMENT,
      { ...STATEMENT, Condition: condition },
      { ...STATEMENT, Effect: 'Deny', Condition: condition },
    );
    expect(statements).toHaveLength(3);
    expect(allows.map(({ index }) => index)).toEqual([0]);
    expect(denies.map(({ index }) => index)).toEqual([2]);
  });

  test('finds a member called __proto__ unknown, like any other', () => {
    const inside = `{"Statement":{"__proto__":{},"Effect":"Allow","Action":"*","Resource":"*"}}`;
    const parsed = parsePolicy(inside, 'identity policy');
    expect(parsed.ok && parsed.policy.statements[0]?.notEvaluated).toEqual(['__proto__']);
    const outside = `{"__proto__":{},"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`;
    expect(parsePolicy(outside, 'identity policy')).toEqual({
      ok: false,
      problem: 'Policy has an unknown element: "__proto__".',
    });
  });

  test.each([
    ['not JSON', 'Policy is not valid JSON.'],
    ['null', 'Policy is not a JSON object.'],
    ['[]', 'Policy is not a JSON object.'],
    ['"text"', 'Policy is not a JSON object.'],
    ['{}', 'Policy has no Statement.'],
    ['{"Statement":[]}', 'Policy has no Statement.'],
    ['{"Statement":null}', 'Policy statement 0 is not a JSON object.'],
    ['{"Statement":["x"]}', 'Policy statement 0 is not a JSON object.'],
    ['{"Statement":{},"Statements":{}}', 'Policy has an unknown element: "Statements".'],
    ['{"Version":"2012-10-18","Statement":{}}', 'Policy Version is not 2012-10-17 or 2008-10-17.'],
    ['{"Version":null,"Statement":{}}', 'Policy Version is not 2012-10-17 or 2008-10-17.'],
    ['{"Id":1,"Statement":{}}', 'Policy Id is not a string.'],
    ['{"Statement":{"Effect":"Allow"}}', 'Policy contains a statement with no principal.'],
    ['{"Statement":{"Effect":"Maybe"}}', 'Policy statement 0: Effect is neither Allow nor Deny.'],
  ])('refuses %s', (text, problem) => {
    expect(parsePolicy(text, 'key policy')).toEqual({ ok: false, problem });
  });

  test('refuses a key policy over 32,768 bytes, however many characters they are', () => {
    const sized = (bytes: number, fill: string) => {
      const text = JSON.stringify({ Statement: { ...STATEMENT, Sid: '' } });
      return text.replace(
        '"Sid":""',
        `"Sid":"${fill.repeat((bytes - text.length) / new TextEncoder().encode(fill).length)}"`,
      );
    };
    expect(parsePolicy(sized(32_768, 'x'), 'key policy').ok).toBe(true);
    expect(parsePolicy(sized(32_770, 'x'), 'key policy')).toEqual({
      ok: false,
      problem: 'Policy is longer than 32768 bytes.',
      tooLong: true,
    });
    expect(parsePolicy(sized(32_770, 'é'), 'key policy')).toMatchObject({ tooLong: true });
    const { Principal: _, ...own } = STATEMENT;
    expect(parsePolicy(JSON.stringify({ Statement: { ...own, Sid: 'x'.repeat(40_000) } }), 'identity policy').ok).toBe(
      true,
    );
  });

  test('refuses characters beyond Latin-1 in a key policy, not in others', () => {
    const text = (more: object) => JSON.stringify({ Id: 'ключ', Statement: { ...STATEMENT, ...more } });
    expect(parsePolicy(text({}), 'key policy').ok).toBe(false);
    expect(parsePolicy(text({ Principal: undefined }), 'identity policy').ok).toBe(true);
  });

  test('refuses ForAllValues on a key of one value, as KMS does', () => {
    const written = (key: string, effect = 'Allow') =>
      parsePolicy(
        JSON.stringify({
          Statement: { ...STATEMENT, Effect: effect, Condition: { 'ForAllValues:StringEquals': { [key]: 'x' } } },
        }),
        'key policy',
      );
    const problem =
      'OverlyPermissiveCondition: Using the ForAllValues set operator with a single-valued condition key matches requests without the specified encryption context or with an unspecified encryption context. To fix, remove ForAllValues.';
    expect(written('kms:EncryptionContext:Stage')).toEqual({ ok: false, problem });
    expect(written('KMS:encryptioncontext:Stage', 'Deny')).toEqual({ ok: false, problem });
    expect(written('aws:RequestTag/Cost')).toEqual({
      ok: false,
      problem: problem.replaceAll('encryption context', 'tag'),
    });
    expect(written('kms:EncryptionContextKeys').ok).toBe(true);
  });

  test('refuses a group as a principal, in KMS words', () => {
    const Principal = { AWS: `arn:aws:iam::${OWNER}:group/Developers` };
    expect(parsePolicy(JSON.stringify({ Statement: { ...STATEMENT, Principal } }), 'key policy')).toEqual({
      ok: false,
      problem: 'Policy contains a statement with one or more invalid principals.',
    });
  });
});
