// The corridor: what every request passes, in this order.

import { NotInstalled } from '@kmsim/hsm-core';
import { advance } from './agenda/effects.ts';
import { fail, kmsError } from './api/errors.ts';
import type { Engine } from './engine.ts';
import { enterGrantTokens } from './enter.ts';
import { drawFate, strike } from './faults/strike.ts';
import { requireEnabledRegion } from './identity/disabled-regions.ts';
import { notePlaces, storeOf } from './key-stores/stores.ts';
import { Call, type Operation, type Visit } from './operation.ts';
import { operations } from './operations/index.ts';
import { permit } from './permit.ts';
import { keyState } from './state/key-state.ts';
import type { KeyRecord } from './state/records.ts';
import { isInKeyStore, judge, type KeyedOperation, keyStates, message, verdicts } from './tables/key-states.ts';
import { countRefused, throttle } from './throttle.ts';

/** Answers a request, or raises a KmsError and has changed nothing. Raises Loading when a library is not there yet: then the same visit comes again. */
export function dispatch(kms: Engine, visit: Visit): object {
  const { at } = visit;
  // What was due has happened (recording rotate-on-demand-new-ciphertext: the rotation is done when it is asked for).
  // A rehearsal makes nothing happen, not even that.
  if (kms.agenda.next <= at && visit.rehearsal === undefined) advance(kms, at);
  const room: Operation<typeof visit.operation> = operations[visit.operation];
  // UnrecognizedClientException: whoever is not known here is not listened to.
  requireEnabledRegion(kms, visit);
  // ValidationException, SerializationException: the shape comes before everything (recording create-hmac-key-invalid).
  const input = visit.read();
  const call = new Call(kms, visit, input);
  visit.call = call;
  try {
    // InvalidGrantTokenException. No recording: a token is read by itself.
    if (call.row.grantTokens) enterGrantTokens(call);
    // NotFoundException, InvalidArnException: is there a key at all? (recordings rotate-nonexistent-key, describe-nonexistent-key)
    const found = room.enter(call);
    // A connection that ends, and a throttling that is planned: before anybody judges. docs/decisions/faults.md
    if (kms.world.faults !== undefined) drawFate(call, visit);
    // ThrottlingException. No recording: it needs to know the kind of key, and rejected requests count. docs/decisions/quotas.md
    if (kms.throttler.isOn) throttle(call, visit);
    // AccessDeniedException. No recording: after the key is known, because its policy decides, and before its state is told.
    // https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
    permit(call);
    call.isPermitted = true;
    if (call.row.cryptographic) notePlaces(call);
    // DisabledException, KMSInvalidStateException, before the type (recordings rotate-disabled-key, rotate-external-key-without-material).
    requireState(call);
    // IncorrectKeyException, InvalidKeyUsageException, UnsupportedOperationException (recording error-messages-for-wrong-key-usage).
    requireType(call);
    // What fits the usage and not the key, before the data (recording verify-mac-algorithm-mismatch).
    room.requireType?.(call, found);
    if (visit.rehearsal === 'judgement') return ended(call);
    // KMSInternalException and its like, of what would have been done.
    if (visit.fate !== undefined) strike(kms, visit, 'work');
    // The room checks its data, stops if it is a dry run (recording generate-data-key-pair-dry-run), then acts.
    const output = room.run(call, found);
    if (call.row.cryptographic) noteUsage(call);
    if (visit.rehearsal !== undefined) return ended(call);
    // A call that fails has changed nothing (recording import-key-symmetric: a refused import leaves the token good).
    call.page.bind();
    visit.output = output;
    return output;
  } catch (raised) {
    // No word of KMS for it: an optional package is missing here.
    const error = raised instanceof NotInstalled ? kmsError('NotImplemented', raised.message) : raised;
    if (kms.throttler.isOn) countRefused(call, visit, error);
    call.tear();
    throw error;
  }
}

// A rehearsal keeps nothing.
function ended(call: Call): object {
  call.tear();
  return {};
}

function requireState(call: Call): void {
  const { key, destinationKey, replicaKey } = call.subjects;
  for (const subject of [key, destinationKey, replicaKey]) if (subject?.key !== undefined) judgeKey(call, subject.key);
}

function judgeKey(call: Call, key: KeyRecord): void {
  if (!(call.operation in keyStates)) return;
  const facts = { origin: key.origin, keySpec: key.spec, inCustomKeyStore: isInKeyStore(key.origin) };
  const verdict = judge(call.operation as KeyedOperation, keyState(key, call.now, storeOf(call, key)), facts);
  if (verdict === undefined) return;
  fail(verdicts[verdict].code, message(verdict, key.arn, facts));
}

// Recordings error-messages-for-wrong-key-usage and re-encrypt-wrong-source-key: the wrong key before the wrong usage, in words of
// another time; the usage before the algorithm.
function requireType(call: Call): void {
  const { usage } = call.row;
  if (call.subjects.key?.isAnothers) {
    fail('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.');
  }
  if (usage === undefined) return;
  for (const subject of [call.subjects.key, call.subjects.destinationKey]) {
    const key = subject?.key;
    if (key !== undefined && key.usage !== usage) {
      fail(
        'InvalidKeyUsageException',
        `${key.arn} key usage is ${key.usage} which is not valid for ${call.operation}.`,
      );
    }
  }
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html: ReEncrypt counts for both keys.
function noteUsage(call: Call): void {
  const { key, destinationKey } = call.subjects;
  const usage = { operation: call.operation, at: call.now, request: call.request };
  if (key !== undefined) call.page.set('usages', key.resource, usage);
  if (destinationKey !== undefined) call.page.set('usages', destinationKey.resource, usage);
}
