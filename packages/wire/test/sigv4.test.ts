import { describe, expect, test } from 'vitest';
import { canonicalLine, expectedSignature, sha256Hex } from '../src/expected-signature.ts';
import { type SignedRequest, verifySignature } from '../src/sigv4.ts';
import { judged, knowing, verification } from './judgement.ts';
import { exampleKey, reauthorized, signedAt, signedRequest, withHeaders } from './signed-request.ts';

const { accessKeyId, secretAccessKey } = exampleKey;
const credential = { secretAccessKey };

const wrong =
  'InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const unknown = 'UnrecognizedClientException: The security token included in the request is invalid.';

describe('a signed request', () => {
  test('is who it says, in the region it was signed for', async () => {
    expect(await verifySignature(await signedRequest(), verification)).toEqual({
      accessKeyId,
      region: 'eu-west-1',
      credential: exampleKey,
    });
  });

  test('may be for another service under another path, where the verification says so', async () => {
    const path = '/kms/xks/v1/keys/a.b_c-1/encrypt';
    const request = await signedRequest({ path, service: 'kms-xks-proxy' });
    const elsewhere = { ...verification, service: 'kms-xks-proxy', path };
    expect(verifySignature(request, elsewhere)).toMatchObject({ accessKeyId });
    for (const other of [
      { ...elsewhere, path: '/' },
      { ...elsewhere, path: `${path}/` },
      { ...verification, path },
    ])
      expect(verifySignature(request, other)).toHaveProperty('refusal.code', 'InvalidSignatureException');
  });

  test.each([
    ['an empty body', { body: '' }],
    ['its hash in a header', { withHash: true }],
    ['another region', { region: 'us-gov-west-1' }],
    ['a body of many bytes', { body: JSON.stringify({ Plaintext: 'é€😀'.repeat(1000) }) }],
    ['blanks to fold in a header', { headers: { host: 'localhost', 'x-amz-target': '  a   b ' } }],
    ['no target, no type', { headers: { host: 'localhost' } }],
    ['a header named __proto__', { headers: { host: 'localhost', ...Object.fromEntries([['__proto__', 'x']]) } }],
  ])('with %s', async (_, signing) => {
    expect(await judged(await signedRequest(signing))).toBe('verified');
  });

  test('may be five minutes old, or new, and no second more', async () => {
    const request = await signedRequest();
    for (const [offset, outcome] of [
      [-300_000, 'verified'],
      [300_000, 'verified'],
      [
        -301_000,
        'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)',
      ],
      [301_000, 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)'],
    ] as const) {
      const verdict = await judged(request, knowing({ [accessKeyId]: credential }, signedAt + offset));
      expect(verdict).toBe(outcome === 'verified' ? outcome : `InvalidSignatureException: ${outcome}`);
    }
  });
});

describe('an altered request is refused', () => {
  test.each<[what: string, alter: (request: SignedRequest) => SignedRequest]>([
    ['another method', (request) => ({ ...request, method: 'PUT' })],
    ['another path', (request) => ({ ...request, path: '/other' })],
    ['a path with the same canonical form', (request) => ({ ...request, path: '/.' })],
    ['two slashes', (request) => ({ ...request, path: '//' })],
    ['an absolute target', (request) => ({ ...request, path: 'http://127.0.0.1:4566/' })],
    ['a query', (request) => ({ ...request, path: '/?a=b' })],
    ['an empty query', (request) => ({ ...request, path: '/?' })],
    ['a query that canonicalization drops', (request) => ({ ...request, path: '/?X-Amz-Signature=0' })],
    ['another body', (request) => ({ ...request, body: Buffer.from('{"KeyId":"alias/b"}') })],
    ['a longer body', (request) => ({ ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) })],
    ['no body', (request) => ({ ...request, body: new Uint8Array(0) })],
    ['another host', (request) => withHeaders(request, { host: '127.0.0.1:4567' })],
    ['another target', (request) => withHeaders(request, { 'x-amz-target': 'TrentService.DisableKey' })],
    [
      'a doubled target',
      (request) => withHeaders(request, { 'x-amz-target': 'TrentService.DescribeKey,TrentService.DescribeKey' }),
    ],
    ['another type', (request) => withHeaders(request, { 'content-type': 'application/x-amz-json-1.0' })],
    ['another instant', (request) => withHeaders(request, { 'x-amz-date': '20150830T123601Z' })],
    ['a signed header less', (request) => withHeaders(request, { 'amz-sdk-request': undefined })],
    ['a tab for a blank', (request) => withHeaders(request, { 'amz-sdk-request': 'attempt=1;\tmax=3' })],
    ['bytes past ASCII', (request) => withHeaders(request, { 'amz-sdk-request': 'attempt=1; max=\u00b3' })],
    ['another region', (request) => reauthorized(request, (header) => header.replace('eu-west-1', 'eu-west-2'))],
    [
      'signed headers out of order',
      (request) => reauthorized(request, (header) => header.replace('content-type;host', 'host;content-type')),
    ],
    ['a signed header twice', (request) => reauthorized(request, (header) => header.replace(';host', ';host;host'))],
    ['a name of no header', (request) => reauthorized(request, (header) => header.replace('host;', 'host;missing;'))],
    ['an empty name', (request) => reauthorized(request, (header) => header.replace('host;', 'host;;'))],
    [
      'a final semicolon',
      (request) => reauthorized(request, (header) => header.replace(', Signature', ';, Signature')),
    ],
    [
      'a header less in the list',
      (request) => reauthorized(request, (header) => header.replace('amz-sdk-request;', '')),
    ],
    [
      'upper case digits',
      (request) => reauthorized(request, (header) => header.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase())),
    ],
    ['a shorter signature', (request) => reauthorized(request, (header) => header.slice(0, -1))],
    ['a longer signature', (request) => reauthorized(request, (header) => `${header}0`)],
  ])('%s', async (_, alter) => {
    const request = await signedRequest();
    expect(await judged(request)).toBe('verified');
    expect(await judged(alter(request))).toBe(wrong);
  });

  // What no client signs: right by the arithmetic, wrong by the rules.
  test.each([
    [
      'a declared hash of another body',
      { host: 'localhost', 'x-amz-content-sha256': 'e3b0' },
      'host;x-amz-content-sha256;x-amz-date',
    ],
    ['nothing, for names that are no list', {}, 'x-amz-date;host'],
  ])('%s', async (_, signedHeaders, list) => {
    const timestamp = '20150830T123600Z';
    const dated = Object.keys(signedHeaders).length === 0 ? {} : { 'x-amz-date': timestamp };
    const headers = new Map(Object.entries({ ...signedHeaders, ...dated }));
    const unsigned = { method: 'POST', path: '/', body: Buffer.from('{}') };
    const scope = { timestamp, region: 'eu-west-1', service: 'kms' };
    const lines = [...headers].map(([name, value]) => canonicalLine(name, value)).join('');
    const canonical = { lines, names: [...headers.keys()].join(';') };
    const toSign = { method: 'POST', path: '/', bodyHash: sha256Hex(unsigned.body), headers: canonical, ...scope };
    const signature = expectedSignature(toSign, exampleKey);
    const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20150830/eu-west-1/kms/aws4_request, SignedHeaders=${list}, Signature=${signature}`;
    const sent = new Map([
      ['host', 'localhost'],
      ['x-amz-date', timestamp],
      ...headers,
      ['authorization', authorization],
    ]);
    expect(await judged({ ...unsigned, headers: sent })).toBe(wrong);
  });

  // Signed over just what the list of names says: right by the arithmetic, whatever the rules say.
  test.each([
    ['as it should be', {}, ['host', 'x-amz-date'], 'verified'],
    ['any character that is text', { 'x-a': ' !~' }, ['host', 'x-a', 'x-amz-date'], 'verified'],
    ['names out of order', {}, ['x-amz-date', 'host'], wrong],
    ['a name twice', {}, ['host', 'host', 'x-amz-date'], wrong],
    ['a tab in a value', { 'x-a': 'a\tb' }, ['host', 'x-a', 'x-amz-date'], wrong],
    ['a byte past ASCII before the others', { 'x-a': '\u00b3a' }, ['host', 'x-a', 'x-amz-date'], wrong],
    ['a byte past ASCII behind the others', { 'x-a': 'a\u00b3' }, ['host', 'x-a', 'x-amz-date'], wrong],
  ] as const)('signed names: %s', async (_, more, names, outcome) => {
    const timestamp = '20150830T123600Z';
    const sent = new Map(Object.entries({ host: 'localhost', 'x-amz-date': timestamp, ...more }));
    const lines = names.map((name) => canonicalLine(name, sent.get(name) ?? '')).join('');
    const body = Buffer.from('{}');
    const scope = { timestamp, region: 'eu-west-1', service: 'kms' };
    const toSign = { method: 'POST', path: '/', bodyHash: sha256Hex(body), headers: { lines, names: names.join(';') } };
    const signature = expectedSignature({ ...toSign, ...scope }, exampleKey);
    const parts = [
      `Credential=${accessKeyId}/20150830/eu-west-1/kms/aws4_request`,
      `SignedHeaders=${names.join(';')}`,
      `Signature=${signature}`,
    ];
    sent.set('authorization', `AWS4-HMAC-SHA256 ${parts.join(', ')}`);
    expect(await judged({ method: 'POST', path: '/', headers: sent, body })).toBe(outcome);
  });

  test.each([
    'UNSIGNED-PAYLOAD',
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '',
  ])('a declared hash of %j, though it is signed', async (hash) => {
    const headers = { host: 'localhost', 'x-amz-target': 'TrentService.DescribeKey', 'x-amz-content-sha256': hash };
    expect(await judged(await signedRequest({ headers }))).toBe(wrong);
  });
});

describe('a header that the answer depends on must be signed', () => {
  const host = "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.";

  test.each([
    ['host', 'content-type;host;', 'content-type;', host],
    ['x-amz-date', 'x-amz-date;', '', "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."],
    ['x-amz-target', ';x-amz-target', '', "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."],
  ])('%s', async (_, listed, left, message) => {
    const request = reauthorized(await signedRequest(), (header) => header.replace(listed, left));
    expect(await judged(request)).toBe(`InvalidSignatureException: ${message}`);
  });

  test.each(['x-amz-target', 'x-amz-security-token', 'x-amz-content-sha256'])(
    '%s, when it was slipped in',
    async (name) => {
      const request = await signedRequest({ headers: { host: 'localhost' } });
      const message = `'${name}' must be a 'SignedHeader' in the AWS Authorization.`;
      expect(await judged(withHeaders(request, { [name]: 'x' }))).toBe(`InvalidSignatureException: ${message}`);
    },
  );

  test('Date, where it stands for X-Amz-Date', async () => {
    const request = withHeaders(await signedRequest(), { date: '20150830T123600Z', 'x-amz-date': undefined });
    const message = "'date' must be a 'SignedHeader' in the AWS Authorization.";
    expect(await judged(request)).toBe(`InvalidSignatureException: ${message}`);
  });
});

describe('keys', () => {
  test('a wrong secret is a wrong signature', async () => {
    expect(await judged(await signedRequest({ secretAccessKey: 'other' }))).toBe(wrong);
  });

  test.each(['', 'OTHER', '__proto__', 'constructor'])('an unknown access key: %j', async (id) => {
    const request = reauthorized(await signedRequest(), (header) => header.replace(`=${accessKeyId}/`, `=${id}/`));
    expect(await judged(request)).toBe(unknown);
  });

  test('an unknown access key, signed with the empty secret that it is measured against', async () => {
    expect(await judged(await signedRequest({ accessKeyId: 'x', secretAccessKey: '' }))).toBe(unknown);
  });

  test("another account's key id with one's own secret", async () => {
    const two = knowing({ [accessKeyId]: credential, mallory: { secretAccessKey: 'm' } });
    expect(await judged(await signedRequest({ accessKeyId: 'mallory', secretAccessKey: 'm' }), two)).toBe('verified');
    expect(await judged(await signedRequest({ secretAccessKey: 'm' }), two)).toBe(wrong);
  });
});

describe('temporary credentials', () => {
  const temporary = { secretAccessKey, sessionToken: 'token-of-the-session' };
  const session = knowing({ [accessKeyId]: temporary });

  test('with their token', async () => {
    expect(await judged(await signedRequest({ sessionToken: temporary.sessionToken }), session)).toBe('verified');
  });

  test.each(['token-of-another-one', 'token', '', undefined])('with the token %j', async (sessionToken) => {
    const request = await signedRequest(sessionToken === undefined ? {} : { sessionToken });
    expect(await judged(request, session)).toBe(unknown);
  });

  test('a token for a key that has none', async () => {
    expect(await judged(await signedRequest({ sessionToken: 'x' }))).toBe(unknown);
  });

  test('that have expired: said only to who has the secret and the token', async () => {
    const expired = knowing({ [accessKeyId]: { ...temporary, expired: true } });
    const request = await signedRequest({ sessionToken: temporary.sessionToken });
    expect(await judged(request, expired)).toBe(
      'ExpiredTokenException: The security token included in the request is expired',
    );
    expect(await judged(await signedRequest({ sessionToken: 'x' }), expired)).toBe(unknown);
    expect(await judged({ ...request, body: new Uint8Array(0) }, expired)).toBe(wrong);
  });
});

test('the published request is verified as a whole', async () => {
  const request: SignedRequest = {
    method: 'POST',
    path: '/',
    headers: new Map([
      ['host', 'example.amazonaws.com'],
      ['x-amz-date', '20150830T123600Z'],
      [
        'authorization',
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
          'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
      ],
    ]),
    body: new Uint8Array(0),
  };
  expect(await judged(request, { ...verification, service: 'service' })).toBe('verified');
  expect(await judged(request)).toContain("correct service: 'kms'");
});
