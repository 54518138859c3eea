// ListKeyPolicies: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html

import { describe, expect, test } from 'vitest';
import { TestEngine } from '../engine.ts';
import { aboutKey } from './key-suite.ts';

aboutKey({
  operation: 'ListKeyPolicies',
  prepare: () => (KeyId) => ({ KeyId }),
  names: 'key',
  otherAccounts: false,
  disabled: 'works',
  pendingDeletion: 'works',
  pendingImport: 'works',
});

describe('ListKeyPolicies', () => {
  test.each([undefined, 1, 1000])('is one name, with a limit of %s', (Limit) => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.call('ListKeyPolicies', { KeyId, Limit })).toStrictEqual({
      PolicyNames: ['default'],
      Truncated: false,
    });
  });

  // One name, so no marker was ever given out; InvalidMarkerException is not in the model of this operation.
  test('knows no marker', () => {
    const engine = new TestEngine();
    const { KeyId } = engine.createKey();
    expect(engine.refusal('ListKeyPolicies', { KeyId, Marker: 'x' })).toEqual({
      code: 'ValidationException',
      message: 'Invalid marker.',
    });
  });
});
