// toHaveEncryptedWithContext: whether something was encrypted with an encryption context.

import type { CloudTrailRecord } from '@kmsim/kms';
import type { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { isRecord, shown } from '../option-forms.ts';
import { eventLines, lastEvents } from './event-lines.ts';
import { callsOf, page, requireWhole } from './received.ts';
import type { Verdict } from './verdict.ts';

/** `expect.any(String)` and its like: https://vitest.dev/api/expect#asymmetric-matchers, https://jestjs.io/docs/expect#asymmetric-matchers */
export interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

/** Exactly these pairs; or what an asymmetric matcher says, of a value or of all: `expect.objectContaining({ tenant: 'acme' })`. */
export type ExpectedContext = Asymmetric | Readonly<Record<string, string | Asymmetric>>;

// Where the context that a ciphertext is bound to stands in the record of what made it.
// https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
const encrypting: Readonly<Record<string, string>> = {
  Encrypt: 'encryptionContext',
  GenerateDataKey: 'encryptionContext',
  GenerateDataKeyWithoutPlaintext: 'encryptionContext',
  GenerateDataKeyPair: 'encryptionContext',
  GenerateDataKeyPairWithoutPlaintext: 'encryptionContext',
  ReEncrypt: 'destinationEncryptionContext',
};

export function encryptedWithContext(sim: Kmsim, context: ExpectedContext): Verdict {
  if (!isContext(context))
    throw new KmsimError(
      'InvalidOption',
      `toHaveEncryptedWithContext takes an encryption context, an object of strings, not ${shown(context)}.`,
      { page },
    );
  const calls = callsOf(sim).filter(
    ({ errorCode, eventName }) => errorCode === undefined && Object.hasOwn(encrypting, eventName),
  );
  const matching = calls.filter((event) => matches(context, contextOf(event)));
  const pass = matching.length > 0;
  if (!pass) requireWhole('toHaveEncryptedWithContext', sim);
  return {
    pass,
    found: foundText(matching.length, calls.length),
    evidence: () => {
      if (pass) return ['These calls:', ...eventLines(matching)];
      return calls.length > 0 ? ['With these contexts:', ...eventLines(calls)] : lastEvents(sim);
    },
  };
}

function foundText(matching: number, calls: number): string {
  if (calls === 0) return 'nothing was encrypted.';
  return `of ${calls} that encrypted, ${matching === 0 ? 'none' : matching} had this context.`;
}

function contextOf({ eventName, requestParameters }: CloudTrailRecord): Readonly<Record<string, unknown>> {
  const context = requestParameters?.[encrypting[eventName] ?? ''];
  return isRecord(context) ? context : {};
}

function matches(expected: ExpectedContext, actual: Readonly<Record<string, unknown>>): boolean {
  if (isAsymmetric(expected)) return expected.asymmetricMatch(actual);
  const pairs = Object.entries(expected);
  return pairs.length === Object.keys(actual).length && pairs.every(([name, value]) => holds(value, actual, name));
}

function holds(value: string | Asymmetric, actual: Readonly<Record<string, unknown>>, name: string): boolean {
  if (!Object.hasOwn(actual, name)) return false;
  return isAsymmetric(value) ? value.asymmetricMatch(actual[name]) : value === actual[name];
}

// A Map is an object without members: what is in it would be lost.
function isContext(value: unknown): value is ExpectedContext {
  if (isAsymmetric(value)) return true;
  if (!isRecord(value) || value instanceof Map) return false;
  return Object.values(value).every((one) => typeof one === 'string' || isAsymmetric(one));
}

export function isAsymmetric(value: unknown): value is Asymmetric {
  return isRecord(value) && typeof value['asymmetricMatch'] === 'function';
}
