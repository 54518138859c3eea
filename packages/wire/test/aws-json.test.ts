import { kmsError } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { type Answer, answer, refuse, type WireRequest } from '../src/aws-json.ts';
import { alice, KmsDouble } from './kms-double.ts';

const utf8 = new TextEncoder();

function request(operation: string, body: Uint8Array | string = '{}'): WireRequest {
  const bytes = typeof body === 'string' ? utf8.encode(body) : body;
  return { target: `TrentService.${operation}`, body: bytes, caller: alice };
}

/** The answer of a KMS that does not wait. */
function atOnce(kms: KmsDouble, wire: WireRequest): Answer {
  const result = answer(kms, wire);
  if (result instanceof Promise) throw new Error('answered with a promise');
  return result;
}

describe('a request', () => {
  test('reaches the KMS as operation, parsed input, wire form and caller', () => {
    const kms = new KmsDouble();
    atOnce(kms, request('Encrypt', '{"KeyId":"alias/a","Plaintext":"aGk=","EncryptionContext":{"tenant":"1"}}'));
    expect(kms.visits).toMatchObject([
      {
        operation: 'Encrypt',
        input: { KeyId: 'alias/a', Plaintext: 'aGk=', EncryptionContext: { tenant: '1' } },
        form: 'wire',
        caller: alice,
      },
    ]);
  });

  test('may have no body at all', () => {
    const kms = new KmsDouble();
    atOnce(kms, request('ListKeys', ''));
    expect(kms.visits[0]?.input).toEqual({});
  });

  test.each([
    undefined,
    '',
    'TrentService',
    'TrentService.',
    'TrentService.encrypt',
    'trentservice.Encrypt',
    ' TrentService.Encrypt',
    'TrentService.Encrypt ',
    'TrentService.Encrypt, TrentService.Decrypt',
    'TrentService.Encrypt.Encrypt',
    'DynamoDB_20120810.ListTables',
    'TrentService.__proto__',
    'TrentService.constructor',
    'TrentService.prototype',
    'TrentService.toString',
    'TrentService.hasOwnProperty',
    'TrentService.then',
  ])('with the target %j is an unknown operation', (target) => {
    const kms = new KmsDouble();
    const { status, headers, body } = atOnce(kms, { target, body: '{}', caller: alice });
    expect([status, body]).toEqual([400, '{"__type":"UnknownOperationException"}']);
    expect(headers['x-amzn-requestid']).toBe('refused-1');
    expect(kms.visits).toEqual([]);
  });

  test('no name that an object inherits is an operation', () => {
    const kms = new KmsDouble();
    const prototypes = [Object.prototype, Function.prototype, Array.prototype, Map.prototype, String.prototype];
    const names = prototypes.flatMap((prototype) => Object.getOwnPropertyNames(prototype));
    for (const name of names) {
      const { body } = atOnce(kms, { target: `TrentService.${name}`, body: '{}', caller: alice });
      expect([name, body]).toEqual([name, '{"__type":"UnknownOperationException"}']);
    }
    expect([names.length > 60, kms.visits]).toEqual([true, []]);
  });

  test('that is no JSON is refused before its target is looked at', () => {
    const kms = new KmsDouble();
    const { status, headers, body } = atOnce(kms, { target: 'TrentService.Nothing', body: '{', caller: alice });
    expect([status, body]).toEqual([400, '{"__type":"SerializationException"}']);
    expect(headers['x-amzn-requestid']).toBe('refused-1');
    expect(kms.visits).toEqual([]);
  });

  test('past a limit is refused with a reason, spelled as the framework spells it', () => {
    const { body } = atOnce(new KmsDouble(), request('Encrypt', '['.repeat(17) + ']'.repeat(17)));
    expect(JSON.parse(body)).toEqual({
      __type: 'SerializationException',
      Message: 'The request is nested too deeply.',
    });
  });
});

describe('an output', () => {
  test('is JSON: blobs in base64, instants in seconds with their milliseconds, absent members absent', () => {
    const kms = new KmsDouble();
    kms.respond = () => ({ CiphertextBlob: Uint8Array.of(0, 255), KeyId: 'arn', EncryptionAlgorithm: undefined });
    expect(atOnce(kms, request('Encrypt'))).toEqual({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'visit-1' },
      body: '{"CiphertextBlob":"AP8=","KeyId":"arn"}',
    });
    kms.respond = () => ({ KeyMetadata: { KeyId: 'k', CreationDate: new Date(1_700_000_000_123) } });
    expect(atOnce(kms, request('DescribeKey')).body).toBe(
      '{"KeyMetadata":{"KeyId":"k","CreationDate":1700000000.123}}',
    );
  });

  test('without members is an empty body', () => {
    expect(atOnce(new KmsDouble(), request('DisableKey'))).toMatchObject({ status: 200, body: '' });
  });

  test('that has to be waited for comes as a promise', async () => {
    const kms = new KmsDouble();
    kms.respond = async () => ({ KeyId: 'arn' });
    const result = answer(kms, request('Encrypt'));
    expect(result).toBeInstanceOf(Promise);
    expect((await result).body).toBe('{"KeyId":"arn"}');
  });
});

describe('an error of the KMS', () => {
  test.each([
    [
      kmsError('NotFoundException', 'Alias a is not found.'),
      400,
      '{"__type":"NotFoundException","message":"Alias a is not found."}',
    ],
    [kmsError('InvalidCiphertextException'), 400, '{"__type":"InvalidCiphertextException"}'],
    [kmsError('AccessDeniedException', 'User: u'), 400, '{"__type":"AccessDeniedException","Message":"User: u"}'],
    [kmsError('KMSInternalException', 'x'), 500, '{"__type":"KMSInternalException","message":"x"}'],
  ])('is its type and its message: %s', async (error, status, body) => {
    const kms = new KmsDouble();
    kms.respond = () => {
      throw error;
    };
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'visit-1' };
    expect(atOnce(kms, request('Decrypt'))).toEqual({ status, headers, body });
    kms.respond = () => Promise.reject(error);
    expect(await answer(kms, request('Decrypt'))).toMatchObject({ status, body });
  });

  test('never carries its decision', () => {
    const kms = new KmsDouble();
    kms.respond = () => {
      throw Object.assign(kmsError('AccessDeniedException', 'User: u'), { decision: { reasons: ['inner'] } });
    };
    expect(atOnce(kms, request('Decrypt')).body).not.toContain('inner');
  });
});

describe('a defect', () => {
  const defect = new TypeError('secret state of the engine');

  const raise = (): never => {
    throw defect;
  };

  test.each<[where: string, breakIt: (kms: KmsDouble) => void]>([
    ['raised', (kms) => Object.assign(kms, { respond: raise })],
    ['rejected', (kms) => Object.assign(kms, { respond: async () => raise() })],
    [
      'in the answer',
      (kms) =>
        Object.assign(kms, { respond: () => Object.defineProperty({}, 'KeyId', { get: raise, enumerable: true }) }),
    ],
    ['in the request id', (kms) => Object.assign(kms, { requestId: raise })],
    ['in the request id, later', (kms) => Object.assign(kms, { respond: async () => ({}), requestId: raise })],
    [
      'in the request id of an error',
      (kms) =>
        Object.assign(kms, {
          respond: () => {
            throw kmsError('DisabledException', 'd');
          },
          requestId: raise,
        }),
    ],
  ])('%s is InternalFailure to the client, and itself to the hook', async (_, breakIt) => {
    const kms = new KmsDouble();
    breakIt(kms);
    const seen: unknown[] = [];
    const result = await answer(kms, request('Encrypt'), { onInternalError: (...what) => seen.push(what) });
    expect(result.status).toBe(500);
    expect(JSON.parse(result.body).__type).toBe('InternalFailure');
    expect(result.body).not.toMatch(/secret|TypeError|\.ts/);
    expect(seen).toEqual([[defect, 'Encrypt']]);
  });

  test('in the hook itself changes nothing', () => {
    const kms = new KmsDouble();
    kms.respond = () => {
      throw defect;
    };
    const onInternalError = (): never => {
      throw new Error('hook');
    };
    expect(answer(kms, request('Encrypt'), { onInternalError })).toMatchObject({ status: 500 });
  });

  test('in the ids of refusals is answered too', () => {
    const kms = new KmsDouble();
    kms.refuse = () => {
      throw defect;
    };
    expect(answer(kms, request('Nothing'))).toMatchObject({ status: 500 });
  });
});

test('a refusal without a request id has no such header', () => {
  const { headers } = refuse({ code: 'X', status: 403 });
  expect(headers).toEqual({ 'content-type': 'application/x-amz-json-1.1' });
});
