// Registers that were extended once, as the guide of AWS computes them.

import { expect, test } from 'vitest';
import { pcrOf } from '../src/pcr.ts';

test('PCR3 is that of the role', () => {
  // https://docs.aws.amazon.com/enclaves/latest/user/set-up-attestation.html, "PCR3"
  const expected = '78fce75db17cd4e0a3fb8dad3ad128ca5e77edbb2b2c7f75329dccd99aa5f6ef4fc1f1a452e315b9e98f9e312e6921e6';
  expect(Buffer.from(pcrOf('arn:aws:iam::123456789012:role/Webserver')).toString('hex')).toBe(expected);
});
