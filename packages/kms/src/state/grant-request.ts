// What KMS asks of a new grant. The texts are ours where no source stands beside them (docs/decisions/grants.md).
// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html

import { type GrantTerms, parsePrincipal } from '@kmsim/authz';
import { fail } from '../api/errors.ts';
import type { Read } from '../api/reader.ts';
import type { CreateGrantRequest } from '../api/types.ts';
import { missing, refuse, tooShort, violation } from '../api/violations.ts';
import { grantOperationsOf, hasEncryptionContext } from '../tables/grant-operations.ts';
import { partitionOf } from './names.ts';
import type { GrantRecord, KeyRecord } from './records.ts';

type Input = Read<CreateGrantRequest>;

const mostPairs = 8;
const longestValue = 384;

/** What can be said before the key is known: ValidationException, or nothing. */
export function checkGrantRequest(input: Input): void {
  const { Constraints, GranteePrincipal, GranteeServicePrincipal, Operations } = input;
  const { RetiringPrincipal, RetiringServicePrincipal } = input;
  notBoth('GranteePrincipal', GranteePrincipal, 'GranteeServicePrincipal', GranteeServicePrincipal);
  notBoth('RetiringPrincipal', RetiringPrincipal, 'RetiringServicePrincipal', RetiringServicePrincipal);
  if (GranteePrincipal === undefined && GranteeServicePrincipal === undefined)
    refuse([missing('granteePrincipal', false)]);
  if (GranteeServicePrincipal !== undefined) {
    if (Constraints?.SourceArn === undefined)
      fail('ValidationException', 'A grant to a service principal must have a SourceArn constraint.');
    if (RetiringPrincipal === undefined && RetiringServicePrincipal === undefined)
      fail('ValidationException', 'A grant to a service principal must have a retiring principal.');
  }
  if (Operations.length === 0)
    refuse([violation('operations', '[]', tooShort({ min: 1, max: Number.POSITIVE_INFINITY }))]);
  // https://github.com/ansible/ansible/pull/31960 has the words.
  if (Operations.every((operation) => operation === 'CreateGrant'))
    fail('ValidationException', 'Grants must not contain only the CreateGrant operation.');
  for (const pairs of [Constraints?.EncryptionContextEquals, Constraints?.EncryptionContextSubset]) {
    if (pairs === undefined) continue;
    if (pairs.size > mostPairs)
      fail('ValidationException', `A grant constraint can have at most ${mostPairs} encryption context pairs.`);
    if ([...pairs.values()].some((value) => value.length > longestValue))
      fail(
        'ValidationException',
        `An encryption context value of a grant constraint can have at most ${longestValue} characters.`,
      );
  }
}

function notBoth(one: string, itsValue: string | undefined, other: string, othersValue: string | undefined): void {
  if (itsValue !== undefined && othersValue !== undefined)
    fail('ValidationException', `Specify either ${one} or ${other}, not both.`);
}

/** What the kind of key must allow. */
export function checkGrantFits({ Constraints, Operations }: Input, key: KeyRecord): void {
  const allowed = grantOperationsOf(key);
  const wrong = Operations.filter((operation) => !allowed.includes(operation));
  if (wrong.length > 0) {
    fail(
      'ValidationException',
      `${key.arn} has key spec ${key.spec} and key usage ${key.usage}, for which a grant cannot allow: ${wrong.join(', ')}.`,
    );
  }
  const asks = Constraints?.EncryptionContextEquals ?? Constraints?.EncryptionContextSubset;
  if (asks !== undefined && !hasEncryptionContext(key))
    fail('ValidationException', 'Encryption context constraints need a symmetric encryption KMS key.');
}

const federatedUser = /^arn:(aws(?:-[a-z]+)*):sts::\d{12}:federated-user\/[\w+=,.@-]+$/;

/**
 * The ARN of an account, a user, a role, a session or a federated user, in the key's partition; the names of services have members of
 * their own. The words are reported through Lambda, which makes grants: "KMS Exception: InvalidArnException KMS Message: ...".
 */
export function checkGrantPrincipal(arn: string | undefined, { region }: KeyRecord): void {
  if (arn === undefined) return;
  const principal = parsePrincipal(arn);
  const partition = principal?.kind === 'service' ? undefined : (principal?.partition ?? federatedUser.exec(arn)?.[1]);
  if (partition !== partitionOf(region)) fail('InvalidArnException', `ARN does not refer to a valid principal: ${arn}`);
}

/** The constraints of a request as a record has them; undefined when there are none. */
export function constraintsOf({ Constraints = {} }: Pick<Input, 'Constraints'>): GrantRecord['constraints'] {
  const { EncryptionContextEquals, EncryptionContextSubset, SourceArn } = Constraints;
  if ((EncryptionContextEquals ?? EncryptionContextSubset ?? SourceArn) === undefined) return undefined;
  return {
    ...(EncryptionContextEquals && { encryptionContextEquals: [...EncryptionContextEquals] }),
    ...(EncryptionContextSubset && { encryptionContextSubset: [...EncryptionContextSubset] }),
    ...(SourceArn !== undefined && { sourceArn: SourceArn }),
  };
}

/** What the new grant would allow, for one whose right to make it comes from a grant. */
export function termsOf(input: Pick<Input, 'Constraints' | 'Operations'>): GrantTerms {
  return { operations: input.Operations, constraints: constraintsOf(input) };
}
