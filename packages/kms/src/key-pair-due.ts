// Whether a request makes an RSA key pair, which takes as long as thousands of other requests. Told before it is dispatched, from what is there
// by now: a server lets such requests in one at a time.

import type { OperationName } from './api/shapes.ts';
import type { Engine } from './engine.ts';
import { usableMaterial } from './key-material.ts';
import type { Visit } from './operation.ts';
import { aliasPrefix } from './state/names.ts';
import type { KeyRecord } from './state/records.ts';
import { operationRows } from './tables/operations.ts';

/** `each time`: the pair belongs to no key, so every request makes one. `first use`: it belongs to a key, or to an import token, and is kept. */
export type KeyPairDue = 'each time' | 'first use';

/** The member that says of which spec the pair is. */
const eachTime: Partial<Record<OperationName, string>> = {
  GenerateDataKeyPair: 'KeyPairSpec',
  GenerateDataKeyPairWithoutPlaintext: 'KeyPairSpec',
  GetParametersForImport: 'WrappingKeySpec',
};

/** Beside the cryptographic operations these use the key pair of their key, or a wrapping key. */
const uses: ReadonlySet<OperationName> = new Set(['GetPublicKey', 'ImportKeyMaterial']);

type Knowing = Pick<Engine, 'state' | 'vault'>;

/** Undefined: none, or none that takes long. Of a request that will be refused it may say what it asks for. */
export function keyPairDue(kms: Knowing, { caller, input, operation }: Visit): KeyPairDue | undefined {
  const specMember = eachTime[operation];
  if (specMember !== undefined) {
    const isDry = memberOf(input, 'DryRun') === true;
    return !isDry && isRsa(memberOf(input, specMember)) ? 'each time' : undefined;
  }
  const { cryptographic, keyMembers } = operationRows[operation];
  if (!cryptographic && !uses.has(operation)) return undefined;
  // The wrapping key of an import token may be one of those that were dropped.
  if (operation === 'ImportKeyMaterial') return 'first use';
  const isDue = keyMembers.some((member) => {
    const key = keyNamed(kms, memberOf(input, member), caller);
    return key !== undefined && isRsa(key.spec) && kms.vault.owesKeyPair(usableMaterial(key));
  });
  return isDue ? 'first use' : undefined;
}

function isRsa(spec: unknown): boolean {
  return typeof spec === 'string' && spec.startsWith('RSA_');
}

function memberOf(input: unknown, name: string): unknown {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, name)) return undefined;
  return (input as Readonly<Record<string, unknown>>)[name];
}

// Whether the caller may name it so is not asked here.
function keyNamed({ state }: Knowing, name: unknown, { principal, region }: Visit['caller']): KeyRecord | undefined {
  if (typeof name !== 'string') return undefined;
  const arn = name.startsWith(aliasPrefix) ? `${state.site(principal.account, region).prefix}${name}` : name;
  const alias = state.get('aliases', arn);
  return state.get('keys', alias?.target ?? arn) ?? state.keyById(region, name);
}
