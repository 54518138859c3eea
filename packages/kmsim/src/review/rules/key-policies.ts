// Rules on key policies.

import { mentionsAction, parsePrincipal, type Statement } from '@kmsim/authz';
import { administering, using } from '../duties.ts';
import { type Evidence, guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import type { KeyPolicy, Subject } from '../subject.ts';

type Look = (statement: Statement, policy: KeyPolicy) => readonly string[];

/** A rule looks at each statement that allows; each text it returns is evidence. */
function eachAllow(look: Look): (subject: Subject) => readonly Sighting[] {
  return ({ keyPolicies }) =>
    keyPolicies.flatMap((policy) =>
      policy.policy.allows.flatMap((statement) =>
        look(statement, policy).map((text) => ({ subject: policy.key, evidence: placed(statement, text) })),
      ),
    );
}

function placed({ index, sid }: Statement, text: string): Evidence {
  return { text: `key policy statement [${index}]${sid === undefined ? '' : ` ${JSON.stringify(sid)}`}: ${text}` };
}

/** Conditions that say who may call. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html#key-policy-wildcards */
const limitingCallers: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'kms:calleraccount',
]);

const limitsCallers = ({ clauses }: Statement): boolean =>
  clauses.some(({ comparison, use }) => limitingCallers.has(use.folded) && comparison?.negated === false);

const writtenOf = ({ principals }: Statement): string => (principals?.written ?? []).join(', ');

const wildcardPrincipal: Look = (statement) => {
  const { principals } = statement;
  if (principals === undefined || limitsCallers(statement)) return [];
  if (principals.negated) return [`allows everybody but ${writtenOf(statement)}`];
  return principals.everyone ? [`allows ${writtenOf(statement)}`] : [];
};

const isWide = (action: string): boolean => action === '*' || action.toLowerCase() === 'kms:*';

const wildcardAction: Look = (statement, { account }) => {
  const { actions, principals } = statement;
  if (principals === undefined || actions.negated || !actions.written.some(isWide)) return [];
  // The account itself delegates to IAM, as the default key policy does.
  const named = principals.written.filter((name) => !isAccount(name, account));
  return named.length === 0 ? [] : [`gives ${actions.written.find(isWide)} to ${named.join(', ')}`];
};

const otherAccount: Look = (statement, { account }) => {
  const { clauses, principals } = statement;
  if (principals === undefined || principals.negated || clauses.length > 0) return [];
  const strangers = principals.written.filter((name) => {
    const other = /^\d{12}$/.test(name) ? name : parsePrincipal(name)?.account;
    return other !== undefined && other !== '' && other !== account;
  });
  return strangers.length === 0 ? [] : [`allows ${strangers.join(', ')}`];
};

const service: Look = ({ clauses, principals }) => {
  const names = (principals?.written ?? []).filter((name) => name.startsWith('Service: '));
  const says = clauses.some(({ use }) =>
    /^(?:aws:source|kms:encryptioncontext|kms:viaservice|aws:principalorgid)/.test(use.folded),
  );
  return names.length === 0 || says ? [] : [`allows ${names.join(', ')}`];
};

function isAccount(name: string, account: string): boolean {
  return name === account || new RegExp(`^arn:aws[a-z-]*:iam::${account}:root$`).test(name);
}

/** A principal that key policy statements let administer a key and use it. */
function* bothDuties({ keyPolicies }: Subject): Iterable<Sighting> {
  for (const { account, key, policy } of keyPolicies) {
    const found = new Map<string, { administers?: string; uses?: string }>();
    for (const { actions, principals, ...rest } of policy.allows) {
      const statement = { actions, principals, ...rest };
      if (principals === undefined || principals.negated) continue;
      const administers = administering.find((action) => mentionsAction(statement, action));
      const uses = using.find((action) => mentionsAction(statement, action));
      for (const name of principals.written) {
        if (isAccount(name, account)) continue;
        const before = found.get(name);
        found.set(name, { ...before, ...(administers && { administers }), ...(uses && { uses }) });
      }
    }
    for (const [name, { administers, uses }] of found) {
      if (administers === undefined || uses === undefined) continue;
      yield { subject: key, evidence: { text: `${name} has ${administers} and ${uses}` } };
    }
  }
}

const page = guidePage('key-policies');

export const keyPolicyRules: readonly ReviewRule[] = [
  {
    id: 'wildcard-principal',
    severity: 'high',
    title: 'A key policy allows everybody',
    remedy:
      'Name the principals, or add a condition that says who may call: aws:PrincipalOrgID, kms:CallerAccount, aws:SourceArn.',
    page,
    look: eachAllow(wildcardPrincipal),
  },
  {
    id: 'wildcard-action',
    severity: 'medium',
    title: 'A key policy gives a principal all actions',
    remedy: 'List the actions that the principal needs.',
    page: guidePage('least-privilege'),
    look: eachAllow(wildcardAction),
  },
  {
    id: 'open-to-other-account',
    severity: 'medium',
    title: 'A key policy opens the key to another account without a condition',
    remedy:
      'Add conditions: kms:ViaService, kms:EncryptionContext:..., aws:PrincipalOrgID; or name roles instead of the account.',
    page: guidePage('key-policy-modifying-external-accounts'),
    look: eachAllow(otherAccount),
  },
  {
    id: 'service-without-source',
    severity: 'medium',
    title: 'A key policy allows an AWS service for whomever it works',
    remedy: 'Add aws:SourceArn or aws:SourceAccount, so that the service uses the key for your resources only.',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    look: eachAllow(service),
  },
  {
    id: 'administrator-can-use-key',
    severity: 'medium',
    title: 'Who administers a key can use it as well',
    remedy: 'Give the administration of a key and its use to different principals.',
    page: guidePage('key-policy-default'),
    look: bothDuties,
  },
];
