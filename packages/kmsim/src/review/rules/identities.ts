// Rules on identity policies, and on who called.

import { mentionsAction, type Statement } from '@kmsim/authz';
import { type CloudTrailRecord, isKeyId } from '@kmsim/kms';
import { calledIn, callerOfEvent, isCopyOfOwner, keysOf, succeeded } from '../../analysis/trail-event.ts';
import { administering, decrypting } from '../duties.ts';
import { type Evidence, guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import { eachEvent, isSet, seenIn } from '../sightings.ts';
import type { IdentityPolicy, Subject } from '../subject.ts';
import { isUse } from './naming.ts';

const isWide = (action: string): boolean => action === '*' || action.toLowerCase() === 'kms:*';

/** No pattern of the element ends with the id of one key. */
function isEveryKey({ resources }: Statement): boolean {
  if (resources.negated) return true;
  return resources.written.some(
    (resource) => resource.includes('*') && !isKeyId(resource.slice(resource.lastIndexOf('/') + 1)),
  );
}

function eachStatement(look: (statement: Statement) => string | undefined): (subject: Subject) => readonly Sighting[] {
  return ({ identityPolicies }) =>
    identityPolicies.flatMap((one) =>
      one.policy.allows.flatMap((statement) => {
        const text = look(statement);
        return text === undefined ? [] : [{ subject: one.identity, evidence: placed(one, statement, text) }];
      }),
    );
}

function placed({ name }: IdentityPolicy, { index }: Statement, text: string): Evidence {
  return { text: `identity policy ${JSON.stringify(name)} statement [${index}]: ${text}` };
}

/** Principals that have administered a key and used it. */
function* bothSeen({ events, own }: Subject): Iterable<Sighting> {
  const administered = new Map<string, CloudTrailRecord>();
  const used = new Map<string, CloudTrailRecord>();
  for (const event of events) {
    const operation = calledIn(event);
    if (operation === undefined || !succeeded(event) || isCopyOfOwner(event) || own.has(callerOfEvent(event))) continue;
    const isAdministration = administering.includes(`kms:${operation}`);
    if (!isAdministration && !isUse(operation)) continue;
    const seen = isAdministration ? administered : used;
    for (const key of keysOf(event)) {
      const pair = `${callerOfEvent(event)} ${key}`;
      if (!seen.has(pair)) seen.set(pair, event);
    }
  }
  for (const [pair, event] of administered) {
    const use = used.get(pair);
    if (use === undefined) continue;
    const text = `${event.eventName} and ${use.eventName} of the same key`;
    yield { subject: keysOf(event)[0] ?? '', evidence: seenIn(use, text) };
  }
}

function byRoot(event: CloudTrailRecord): readonly Sighting[] {
  if (event.userIdentity.type !== 'Root' || calledIn(event) === undefined) return [];
  return [{ subject: callerOfEvent(event), evidence: seenIn(event, event.eventName) }];
}

function unlocked(event: CloudTrailRecord): readonly Sighting[] {
  const [key] = keysOf(event);
  if (key === undefined || !succeeded(event) || !isSet(event, 'bypassPolicyLockoutSafetyCheck')) return [];
  return [{ subject: key, evidence: seenIn(event, `${event.eventName} with BypassPolicyLockoutSafetyCheck`) }];
}

export const identityRules: readonly ReviewRule[] = [
  {
    id: 'identity-decrypts-everything',
    severity: 'medium',
    title: 'An identity policy allows decryption with every key',
    remedy: 'Name the keys in Resource, or ask for kms:ResourceAliases or aws:ResourceTag in a condition.',
    page: 'https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html',
    look: eachStatement((statement) => {
      const { actions, clauses } = statement;
      const action = decrypting.find((one) => mentionsAction(statement, one));
      if (action === undefined || clauses.length > 0 || !isEveryKey(statement)) return undefined;
      return `${actions.negated ? 'all actions but ' : ''}${actions.written.join(', ')} on ${statement.resources.written.join(', ')}`;
    }),
  },
  {
    id: 'identity-all-actions',
    severity: 'medium',
    title: 'An identity policy allows all actions of KMS',
    remedy: 'List the actions that the principal needs.',
    page: guidePage('iam-policies-best-practices'),
    look: eachStatement(({ actions }) => {
      const wide = actions.negated ? undefined : actions.written.find(isWide);
      return wide === undefined ? undefined : `allows ${wide}`;
    }),
  },
  {
    id: 'administrator-used-key',
    severity: 'medium',
    title: 'Somebody administered a key and used it',
    remedy: 'Give the administration of a key and its use to different principals.',
    page: guidePage('key-policy-default'),
    look: bothSeen,
  },
  {
    id: 'root-user',
    severity: 'medium',
    title: 'The root user called KMS',
    remedy: 'Work with roles; keep the root user for what only it can do.',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html',
    look: eachEvent(byRoot),
  },
  {
    id: 'lockout-check-bypassed',
    severity: 'medium',
    title: 'A key policy was put without the check against locking everybody out',
    remedy: 'Leave BypassPolicyLockoutSafetyCheck out; make sure that somebody can still change the policy.',
    page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
    look: eachEvent(unlocked),
  },
];
