// Rules on how keys are named.

import { type CloudTrailRecord, type OperationName, operationRows } from '@kmsim/kms';
import { calledIn, isKeyIdentifier, keysOf, parameterOf, serviceOf, succeeded } from '../../analysis/trail-event.ts';
import { guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import { eachEvent, seenIn } from '../sightings.ts';

/** What makes something new with a key: after a manual rotation it should be with the new one. What reads should name the key that it trusts. */
const making: Partial<Readonly<Record<OperationName, string>>> = {
  Encrypt: 'keyId',
  GenerateDataKey: 'keyId',
  GenerateDataKeyWithoutPlaintext: 'keyId',
  GenerateDataKeyPair: 'keyId',
  GenerateDataKeyPairWithoutPlaintext: 'keyId',
  GenerateMac: 'keyId',
  ReEncrypt: 'destinationKeyId',
  Sign: 'keyId',
};

const reading: Partial<Readonly<Record<OperationName, string>>> = { Decrypt: 'keyId', ReEncrypt: 'sourceKeyId' };

/** Calls of somebody, not of a service for them: a service names keys as it likes. */
function ownCall(event: CloudTrailRecord): OperationName | undefined {
  return succeeded(event) && serviceOf(event) === undefined ? calledIn(event) : undefined;
}

function namedById(event: CloudTrailRecord): readonly Sighting[] {
  const operation = ownCall(event);
  const member = operation && making[operation];
  const key = keysOf(event).at(-1);
  if (operation === undefined || member === undefined || key === undefined) return [];
  const name = parameterOf(event, member);
  if (name === undefined || !isKeyIdentifier(name)) return [];
  return [{ subject: key, evidence: seenIn(event, `${operation} named it ${name}`) }];
}

function unpinned(event: CloudTrailRecord): readonly Sighting[] {
  const operation = ownCall(event);
  const member = operation && reading[operation];
  const [key] = keysOf(event);
  if (operation === undefined || member === undefined || key === undefined) return [];
  if (parameterOf(event, member) !== undefined) return [];
  return [{ subject: key, evidence: seenIn(event, `${operation} without ${member}`) }];
}

export const namingRules: readonly ReviewRule[] = [
  {
    id: 'key-named-by-id',
    severity: 'low',
    title: 'A key is named by its id where an alias would do',
    remedy:
      'Give the key an alias and encrypt and sign with that: then a key can be exchanged without a change of code.',
    page: guidePage('kms-alias'),
    look: eachEvent(namedById),
  },
  {
    id: 'key-without-alias',
    severity: 'low',
    title: 'A key has no alias',
    remedy: 'Create an alias that says what the key is for.',
    page: guidePage('kms-alias'),
    look: ({ inventory: { aliases, keys } }) => {
      const named = new Set(aliases.map(({ target }) => target));
      return keys
        .filter(({ arn, deletion, manager }) => manager === 'CUSTOMER' && deletion === undefined && !named.has(arn))
        .map(({ arn, createdAt }) => ({
          subject: arn,
          evidence: { text: `created ${new Date(createdAt).toISOString()}` },
        }));
    },
  },
  {
    id: 'decrypt-without-key-id',
    severity: 'medium',
    title: 'A ciphertext is decrypted with whatever key it names',
    remedy: 'Send KeyId with Decrypt, and SourceKeyId with ReEncrypt: then only the key that you expect is used.',
    page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html',
    look: eachEvent(unpinned),
  },
];

/** Whether an operation uses a key. */
export function isUse(operation: OperationName | undefined): boolean {
  return operation !== undefined && operationRows[operation].cryptographic;
}
