// Which events somebody looks for.

import type { CloudTrailRecord } from '@kmsim/kms';
import { checkOptions, type Forms, isText } from './option-forms.ts';
import { instantOf } from './sim-clock.ts';
import { errorWord, operationWord, requireErrorCode } from './trail-words.ts';

const page = 'docs/audit.md';

/** All that is said must hold. */
export interface TrailQuery {
  /** `Decrypt`, or `kms:Decrypt`; also what the service does by itself: `RotateKey`, `DeleteKey`. */
  readonly operation?: string;
  /** A key by its ARN or id, or by a name that the request used. */
  readonly key?: string;
  /** ARN of whoever called; a role stands for its sessions. Or a service: `s3.amazonaws.com`. */
  readonly principal?: string;
  /** As CloudTrail words it, `AccessDenied`, or the API: `AccessDeniedException`. `'any'`: every call that failed; `'none'`: every one that did not. */
  readonly errorCode?: string;
  /** ISO 8601 text, a Date, or milliseconds. Events are dated to the second. */
  readonly since?: string | number | Date;
  /** Up to and including this second. */
  readonly until?: string | number | Date;
}

export type TrailPredicate = (event: CloudTrailRecord) => boolean;

const anInstant = { is: () => true, text: 'an instant' };

const forms: Forms<TrailQuery> = {
  operation: { is: isText, text: 'the name of an operation of KMS' },
  key: { is: isText, text: 'the ARN, the id or an alias of a key' },
  principal: { is: isText, text: 'the ARN of a principal, or the name of a service' },
  errorCode: { is: isText, text: "an error code of CloudTrail ('AccessDenied'), 'any' or 'none'" },
  // What is no instant has an error of its own.
  since: anInstant,
  until: anInstant,
};

const asked = 'A query of the trail';

/** Whether an event is what is looked for. */
export function matcher(query: TrailQuery | TrailPredicate): TrailPredicate {
  if (typeof query === 'function') return query;
  checkOptions(asked, query, forms, page);
  const { errorCode, key, operation, principal, since, until } = query;
  const [from, to] = [since, until].map((instant) => (instant === undefined ? undefined : instantOf(instant)));
  const conditions: TrailPredicate[] = [];
  if (operation !== undefined) {
    const name = operationWord(asked, operation);
    conditions.push(({ eventName }) => eventName === name);
  }
  if (errorCode !== undefined) {
    requireErrorCode(asked, errorCode, ['any', 'none']);
    conditions.push((event) => hasError(event, errorWord(errorCode)));
  }
  if (principal !== undefined) conditions.push((event) => isBy(event, principal));
  if (key !== undefined) conditions.push((event) => isAbout(event, key));
  // The second that an event is dated to has begun before the event.
  if (from !== undefined) conditions.push(({ eventTime }) => Date.parse(eventTime) + 999 >= from);
  if (to !== undefined) conditions.push(({ eventTime }) => Date.parse(eventTime) <= to);
  return (event) => conditions.every((holds) => holds(event));
}

function hasError({ errorCode }: CloudTrailRecord, word: string): boolean {
  if (word === 'any') return errorCode !== undefined;
  return word === 'none' ? errorCode === undefined : errorCode !== undefined && errorWord(errorCode) === word;
}

function isBy({ userIdentity }: CloudTrailRecord, principal: string): boolean {
  const { arn, invokedBy, sessionContext } = userIdentity;
  const issuer = sessionContext?.['sessionIssuer'] as { readonly arn?: string } | undefined;
  return [arn, invokedBy, issuer?.arn].includes(principal);
}

const named = ['keyId', 'targetKeyId', 'sourceKeyId', 'destinationKeyId', 'aliasName'];

// A refusal names its key in the words of its error alone.
function isAbout({ errorMessage, requestParameters, resources = [] }: CloudTrailRecord, key: string): boolean {
  if (resources.some(({ ARN }) => ARN === key || ARN.endsWith(`/${key}`))) return true;
  if (named.some((name) => requestParameters?.[name] === key)) return true;
  return errorMessage?.split(/[\s']/).some((word) => word === key || word.endsWith(`:key/${key}`)) === true;
}
