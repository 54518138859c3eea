// Platform configuration registers: what stands in one after a measurement.

import { sha384 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { joined } from './der.ts';

export const pcrLength = 48;

/**
 * What stands in a register that was zero and is extended once. PCR3 of an enclave is that of the ARN of the role of its instance, PCR4 that of
 * the instance's id. https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html
 */
export function pcrOf(value: string): Uint8Array {
  return sha384(joined(new Uint8Array(pcrLength), utf8ToBytes(value)));
}
