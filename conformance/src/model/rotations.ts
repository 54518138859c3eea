// Rotation. https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html

import type { Call } from './call.ts';
import { type Expectation, type Leaf, leaf } from './expectation.ts';
import { keyNamed } from './names.ts';
import { dayMs, finishRotation, type Key, startRotation, stateOf } from './state.ts';

// https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html
const mostOnDemand = 25;
const conflictMs = 20 * 60_000;

export function enableKeyRotation(call: Call): Expectation {
  const key = rotatable(call);
  const days = call.maybe<number>('RotationPeriodInDays') ?? 365;
  return call.success({}, () => {
    const { rotation } = key;
    const fromNow = call.now + days * dayMs;
    // docs/decisions/rotation.md: the period that is set already changes nothing; no source says.
    key.rotation = { days, next: rotation?.days === days ? [...rotation.next, fromNow] : [fromNow] };
  });
}

export function disableKeyRotation(call: Call): Expectation {
  const key = rotatable(call);
  return call.success({}, () => {
    key.rotation = undefined;
  });
}

// The origin comes before the state (footnote 7 of the page of key states); whether the type does, nothing says.
function rotatable(call: Call): Key {
  const key = keyNamed(call, 'KeyId');
  call.permit(key);
  if (key.spec !== 'SYMMETRIC_DEFAULT') call.object('UnsupportedOperationException');
  if (key.origin === 'EXTERNAL') {
    call.refuse(
      'UnsupportedOperationException',
      `${key.arn} origin is EXTERNAL which is not valid for this operation.`,
    );
  }
  call.requireState(key);
  call.settle();
  return key;
}

export function getKeyRotationStatus(call: Call): readonly Expectation[] {
  const key = call.enter(keyNamed(call, 'KeyId', { crossAccount: true }));
  const rotation = stateOf(key) === 'PendingDeletion' ? undefined : key.rotation;
  const { rotating } = key;
  const status = {
    KeyId: key.arn,
    KeyRotationEnabled: rotation !== undefined,
    RotationPeriodInDays: rotation?.days,
    NextRotationDate: rotation && nextDate(call, key),
  };
  const done = call.success(status, () => finishRotation(key, call.now));
  const running = { ...status, OnDemandRotationStartDate: rotating && call.instant(rotating.from) };
  const answers: Expectation[] = rotating === undefined ? [done] : [call.success(running), done];
  // The page of 2023 refuses them, the API reference of today has a use for the answer.
  if (key.spec !== 'SYMMETRIC_DEFAULT' || key.origin === 'EXTERNAL')
    answers.push({ code: 'UnsupportedOperationException' });
  return answers;
}

// One of several where sources leave it open; afterwards it is the one that was seen.
function nextDate(call: Call, key: Key): Leaf {
  const dates = (key.rotation?.next ?? []).map((at) => ({ at, instant: call.instant(at) }));
  const seen = (got: unknown) => dates.find(({ instant }) => instant.fault(got) === undefined);
  const form = dates.length === 1 && dates[0] ? dates[0].instant.form : { $any: 'timestamp' };
  return leaf<number>(
    form,
    (got) => seen(got) !== undefined,
    (got) => {
      const date = seen(got);
      if (date !== undefined && key.rotation !== undefined) key.rotation = { days: key.rotation.days, next: [date.at] };
      date?.instant.learn?.(got as never);
    },
  );
}

export function rotateKeyOnDemand(call: Call): readonly Expectation[] {
  const key = call.enter(keyNamed(call, 'KeyId'));
  // No message (recorded: rotate-asymmetric-key).
  if (key.spec !== 'SYMMETRIC_DEFAULT') call.refuse('UnsupportedOperationException', null);
  if (key.onDemandRotations >= mostOnDemand) {
    const words =
      'The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be';
    call.refuse('LimitExceededException', `${words} performed for this key: ${key.arn}`);
  }
  const next = key.rotation?.next ?? [];
  const conflict: Expectation = { code: 'ConflictException' };
  const started = call.success({ KeyId: key.arn }, () => {
    finishRotation(key, call.now);
    startRotation(key, call.now);
  });
  const [likeliest] = next;
  if (likeliest !== undefined && likeliest - call.now < conflictMs) return [conflict];
  const maybe = next.some((at) => at - call.now <= conflictMs);
  return key.rotating !== undefined || maybe ? [started, conflict] : [started];
}
