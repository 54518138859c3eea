// What AWS/Usage calls the quota that a call counts for.
// https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html
// https://aws.amazon.com/blogs/security/manage-your-aws-kms-api-request-rates-using-service-quotas-and-amazon-cloudwatch/

import { type CloudTrailRecord, type OperationName, operationRows } from '@kmsim/kms';
import { parameterOf } from '../analysis/trail-event.ts';

// Symmetric, Rsa and Ecc stand in published dashboards; the names of the newer families follow from them.
const families: readonly (readonly [prefix: string, name: string])[] = [
  ['RSA_', 'Rsa'],
  ['ECC_', 'Ecc'],
  // One quota for both.
  ['SM2', 'Ecc'],
  ['ML_DSA_', 'MlDsa'],
  ['ML_KEM_', 'MlKem'],
];

// Tell the family where nothing is known of the key: https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
const algorithms: readonly (readonly [prefix: string, name: string])[] = [
  ['RSA', 'Rsa'],
  ['EC', 'Ecc'],
  ['ED25519', 'Ecc'],
  // One quota for both.
  ['SM2', 'Ecc'],
  ['ML_DSA', 'MlDsa'],
  ['ML_KEM', 'MlKem'],
];

/** `CryptographicOperationsSymmetric`, `GenerateDataKeyPair-RSA_2048`, `DescribeKey`. */
export function quotaResourceOf(operation: OperationName, event: CloudTrailRecord, spec: string | undefined): string {
  const pair = parameterOf(event, 'keyPairSpec');
  if (pair !== undefined) return `GenerateDataKeyPair-${pair}`;
  // GenerateRandom has no key and counts with the symmetric ones.
  if (!operationRows[operation].cryptographic && operation !== 'GenerateRandom') return operation;
  const algorithm =
    parameterOf(event, 'signingAlgorithm') ??
    parameterOf(event, 'encryptionAlgorithm') ??
    parameterOf(event, 'keyAgreementAlgorithm') ??
    parameterOf(event, 'encapsulationAlgorithm') ??
    '';
  const known = spec === undefined ? find(algorithms, algorithm) : find(families, spec);
  return `CryptographicOperations${known ?? 'Symmetric'}`;
}

function find(rows: readonly (readonly [prefix: string, name: string])[], text: string): string | undefined {
  return rows.find(([prefix]) => text.startsWith(prefix))?.[1];
}
