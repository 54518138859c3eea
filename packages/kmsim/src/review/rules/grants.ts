// Rules on grants.

import { parsePrincipal } from '@kmsim/authz';
import { type GrantRecord, parseArn } from '@kmsim/kms';
import { guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import type { Subject } from '../subject.ts';

const DAY = 86_400_000;

function eachGrant(
  look: (grant: GrantRecord, subject: Subject) => string | undefined,
): (subject: Subject) => readonly Sighting[] {
  return (subject) =>
    subject.inventory.grants.flatMap((grant) => {
      const text = look(grant, subject);
      return text === undefined ? [] : [{ subject: grant.key, evidence: { text: `grant ${grant.id}: ${text}` } }];
    });
}

const isService = ({ grantee }: GrantRecord): boolean => parsePrincipal(grantee)?.kind === 'service';

const page = guidePage('grants');

export const grantRules: readonly ReviewRule[] = [
  {
    id: 'grant-never-retired',
    severity: 'low',
    title: 'A grant has stood for 90 days',
    remedy: 'Retire a grant when its work is done; name a retiring principal, and put in a policy what is to last.',
    page: guidePage('grant-manage'),
    look: eachGrant(({ createdAt, grantee, operations, retiring }, { now }) => {
      const age = Math.floor((now - createdAt) / DAY);
      if (age < 90) return undefined;
      const end = retiring === undefined ? 'nobody is named to retire it' : `${retiring} may retire it`;
      return `${grantee} has had ${operations.join(', ')} for ${age} days, ${end}`;
    }),
  },
  {
    id: 'grant-to-other-account',
    severity: 'medium',
    title: 'A grant lets another account use a key, whatever the data',
    remedy: 'Constrain it to an encryption context, and retire it when its work is done.',
    page,
    look: eachGrant(({ constraints, grantee, key, operations }) => {
      const account = parsePrincipal(grantee)?.account ?? '';
      if (constraints !== undefined || account === '' || account === parseArn(key)?.account) return undefined;
      return `${grantee} has ${operations.join(', ')}`;
    }),
  },
  {
    id: 'grant-gives-on',
    severity: 'medium',
    title: 'Who has a grant can give it on',
    remedy: 'Leave CreateGrant out of the operations, or constrain the grant to an encryption context.',
    page,
    look: eachGrant((grant) => {
      const { constraints, grantee, operations } = grant;
      if (!operations.includes('CreateGrant') || constraints !== undefined || isService(grant)) return undefined;
      return `${grantee} has CreateGrant`;
    }),
  },
];
