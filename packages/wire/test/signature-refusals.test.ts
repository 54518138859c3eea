import { describe, expect, test } from 'vitest';
import { judged } from './judgement.ts';
import { reauthorized, signedRequest, withHeaders } from './signed-request.ts';

describe('what is no signature', () => {
  test.each([undefined, '', 'Bearer abc', 'Basic dGVzdDp0ZXN0'])('%j', async (authorization) => {
    const request = withHeaders(await signedRequest(), { authorization });
    expect(await judged(request)).toBe('MissingAuthenticationTokenException: Missing Authentication Token');
  });

  test('a header with parts missing: each is named, the header itself comes back as a hash', async () => {
    const bare = withHeaders(await signedRequest(), { authorization: 'AWS4-HMAC-SHA256', 'x-amz-date': undefined });
    expect(await judged(bare)).toBe(
      "IncompleteSignatureException: Authorization header requires 'Credential' parameter. " +
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. " +
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. " +
        '(Hashed with SHA-256 and encoded with Base64) Authorization=YI2YWea8FSxnksZL2ETHbs5elHm9HQufxTLK0W0ffV0=',
    );
    const unsigned = reauthorized(await signedRequest(), (header) => header.replace(/, Signature=.*/, ''));
    expect(await judged(unsigned)).toMatch(
      /^IncompleteSignatureException: Authorization header requires 'Signature' parameter\. \(Hashed/,
    );
  });

  test('a part without an equal sign', async () => {
    const broken = reauthorized(await signedRequest(), () => 'AWS4-HMAC-SHA256 secret-of-another-scheme');
    const text = await judged(broken);
    expect(text).toMatch(/^IncompleteSignatureException: Invalid key=value pair \(missing equal-sign\)/);
    expect(text).toContain("'KeinhgPKKOKf+M9IFsfxD7Kzoda/Z34/Ttpfs/DJAqI='");
    expect(text).not.toContain('secret');
  });

  test('another algorithm', async () => {
    for (const name of ['AWS4-HMAC-SHA25', 'AWS4-ECDSA-P256-SHA256', 'AWS4-']) {
      const request = reauthorized(await signedRequest(), (header) => header.replace('AWS4-HMAC-SHA256', name));
      const message = `Unsupported AWS 'algorithm': '${name}' (only AWS4-HMAC-SHA256 for now). `;
      expect(await judged(request)).toBe(`IncompleteSignatureException: ${message}`);
    }
  });

  test('a credential without its five parts', async () => {
    const request = reauthorized(await signedRequest(), (header) => header.replace('/kms/', '/'));
    expect(await judged(request)).toBe(
      'IncompleteSignatureException: Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, ' +
        "got 'AKIDEXAMPLE/20150830/eu-west-1/aws4_request'",
    );
  });
});

describe('a scope for something else', () => {
  test.each([
    ['eu-west-1', 'moon', "Credential should be scoped to a valid region, not 'moon'. "],
    ['/kms/', '/s3/', "Credential should be scoped to correct service: 'kms'. "],
    ['aws4_request', 'aws5', "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'. "],
    [
      '/20150830/',
      '/20150831/',
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'.",
    ],
  ])('%s for %s', async (own, other, message) => {
    const request = reauthorized(await signedRequest(), (header) => header.replace(own, other));
    expect(await judged(request)).toBe(`InvalidSignatureException: ${message}`);
  });

  test('all faults come in one message', async () => {
    const request = reauthorized(await signedRequest(), (header) =>
      header.replace(/20150830\/eu-west-1\/kms\/aws4_request/, 'a/b/c/d'),
    );
    expect(await judged(request)).toBe(
      "InvalidSignatureException: Credential should be scoped to a valid region, not 'b'. " +
        "Credential should be scoped to correct service: 'kms'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'd'. " +
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'a' != '20150830', from '20150830T123600Z'.",
    );
  });

  test('even with a right signature', async () => {
    const message = "Credential should be scoped to correct service: 'kms'. ";
    expect(await judged(await signedRequest({ service: 's3' }))).toBe(`InvalidSignatureException: ${message}`);
  });
});
