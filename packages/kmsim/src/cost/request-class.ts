// Which price a request has: by its operation, and by the spec of the key that it is about.
// https://aws.amazon.com/kms/pricing/ (Key usage; Free tier)

import { type CloudTrailRecord, type OperationName, operationRows } from '@kmsim/kms';
import { memberOf } from '../analysis/trail-event.ts';
import type { RequestClass } from './prices.ts';

/** What a request asked for, as far as its price goes by it. */
export interface Asked {
  readonly operation: OperationName;
  /** Of GenerateDataKeyPair. */
  readonly pairSpec: string | undefined;
  /** The algorithm of the request: it tells the family of a key of which nothing else is known. */
  readonly algorithm: string | undefined;
}

const algorithmMembers = [
  'signingAlgorithm',
  'encryptionAlgorithm',
  'keyAgreementAlgorithm',
  'encapsulationAlgorithm',
  'sourceEncryptionAlgorithm',
] as const;

export function askedIn(operation: OperationName, { requestParameters }: CloudTrailRecord): Asked {
  const text = (name: string): string | undefined => {
    const value = memberOf(requestParameters, name);
    return typeof value === 'string' ? value : undefined;
  };
  const algorithm = algorithmMembers.map(text).find((value) => value !== undefined);
  return { operation, pairSpec: text('keyPairSpec'), algorithm };
}

/** The page excludes from the free tier what refers to asymmetric keys: "Sign, Verify, Encrypt, Decrypt, and GetPublicKey", and their like. */
function isPricedByKey(operation: OperationName): boolean {
  return operationRows[operation].cryptographic || operation === 'GetPublicKey';
}

const pairClasses: readonly (readonly [prefix: string, RequestClass])[] = [
  ['RSA_', 'rsaPair'],
  ['ML_KEM_', 'mlKemPair'],
  // SM2 is priced with the curves.
  ['', 'eccPair'],
];

/** `specs`: those of the keys of the request, as far as they are known. */
export function classOf(
  { algorithm, operation, pairSpec }: Asked,
  specs: readonly (string | undefined)[],
): RequestClass {
  if (pairSpec !== undefined) return pairClasses.find(([prefix]) => pairSpec.startsWith(prefix))?.[1] ?? 'eccPair';
  if (!isPricedByKey(operation)) return 'standard';
  // ReEncrypt is one request about two keys: it is taken for the dearer one.
  const classes = specs.map((spec) => (spec === undefined ? classOfAlgorithm(algorithm) : classOfSpec(spec)));
  return dearest.find((one) => classes.includes(one)) ?? 'standard';
}

const dearest: readonly RequestClass[] = ['asymmetric', 'rsa2048'];

function classOfSpec(spec: string): RequestClass {
  if (spec === 'RSA_2048') return 'rsa2048';
  return spec === 'SYMMETRIC_DEFAULT' || spec.startsWith('HMAC_') ? 'standard' : 'asymmetric';
}

// An RSA algorithm does not tell the length of the key: the dearer price. https://docs.aws.amazon.com/kms/latest/APIReference/API_Sign.html
function classOfAlgorithm(algorithm: string | undefined): RequestClass {
  return algorithm === undefined || algorithm === 'SYMMETRIC_DEFAULT' ? 'standard' : 'asymmetric';
}
