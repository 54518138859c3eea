import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { type SignedRequest, verifySignature } from '../src/sigv4.ts';
import { exampleKey, signedAt, signedRequest, withHeaders } from './signed-request.ts';

const verification = {
  lookup: (id: string) => (id === exampleKey.accessKeyId ? exampleKey : undefined),
  now: () => signedAt,
};

async function isVerified(request: SignedRequest): Promise<boolean> {
  return !('refusal' in (await verifySignature(request, verification)));
}

/** A field of the request, and the request with another value of it. */
type Field = readonly [value: string, put: (value: string) => SignedRequest];

function fieldsOf(request: SignedRequest): Field[] {
  return [
    [request.method, (method) => ({ ...request, method })],
    [request.path, (path) => ({ ...request, path })],
    [Buffer.from(request.body).toString('latin1'), (body) => ({ ...request, body: Buffer.from(body, 'latin1') })],
    ...[...request.headers].map(([name, value]): Field => [value, (other) => withHeaders(request, { [name]: other })]),
  ];
}

const bodies = fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }).filter((body) => body.isWellFormed());
const regions = fc.constantFrom('us-east-1', 'eu-central-2', 'us-gov-west-1');

test.prop([bodies, regions, fc.boolean()])('what was signed is verified', async (body, region, withHash) => {
  expect(await verifySignature(await signedRequest({ body, region, withHash }), verification)).toMatchObject({
    accessKeyId: exampleKey.accessKeyId,
    region,
  });
});

const printable = fc.string({
  maxLength: 40,
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
// What begins with x-amz- has a meaning of its own.
const names = fc.stringMatching(/^x-[b-z0-9][a-z0-9-]{0,11}$/);

test.prop([fc.dictionary(names, printable, { maxKeys: 8 })])(
  'the canonical form of headers is that of the SDK, whatever they are called and however their blanks stand',
  async (others) => {
    const headers = { host: 'localhost', 'x-amz-target': 'TrentService.ListKeys', ...others };
    expect(await verifySignature(await signedRequest({ headers }), verification)).toMatchObject({
      accessKeyId: exampleKey.accessKeyId,
    });
  },
);

test.prop([bodies, fc.boolean(), fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 })], { numRuns: 2000 })(
  'one byte changed anywhere, and it is not',
  async (body, withHash, whichField, whichByte, difference) => {
    const fields = fieldsOf(await signedRequest({ body, withHash }));
    const [value, put] = fields[whichField % fields.length]!;
    const at = whichByte % value.length;
    const changed = String.fromCharCode(value.charCodeAt(at) ^ difference);
    expect(await isVerified(put(value.slice(0, at) + changed + value.slice(at + 1)))).toBe(false);
  },
);

test.prop([bodies, fc.nat(), fc.nat(), fc.boolean()], { numRuns: 1000 })(
  'one byte taken away or doubled anywhere, and it is not',
  async (body, whichField, whichByte, double) => {
    const fields = fieldsOf(await signedRequest({ body }));
    const [value, put] = fields[whichField % fields.length]!;
    const at = whichByte % value.length;
    const changed = double ? value.slice(0, at + 1) + value.slice(at) : value.slice(0, at) + value.slice(at + 1);
    // Blanks: AWS folds them in header values, and between the parts of the Authorization header.
    fc.pre(value[at] !== ' ');
    expect(await isVerified(put(changed))).toBe(false);
  },
);

test.prop([fc.string({ maxLength: 200, unit: 'binary' })])(
  'no Authorization header makes it throw',
  async (authorization) => {
    const request = await signedRequest();
    expect(await isVerified(withHeaders(request, { authorization }))).toBe(false);
    expect(await isVerified(withHeaders(request, { authorization: `AWS4-HMAC-SHA256 ${authorization}` }))).toBe(false);
  },
);
