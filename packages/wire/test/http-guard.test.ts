import { describe, expect, test } from 'vitest';
import { type Admission, admit, type HostPolicy, maxDrainedBytes, maxHeaders } from '../src/http-guard.ts';
import { maxBodyBytes } from '../src/json-body.ts';

const loopback: HostPolicy = { boundHost: '127.0.0.1', allowedHosts: [] };
const usual = {
  host: 'localhost:4566',
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': 'TrentService.ListKeys',
};

type Headers = Readonly<Record<string, string>>;

function head(headers: Headers = {}, method = 'POST', path = '/', policy = loopback): Admission {
  return admit({ method, path, rawHeaders: Object.entries({ ...usual, ...headers }).flat() }, policy);
}

/** The status of the refusal, or what was admitted. */
function outcome(admission: Admission): number | string {
  return admission.kind === 'refused' ? admission.refusal.status : admission.kind;
}

test('a call is admitted with its headers, names in lower case', () => {
  const rawHeaders = [
    'Host',
    'localhost',
    'Content-Type',
    'application/x-amz-json-1.1',
    'X-Amz-Target',
    'T',
    'Via',
    'a',
    'via',
    'b',
  ];
  expect(admit({ method: 'POST', path: '/', rawHeaders }, loopback)).toEqual({
    kind: 'call',
    protocol: 'json',
    headers: new Map([
      ['host', 'localhost'],
      ['content-type', 'application/x-amz-json-1.1'],
      ['x-amz-target', 'T'],
      ['via', 'a,b'],
    ]),
  });
});

describe('the host', () => {
  test.each(['localhost', 'LOCALHOST:1', 'kms.localhost:4566', '127.0.0.1', '127.8.8.8:80', '[::1]:80'])(
    '%s is this machine',
    (host) => {
      expect(outcome(head({ host }))).toBe('call');
    },
  );

  test.each([
    '',
    'evil.example',
    'evil.example:4566',
    'localhost.evil.example',
    '127.0.0.1.nip.io:4566',
    '127.0.0.1@evil.example',
    'localhost.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0.0.0.0',
    '[::]',
    '[::ffff:127.0.0.1]',
    '10.0.0.1',
    'http://localhost/',
    'localhost,evil.example',
  ])('%j is not', (host) => {
    expect(outcome(head({ host }))).toBe(421);
  });

  test('missing is refused, twice is refused', () => {
    expect(outcome(admit({ method: 'POST', path: '/', rawHeaders: [] }, loopback))).toBe(421);
    const rawHeaders = ['Host', 'localhost', 'host', 'localhost'];
    expect(outcome(admit({ method: 'POST', path: '/', rawHeaders }, loopback))).toBe(400);
  });

  test('the bound one and the allowed ones are names of this server, a wildcard is none', () => {
    const policy = (boundHost: string): HostPolicy => ({ boundHost, allowedHosts: ['kms.internal', '10.0.0.7'] });
    const at = (host: string, boundHost: string): number | string =>
      outcome(head({ host }, 'POST', '/', policy(boundHost)));
    expect(at('KMS.internal:8080', '0.0.0.0')).toBe('call');
    expect(at('10.0.0.7', '0.0.0.0')).toBe('call');
    expect(at('builder', 'Builder')).toBe('call');
    expect(at('[fe80::1]:80', 'fe80::1')).toBe('call');
    expect(at('0.0.0.0', '0.0.0.0')).toBe(421);
    expect(at('[::]', '::')).toBe(421);
    expect(at('x.kms.internal', '0.0.0.0')).toBe(421);
  });

  test('comes before everything else that a page can do', () => {
    expect(outcome(head({ host: 'evil.example', origin: 'http://evil.example' }, 'OPTIONS', '/health'))).toBe(421);
  });
});

describe('a web page', () => {
  test.each<Headers>([
    { origin: 'http://evil.example' },
    { origin: 'null' },
    { origin: '' },
    { origin: 'http://localhost:4566' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '' },
    { 'sec-fetch-site': 'NONE' },
  ])('with %j is refused on every path', (headers) => {
    expect(outcome(head(headers))).toBe(403);
    expect(outcome(head(headers, 'GET', '/health'))).toBe(403);
    expect(outcome(head(headers, 'GET', '/_localstack/health'))).toBe(403);
    expect(outcome(head(headers, 'GET', '/other'))).toBe(403);
  });

  test('may not ask first', () => {
    const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-amz-target' };
    expect(outcome(head(asked, 'OPTIONS'))).toBe(403);
    expect(outcome(head({}, 'OPTIONS', '*'))).toBe(403);
  });

  test.each(['none', 'same-origin'])('that the browser calls %s may', (site) => {
    expect(outcome(head({ 'sec-fetch-site': site }))).toBe('call');
  });
});

describe('the content type', () => {
  test.each([
    'application/x-amz-json-1.1',
    'application/x-amz-json-1.1;charset=utf-8',
    'Application/X-Amz-JSON-1.1; charset=utf-8',
  ])('%s', (type) => {
    expect(outcome(head({ 'content-type': type }))).toBe('call');
  });

  test.each([
    '',
    'application/json',
    'text/plain',
    'text/plain; application/x-amz-json-1.1',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/x-amz-json-1.1',
    'application/x-amz-json-1.0',
    'application/x-amz-json-1.2',
    'application/x-amz-json-1.11',
    'application/x-amz-json-1.1,text/plain',
    ' application/x-amz-json-1.1',
  ])('%j is refused', (type) => {
    expect(outcome(head({ 'content-type': type }))).toBe(415);
  });
});

describe('routes', () => {
  test.each([
    ['GET', '/health', 'health'],
    ['GET', '/_localstack/health', 'health'],
    ['POST', '/_localstack/health', 405],
    ['GET', '/_localstack/info', 404],
    ['GET', '/', 405],
    ['PUT', '/', 405],
    ['HEAD', '/', 405],
    ['DELETE', '/', 405],
    ['post', '/', 405],
    ['POST', '/health', 405],
    ['HEAD', '/health', 405],
    ['POST', '', 404],
    ['POST', '//', 404],
    ['POST', '/.', 404],
    ['POST', '/?a=b', 404],
    ['POST', '/?', 404],
    ['GET', '/health?', 404],
    ['GET', '/health/', 404],
    ['POST', 'http://localhost/', 404],
    ['CONNECT', 'localhost:80', 404],
  ])('%s %s: %s', (method, path, expected) => {
    expect(outcome(head({}, method, path))).toBe(expected);
  });

  test('a wrong method learns the right one', () => {
    expect(head({}, 'GET', '/')).toMatchObject({ allow: 'POST' });
    expect(head({}, 'POST', '/health')).toMatchObject({ allow: 'GET' });
  });

  test('health needs no content type', () => {
    expect(outcome(admit({ method: 'GET', path: '/health', rawHeaders: ['Host', 'localhost'] }, loopback))).toBe(
      'health',
    );
  });
});

describe('headers', () => {
  test('64 of them, and one more', () => {
    const more = (count: number): Headers =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${at}`, '']));
    const left = maxHeaders - Object.keys(usual).length;
    expect(outcome(head(more(left)))).toBe('call');
    expect(outcome(head(more(left + 1)))).toBe(431);
  });

  test.each([
    'authorization',
    'x-amz-target',
    'X-AMZ-DATE',
    'x-amz-security-token',
    'x-amz-content-sha256',
    'content-type',
    'date',
    'origin',
  ])('%s twice is refused, though the values are one', (name) => {
    const rawHeaders = ['host', 'localhost', name, 'a', name.toLowerCase(), 'a'];
    expect(outcome(admit({ method: 'POST', path: '/', rawHeaders }, loopback))).toBe(400);
  });

  test('with the names of the prototype are headers', () => {
    const rawHeaders = [...Object.entries(usual).flat(), '__proto__', 'x', 'constructor', 'y'];
    const admission = admit({ method: 'POST', path: '/', rawHeaders }, loopback);
    expect(admission.kind === 'call' && admission.headers.get('__proto__')).toBe('x');
    expect(admission.kind === 'call' && admission.headers.get('constructor')).toBe('y');
  });
});

describe('the declared length', () => {
  test.each([
    [0, 'call', undefined],
    [maxBodyBytes, 'call', undefined],
    [maxBodyBytes + 1, 413, true],
    [maxDrainedBytes, 413, true],
    [maxDrainedBytes + 1, 413, false],
    [2 ** 30, 413, false],
  ])('%i: %s', (length, expected, drain) => {
    const admission = head({ 'content-length': String(length) });
    expect(outcome(admission)).toBe(expected);
    expect(admission.kind === 'refused' ? admission.drain : undefined).toBe(drain);
  });

  test.each([
    [{}, true],
    [{ 'content-length': '1000' }, true],
    [{ 'content-length': '2000000' }, false],
    [{ 'content-length': '1000', expect: '100-continue' }, false],
    [{ 'transfer-encoding': 'chunked' }, false],
  ])('a refused request with %j: its body is worth reading: %s', (headers, drain) => {
    expect(head({ ...headers, origin: 'null' })).toMatchObject({ kind: 'refused', drain });
  });
});

describe('a form', () => {
  const forms: HostPolicy = { ...loopback, forms: true };
  const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  const signed = { ...form, authorization: 'AWS4-HMAC-SHA256 x' };

  test('is a query where it is signed and a Query service is there', () => {
    expect(head(signed, 'POST', '/', forms)).toMatchObject({ kind: 'call', protocol: 'query' });
    expect(head({}, 'POST', '/', forms)).toMatchObject({ kind: 'call', protocol: 'json' });
  });

  // A web page can send such a form without asking; the Authorization header it cannot.
  test.each([
    ['without a signature', form, forms],
    ['without a Query service', signed, loopback],
    ['of another type', { ...signed, 'content-type': 'multipart/form-data' }, forms],
    ['of a type that begins so', { ...signed, 'content-type': 'application/x-www-form-urlencodedx' }, forms],
  ])('%s is refused', (_form, headers, policy) => {
    expect(outcome(head(headers, 'POST', '/', policy))).toBe(415);
  });

  test('of a web page is refused, and one that is too large', () => {
    expect(outcome(head({ ...signed, origin: 'http://localhost' }, 'POST', '/', forms))).toBe(403);
    expect(outcome(head({ ...signed, 'content-length': String(maxBodyBytes + 1) }, 'POST', '/', forms))).toBe(413);
  });
});
