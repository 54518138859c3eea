// Seeded bugs of who is let in.

import type { Bug } from './bug.ts';

const authz = (file: string): string => `packages/authz/src/${file}`;
const authzTest = (file: string): string => `packages/authz/test/${file}`;

export const authorization: readonly Bug[] = [
  {
    name: 'deny-on-one-action-only',
    harm: 'Only DescribeKey asks whether a policy denies it.',
    seenIn: 'moto',
    file: authz('authorize.ts'),
    find: 'const stopped = findDeny(request) ?? askGuardrails(request);',
    replace:
      "const stopped = (request.action === 'kms:DescribeKey' ? findDeny(request) : undefined) ?? askGuardrails(request);",
    caughtBy: [authzTest('authorize.test.ts')],
  },
  {
    name: 'broken-deny-is-dropped',
    harm: 'A Deny that cannot be judged denies nothing.',
    seenIn: 'gopherstack',
    file: authz('statement.ts'),
    find: "if (judgement === 'fails' || (judgement !== 'holds' && statement.effect === 'Allow')) return false;",
    replace: "if (judgement !== 'holds') return false;",
    caughtBy: [authzTest('layers.test.ts')],
  },
  {
    name: 'failed-evaluation-allows',
    harm: 'Whoever makes the evaluation throw is let in.',
    seenIn: 'floci, gopherstack',
    file: authz('authorize.ts'),
    find: "return refuse('the evaluation failed', request);",
    replace: "return new Verdict('Allow', 'allowed', false, request);",
    caughtBy: [authzTest('layers.test.ts')],
  },
  {
    name: 'unknown-action-is-let-through',
    harm: 'An action that is in no table is no business of authorization.',
    seenIn: 'floci, gopherstack',
    file: authz('authorize.ts'),
    find: "if (isUnknownAction(request.action)) return refuse('the action is unknown', request);",
    replace: "if (isUnknownAction(request.action)) return new Verdict('Allow', 'allowed', false, request);",
    caughtBy: [authzTest('layers.test.ts')],
  },
  {
    name: 'root-statement-grants',
    harm: 'The statement for the account lets everybody of the account in, without any IAM policy.',
    file: authz('authorize.ts'),
    find: "if (foreign || (hold === 'account' && kind !== 'root')) {",
    replace: 'if (foreign) {',
    caughtBy: [authzTest('authorize.test.ts')],
  },
  {
    name: 'if-exists-on-negated',
    harm: 'StringNotEqualsIfExists fails where the request has not the key, so the Deny that relies on it is silent.',
    file: authz('condition.ts'),
    find: 'const holds = clause.ifExists ||',
    replace: 'const holds = (clause.ifExists && !comparison.negated) || !clause.ifExists &&',
    caughtBy: [authzTest('condition.test.ts')],
  },
  {
    name: 'token-as-bearer',
    harm: 'A grant token works for whoever holds it, not for its grantee alone.',
    file: authz('grant-index.ts'),
    find: 'for (const key of own) first = this.#firstUnder(key, operation, asked, first);',
    replace: `for (const id of asked.tokens ?? []) {
      const grant = this.get(id);
      if (grant !== undefined && obstacleOf(grant, operation, asked) === undefined) return { grant, hold: 'named' };
    }
    for (const key of own) first = this.#firstUnder(key, operation, asked, first);`,
    caughtBy: [authzTest('grant-index.test.ts')],
  },
  {
    name: 'revoked-grant-works-on',
    harm: 'A grant that was revoked or retired goes on allowing.',
    file: authz('grant.ts'),
    find: 'if (endsAt !== undefined && now !== undefined && now >= endsAt) return false;',
    replace: '',
    caughtBy: [authzTest('grant.test.ts')],
  },
  {
    name: 'child-grant-outgrows-its-parent',
    harm: 'Who may create grants by a grant may hand out operations that he has not.',
    file: authz('grant.ts'),
    find: 'child.operations.every((operation) => parent.operations.includes(operation))',
    replace: 'child.operations.some((operation) => parent.operations.includes(operation))',
    caughtBy: [authzTest('grant.test.ts')],
  },
  {
    name: 'boundary-never-asked',
    harm: 'A permissions boundary and a session policy limit nobody.',
    file: authz('layers.ts'),
    find: 'if (!canBeBounded(principal)) return undefined;',
    replace: 'if (principal !== undefined) return undefined;',
    caughtBy: [authzTest('layers.test.ts')],
  },
];
