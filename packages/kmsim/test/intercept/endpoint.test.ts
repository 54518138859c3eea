// Which addresses are those of AWS KMS.

import { expect, test } from 'vitest';
import { endpointRegion } from '../../src/intercept/endpoint.ts';

test.each([
  ['https://kms.us-east-1.amazonaws.com/', 'us-east-1'],
  ['https://KMS.US-EAST-1.amazonaws.com:443/', 'us-east-1'],
  ['https://kms-fips.us-gov-west-1.amazonaws.com/', 'us-gov-west-1'],
  ['https://kms.eu-west-1.api.aws/', 'eu-west-1'],
  ['https://kms.cn-north-1.amazonaws.com.cn/', 'cn-north-1'],
  ['https://kms.ap-southeast-5.amazonaws.com/?a', 'ap-southeast-5'],
  // Of another partition, or of none.
  ['https://kms.cn-north-1.amazonaws.com/', undefined],
  ['https://kms.us-east-1.amazonaws.com.cn/', undefined],
  // Another port or scheme, another service, another name.
  ['http://kms.us-east-1.amazonaws.com/', undefined],
  ['https://kms.us-east-1.amazonaws.com:8443/', undefined],
  ['https://s3.us-east-1.amazonaws.com/', undefined],
  ['https://kms.amazonaws.com/', undefined],
  ['https://kms.us-east-1.amazonaws.com.evil.example/', undefined],
  ['https://evil-kms.us-east-1.amazonaws.com/', undefined],
  ['https://kms.us-east-1.amazonaws.com@evil.example/', undefined],
  ['https://localhost/', undefined],
])('%s: %s', (url, region) => {
  expect(endpointRegion(new URL(url))).toBe(region);
});
