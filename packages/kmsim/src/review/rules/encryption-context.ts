// Rules on encryption contexts, which stand in the trail for everybody who reads it.

import type { CloudTrailRecord } from '@kmsim/kms';
import {
  calledIn,
  callerOfEvent,
  contextPairsOf,
  keysOf,
  parameterOf,
  serviceOf,
  succeeded,
} from '../../analysis/trail-event.ts';
import { guidePage, type ReviewRule, type Sighting } from '../finding.ts';
import { secretKindOf, shownName } from '../secret-looking.ts';
import { eachEvent, seenIn } from '../sightings.ts';

function looking(personal: boolean): (event: CloudTrailRecord) => readonly Sighting[] {
  return (event) => {
    const subject = keysOf(event)[0] ?? callerOfEvent(event);
    return contextPairsOf(event).flatMap(([name, value]) => {
      const kind = secretKindOf(name, value);
      if (kind === undefined || (kind.personal === true) !== personal) return [];
      const text = `${event.eventName} with ${kind.what} under ${shownName(name)}`;
      return [{ subject, evidence: seenIn(event, text) }];
    });
  };
}

const withContext: readonly string[] = ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'];

function without(event: CloudTrailRecord): readonly Sighting[] {
  const operation = calledIn(event);
  const [key] = keysOf(event);
  if (operation === undefined || key === undefined || !withContext.includes(operation)) return [];
  if (!succeeded(event) || serviceOf(event) !== undefined || contextPairsOf(event).length > 0) return [];
  // Asymmetric encryption has none: https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html
  if ((parameterOf(event, 'encryptionAlgorithm') ?? 'SYMMETRIC_DEFAULT') !== 'SYMMETRIC_DEFAULT') return [];
  return [{ subject: key, evidence: seenIn(event, operation) }];
}

const page = guidePage('encrypt_context');

export const encryptionContextRules: readonly ReviewRule[] = [
  {
    id: 'secret-in-encryption-context',
    severity: 'high',
    title: 'An encryption context holds what looks like a secret',
    remedy:
      'Take it out, and change the secret: whoever reads the trail has it. A context says what data is, not what is in it.',
    page,
    look: eachEvent(looking(false)),
  },
  {
    id: 'personal-data-in-encryption-context',
    severity: 'medium',
    title: 'An encryption context holds what looks like personal data',
    remedy: 'Use an identifier that means nothing outside: the context stands in plain text in the trail.',
    page,
    look: eachEvent(looking(true)),
  },
  {
    id: 'no-encryption-context',
    severity: 'low',
    title: 'Data is encrypted without an encryption context',
    remedy:
      'Bind ciphertexts to what they belong to with an encryption context; then they cannot change places, and policies can ask for it.',
    page,
    look: eachEvent(without),
  },
];
