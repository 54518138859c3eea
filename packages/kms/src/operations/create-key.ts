// CreateKey: https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html

import { type KeySpec, type KeyUsage, keySpecs, offeredIn } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { requireStore, storeOf } from '../key-stores/stores.ts';
import type { Call, Operation } from '../operation.ts';
import { requireQuota } from '../quotas/require-quota.ts';
import { checkKeyPolicy } from '../state/check-key-policy.ts';
import { requireFreeId } from '../state/fixed-material.ts';
import { describe } from '../state/metadata.ts';
import { partitionOf } from '../state/names.ts';
import { makeKey, type NewKey } from '../state/new-key.ts';
import { checkTags } from '../state/tags.ts';
import { isInKeyStore, type KeyOrigin } from '../tables/key-states.ts';

export const createKey: Operation<'CreateKey', NewKey> = {
  enter: (call) => {
    const { input, site } = call;
    const { spec, usage } = specAndUsage(input);
    const origin = input.Origin ?? 'AWS_KMS';
    const multiRegion = input.MultiRegion ?? false;
    requireRegion(spec, site.region);
    requireKeyStore(call, origin, spec, multiRegion);
    const given = input.Tags ?? [];
    checkTags(given);
    const fixed = call.kms.fixedKeys?.({ spec, origin, multiRegion, tags: given });
    const { tags = given } = fixed ?? {};
    return {
      manager: 'CUSTOMER',
      spec,
      usage,
      origin,
      description: input.Description ?? '',
      multiRegion,
      policy: input.Policy ?? call.kms.policies.default(site.account, partitionOf(site.region)),
      tags,
      ...(fixed && { fixed }),
    };
  },
  run: (call, options) => {
    const { BypassPolicyLockoutSafetyCheck = false, Policy } = call.input;
    // The key has no ARN yet; a key policy's Resource is `*` or has no effect.
    if (Policy !== undefined) checkKeyPolicy(call, Policy, BypassPolicyLockoutSafetyCheck, `${call.site.prefix}key/*`);
    requireFreeId(call, options.fixed);
    requireQuota(call, 'keys', call.site.customerKeys);
    const key = makeKey(call, options);
    return { KeyMetadata: describe(key, call.now, storeOf(call, key)) };
  },
};

type Input = Call<'CreateKey'>['input'];

function specAndUsage(input: Input): { spec: KeySpec; usage: KeyUsage } {
  const { CustomerMasterKeySpec, KeySpec: given, KeyUsage: usage } = input;
  // Two names of one thing; the older is for callers from before 2021. Nothing is recorded of both at once.
  if (given !== undefined && CustomerMasterKeySpec !== undefined) {
    fail(
      'ValidationException',
      'You cannot specify KeySpec and CustomerMasterKeySpec in the same request. CustomerMasterKeySpec is deprecated.',
    );
  }
  const spec = given ?? CustomerMasterKeySpec ?? 'SYMMETRIC_DEFAULT';
  if (usage === undefined) {
    if (spec === 'SYMMETRIC_DEFAULT') return { spec, usage: 'ENCRYPT_DECRYPT' };
    return fail(
      'ValidationException',
      'You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.',
    );
  }
  // Recording derive-shared-secret has the form.
  if (!keySpecs[spec].usages.includes(usage))
    fail('ValidationException', `KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  return { spec, usage };
}

function requireRegion(spec: KeySpec, region: string): void {
  if (!offeredIn(keySpecs[spec], partitionOf(region))) {
    fail('UnsupportedOperationException', `KeySpec ${spec} is not supported in the Region ${region}.`);
  }
}

// https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html: Origin, CustomKeyStoreId, XksKeyId. Wordings not recorded.
function requireKeyStore(call: Call<'CreateKey'>, origin: KeyOrigin, spec: KeySpec, multiRegion: boolean): void {
  const { CustomKeyStoreId, XksKeyId } = call.input;
  const inStore = isInKeyStore(origin);
  if (XksKeyId !== undefined && origin !== 'EXTERNAL_KEY_STORE')
    fail('ValidationException', `XksKeyId is not valid with Origin ${origin}.`);
  if (CustomKeyStoreId !== undefined && !inStore)
    fail('ValidationException', `CustomKeyStoreId is not valid with Origin ${origin}.`);
  if (!inStore) return;
  if (CustomKeyStoreId === undefined)
    fail('ValidationException', `CustomKeyStoreId is required with Origin ${origin}.`);
  if (origin === 'EXTERNAL_KEY_STORE' && XksKeyId === undefined)
    fail('ValidationException', `XksKeyId is required with Origin ${origin}.`);
  if (spec !== 'SYMMETRIC_DEFAULT')
    fail('UnsupportedOperationException', `KeySpec ${spec} is not supported with Origin ${origin}.`);
  if (multiRegion) fail('UnsupportedOperationException', `Multi-Region keys are not supported with Origin ${origin}.`);
  const { type } = requireStore(call, CustomKeyStoreId);
  if (type !== origin)
    fail('ValidationException', `Origin ${origin} is not valid for a custom key store of the type ${type}.`);
}
