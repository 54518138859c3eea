// Which addresses are the real AWS, and what an endpoint is asked with.

import { expect, test } from 'vitest';
import { credentialsFrom, isAwsHost } from '../src/endpoint.ts';

test.each([
  ['https://kms.us-east-1.amazonaws.com', true],
  ['https://kms.us-east-1.amazonaws.com.', true],
  ['https://KMS.cn-north-1.AMAZONAWS.com.cn', true],
  ['https://kms.us-east-1.api.aws', true],
  ['https://kms-fips.us-gov-west-1.amazonaws.com:443/', true],
  ['https://kms.us-iso-east-1.c2s.ic.gov', true],
  ['https://kms.us-isob-east-1.sc2s.sgov.gov', true],
  ['https://kms.eu-isoe-west-1.cloud.adc-e.uk', true],
  ['https://kms.us-isof-south-1.csp.hci.ic.gov', true],
  ['https://kms.eusc-de-east-1.amazonaws.eu', true],
  ['https://kms.cn-north-1.api.amazonwebservices.com.cn', true],
  ['https://kms.eusc-de-east-1.api.amazonwebservices.eu', true],
  ['https://kms.us-iso-east-1.api.aws.ic.gov', true],
  ['https://kms.us-isob-east-1.api.aws.scloud', true],
  ['https://kms.eu-isoe-west-1.api.cloud-aws.adc-e.uk', true],
  ['https://kms.us-isof-south-1.api.aws.hci.ic.gov', true],
  ['https://c2s.ic.gov.example', false],
  ['https://kmsxamazonaws.eu', false],
  ['https://kms-amazonawsxeu', false],
  ['http://127.0.0.1:4599', false],
  ['https://amazonaws.com.example', false],
  ['https://notamazonaws.com', false],
])('%s is the real AWS: %s', (url, real) => {
  expect(isAwsHost(new URL(url))).toBe(real);
});

test.each([
  [{}, { accessKeyId: 'test', secretAccessKey: 'test' }],
  [{ AWS_ACCESS_KEY_ID: 'a' }, { accessKeyId: 'test', secretAccessKey: 'test' }],
  [
    { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's' },
    { accessKeyId: 'a', secretAccessKey: 's' },
  ],
  [
    { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' },
    { accessKeyId: 'a', secretAccessKey: 's', sessionToken: 't' },
  ],
])('from %j', (env, credentials) => {
  expect(credentialsFrom(env)).toEqual(credentials);
});
