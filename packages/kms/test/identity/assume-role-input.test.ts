// What an AssumeRole request must be, in the words of the services.

import { describe, expect, test } from 'vitest';
import { inputProblem, notBuiltMember, packedPolicySize } from '../../src/identity/assume-role-input.ts';
import { ours } from '../engine.ts';

const good = { RoleArn: `arn:aws:iam::${ours}:role/App`, RoleSessionName: 'run-1' };

describe('a request', () => {
  test.each([
    [{}],
    [{ DurationSeconds: 900 }],
    [{ DurationSeconds: 43_200, ExternalId: 'a:b/c', SourceIdentity: 'Ann', Tags: [{ Key: 'k', Value: '' }] }],
  ])('with %j is right', (more) => expect(inputProblem({ ...good, ...more })).toBeUndefined());

  test.each([
    [
      { RoleArn: '' },
      "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null",
    ],
    [
      { RoleArn: 'App' },
      "Value 'App' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
    ],
    [
      { RoleSessionName: 'x' },
      "'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      { RoleSessionName: 'a b' },
      "Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    ],
    [
      { DurationSeconds: 899 },
      "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    ],
    [{ DurationSeconds: 43_201 }, 'Member must have value less than or equal to 43200'],
    [{ DurationSeconds: Number.NaN }, 'greater than or equal to 900'],
    [
      { Policy: ' '.repeat(2049) },
      "at 'policy' failed to satisfy constraint: Member must have length less than or equal to 2048",
    ],
    [{ ExternalId: 'a b' }, "Value 'a b' at 'externalId'"],
    [{ Tags: Array.from({ length: 51 }, (_, at) => ({ Key: `k${at}`, Value: '' })) }, "Value at 'tags' failed"],
    [
      { Tags: [{ Key: '', Value: '' }] },
      "at 'tags.1.member.key' failed to satisfy constraint: Member must have length greater",
    ],
    [{ Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] }, "at 'tags.1.member.value' failed"],
    // What is there and empty is not what is absent.
    [{ ExternalId: '' }, "Value '' at 'externalId' failed to satisfy constraint: Member must have length greater"],
    [{ SourceIdentity: '' }, "Value '' at 'sourceIdentity' failed"],
    [{ Policy: '' }, "Value '' at 'policy' failed"],
  ])('with %o is wrong', (more, words) => expect(inputProblem({ ...good, ...more })).toContain(words));

  // The names of tags are compared without regard to case: of two such tags a trust policy would see one and a key policy the other.
  test.each([
    ['the same name twice', ['a', 'a']],
    ['names that differ in case alone', ['team', 'Team']],
    ['names that differ in case alone, in any letters', ['Ämter', 'ämter']],
  ])('with tags of %s is wrong', (_what, keys) => {
    const Tags = keys.map((Key) => ({ Key, Value: 'blue' }));
    expect(inputProblem({ ...good, Tags })).toBe(
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
  });

  test.each([[{ Key: 'aws:team', Value: 'a' }], [{ Key: 'AWS:team', Value: 'a' }], [{ Key: 'team', Value: 'aws:a' }]])(
    'with the tag %j of AWS is wrong',
    (tag) => {
      expect(inputProblem({ ...good, Tags: [tag] })).toBe(
        'Tag keys and values that begin with aws: are reserved for AWS.',
      );
    },
  );

  test('several mistakes are told together', () => {
    expect(inputProblem({ ...good, RoleArn: '', DurationSeconds: 1 })).toMatch(
      /^2 validation errors detected: .*; Value '1'/,
    );
  });
});

test('what would change the session and is not built is named; the rest is not looked at', () => {
  expect(notBuiltMember({ ...good, others: ['Action', 'Version', 'Unheard'] })).toBeUndefined();
  expect(notBuiltMember({ ...good, others: ['Action', 'PolicyArns'] })).toBe('PolicyArns');
  expect(notBuiltMember(good)).toBeUndefined();
});

test('the packed size is a share of what fits', () => {
  expect(packedPolicySize(good)).toEqual({});
  expect(packedPolicySize({ ...good, Policy: ' '.repeat(1024) })).toEqual({ PackedPolicySize: 50 });
  expect(packedPolicySize({ ...good, Tags: [{ Key: 'k', Value: 'v' }] })).toEqual({ PackedPolicySize: 1 });
});
