// Laws of reading ARNs.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { parsePrincipal } from '../src/principal.ts';

const text = (letters: string, limits: fc.StringConstraints): fc.Arbitrary<string> =>
  fc.string({ ...limits, unit: fc.constantFrom(...letters) });
const name = text('abzAZ09_+=,.@-', { minLength: 1, maxLength: 64 });
const account = text('0123456789', { minLength: 12, maxLength: 12 });
const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b');

describe('parsePrincipal', () => {
  test.prop([fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'arn:aws:iam::0123root/user*?\n') }))])(
    'never throws, and gives back the text it took',
    (arn) => {
      const principal = parsePrincipal(arn);
      if (principal) expect(principal.arn).toBe(arn);
    },
  );

  test.prop([fc.constantFrom('user', 'role'), partition, account, fc.array(name, { maxLength: 4 }), name])(
    'finds account, partition and kind of a user or role under any path',
    (kind, where, owner, path, last) => {
      const arn = `arn:${where}:iam::${owner}:${[kind, ...path, last].join('/')}`;
      expect(parsePrincipal(arn)).toEqual({ kind, arn, account: owner, partition: where });
    },
  );

  test.prop([partition, account, name, name])('finds the role of a session', (where, owner, role, session) => {
    const arn = `arn:${where}:sts::${owner}:assumed-role/${role}/${session}`;
    const roleArn = `arn:${where}:iam::${owner}:role/${role}`;
    expect(parsePrincipal(arn)).toEqual({ kind: 'session', arn, account: owner, roleArn, partition: where });
    expect(parsePrincipal(roleArn)?.kind).toBe('role');
  });
});
