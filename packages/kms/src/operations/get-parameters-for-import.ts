// GetParametersForImport: https://docs.aws.amazon.com/kms/latest/APIReference/API_GetParametersForImport.html

import { importRandomLength, keySpecs, offeredIn, type WrappingAlgorithm, type WrappingKeySpec } from '@kmsim/hsm-core';
import { fail } from '../api/errors.ts';
import { enterKey } from '../enter.ts';
import { loaded } from '../loading.ts';
import type { Call, Operation } from '../operation.ts';
import { partitionOf } from '../state/names.ts';
import type { KeyRecord } from '../state/records.ts';
import { dayMs } from '../state/rotation.ts';
import { algorithmsOfWrappingKey, isOffered, tooShortFor, wrappingAlgorithms } from '../tables/import-wrapping.ts';
import { message } from '../tables/key-states.ts';
import { withWorldKey } from '../world-key.ts';

/** "Each public key and import token set is valid for 24 hours." */
const parametersValidMs = dayMs;

export const getParametersForImport: Operation<'GetParametersForImport', KeyRecord> = {
  enter: (call) => {
    const { WrappingAlgorithm: algorithm, WrappingKeySpec: spec } = call.input;
    const { region } = call.site;
    // Refused since October 2023, and still in the model. None of these wordings is recorded.
    if (algorithm === 'RSAES_PKCS1_V1_5')
      fail('UnsupportedOperationException', 'The wrapping algorithm RSAES_PKCS1_V1_5 is no longer supported.');
    const partition = partitionOf(region);
    if (!offeredIn(keySpecs[spec], partition))
      fail('UnsupportedOperationException', `WrappingKeySpec ${spec} is not supported in the Region ${region}.`);
    if (!isOffered(algorithm, partition))
      fail('UnsupportedOperationException', `WrappingAlgorithm ${algorithm} is not supported in the Region ${region}.`);
    if (!algorithmsOfWrappingKey[spec].includes(algorithm)) refuse(algorithm, spec);
    return enterKey(call);
  },
  requireType: ({ input }, key) => {
    requireExternal(key);
    const algorithm = input.WrappingAlgorithm as WrappingAlgorithm;
    const short = tooShortFor[key.spec];
    const algorithms = wrappingAlgorithms[keySpecs[key.spec].family];
    if (algorithms.length === 0)
      fail('UnsupportedOperationException', `Key material cannot be imported into a KMS key of key spec ${key.spec}.`);
    if (
      !algorithms.includes(algorithm) ||
      (short?.keys.includes(input.WrappingKeySpec) && short.with.includes(algorithm))
    )
      refuse(algorithm, input.WrappingKeySpec, key);
  },
  run: (call, key) => {
    const { WrappingAlgorithm: algorithm, WrappingKeySpec } = call.input;
    const validTo = call.now + parametersValidMs;
    const claims = {
      keyArn: key.arn,
      algorithm: algorithm as WrappingAlgorithm,
      wrappingKeySpec: WrappingKeySpec,
      validTo,
    };
    const random = call.random.draw(importRandomLength);
    const opened = withImportSeal(call, (seal) => call.kms.vault.imports.open(seal, claims, random));
    random.fill(0);
    const { publicKey, token } = loaded(opened);
    return {
      KeyId: key.arn,
      ImportToken: token,
      PublicKey: publicKey,
      ParametersValidTo: new Date(validTo),
    };
  },
};

/** With the key that seals the import tokens of this world. */
export function withImportSeal<Result>({ kms }: Call, work: (seal: Uint8Array) => Result): Result {
  return withWorldKey(kms.world, 'import tokens', work);
}

/** The table of states says so for most states (recording get-parameters-for-import); a key that is updating has an origin too. */
export function requireExternal(key: KeyRecord): void {
  if (key.origin !== 'EXTERNAL') fail('UnsupportedOperationException', message('originNotValid', key.arn, key));
}

function refuse(algorithm: string, spec: WrappingKeySpec, key?: KeyRecord): never {
  const material = key === undefined ? '' : ` to import ${key.spec} key material`;
  return fail(
    'ValidationException',
    `WrappingAlgorithm ${algorithm} is not valid with WrappingKeySpec ${spec}${material}.`,
  );
}
