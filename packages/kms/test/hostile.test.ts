// Hostile values on the typed door: whatever comes in, a KmsError of two classes comes out, soon, and nothing is polluted (I23, I24).

import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { KmsError } from '../src/api/errors.ts';
import { type OperationName, operations as shapes, structures } from '../src/api/shapes.ts';
import { Visit } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { admin, TestEngine, utf8 } from './engine.ts';

const engine = new TestEngine();
const { KeyId } = engine.createKey();
const names = Object.keys(operations) as OperationName[];

function dispatch(operation: OperationName, input: unknown): unknown {
  try {
    return engine.kms.dispatch(new Visit(operation, input, 'direct', admin));
  } catch (error) {
    return error;
  }
}

const boom = new Error('planted');
const throwing = (): never => {
  throw boom;
};
const throwingProxy = new Proxy(
  {},
  { get: throwing, has: throwing, ownKeys: throwing, getOwnPropertyDescriptor: throwing, getPrototypeOf: throwing },
);
const cyclic: Record<string, unknown> = {};
cyclic['KeyId'] = cyclic;
cyclic['Tags'] = [cyclic];
cyclic['EncryptionContext'] = cyclic;
class Instance {
  readonly KeyId = 'none';
}
const { proxy: revoked, revoke } = Proxy.revocable({}, {});
revoke();
const { proxy: revokedList, revoke: revokeList } = Proxy.revocable([], {});
revokeList();

/** Values that are no request, no member, or fight back when they are looked at. */
const hostile: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  'a number': 7,
  'a bigint': 7n,
  'a symbol': Symbol('s'),
  'a function': () => {},
  'an empty list': [],
  'a sparse list': Object.assign([], { length: 2 ** 32 - 1 }),
  'a long list': new Array(1_000_000).fill('x'),
  'a list that claims to be long': new Proxy([], {
    get: (target, name) => (name === 'length' ? 2 ** 32 - 1 : Reflect.get(target, name)),
  }),
  'a Map': new Map([['KeyId', KeyId]]),
  'a Date': new Date(0),
  'an invalid Date': new Date(Number.NaN),
  'a proxy of a Date': new Proxy(new Date(0), {}),
  'what only inherits from Date': Object.create(Date.prototype),
  'a proxy of bytes': new Proxy(new Uint8Array(4), {}),
  'bytes without a buffer': (() => {
    const bytes = new Uint8Array(4);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return bytes;
  })(),
  'shared bytes': new Uint8Array(new SharedArrayBuffer(4)),
  'other bytes': new Uint16Array(4),
  'a String object': Object('text'),
  'a promise': Promise.resolve({}),
  'a thenable': Object.defineProperty({}, 'then', { value: throwing, enumerable: true }),
  'a proxy that throws': throwingProxy,
  'a revoked proxy': revoked,
  'a revoked proxy of a list': revokedList,
  cyclic,
  'a frozen object': Object.freeze({ a: 1 }),
  'an instance of a class': new Instance(),
  'an object without a prototype': Object.create(null),
  'an object that names itself': {
    get [Symbol.toStringTag]() {
      return throwing();
    },
  },
  'an object with toJSON and toString': { toJSON: throwing, toString: throwing, valueOf: throwing },
  'an iterator that throws': { [Symbol.iterator]: throwing },
  'polluting JSON': JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  'a lone surrogate': '\ud800',
  'a long text': 'x'.repeat(1_000_000),
  NaN: Number.NaN,
  'minus zero': -0,
  'a fraction': 1.5,
};

const allowed = ['SerializationException', 'ValidationException'];

/** What must not be answered: of the codes above, or, when the value happens to be harmless there, one that names no secret of it. */
function expectCivil(outcome: unknown, started: number): void {
  expect(performance.now() - started).toBeLessThan(1000);
  expect(outcome).not.toBe(boom);
  if (outcome instanceof Error) expect(outcome).toBeInstanceOf(KmsError);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
}

describe('as a whole request', () => {
  test.each(Object.entries(hostile))('%s', (_name, input) => {
    for (const operation of names) {
      const started = performance.now();
      expectCivil(dispatch(operation, input), started);
    }
  });

  test.each([
    'undefined',
    'null',
    'a number',
    'a symbol',
    'an empty list',
    'a Map',
    'a Date',
    'a proxy that throws',
    'a revoked proxy',
  ])('%s is refused as what it is', (name) => {
    expect(allowed).toContain((dispatch('Encrypt', hostile[name]) as KmsError).code);
  });
});

describe('as a member', () => {
  // A request that works, so that nothing but the member is wrong.
  const base: Readonly<Record<string, unknown>> = {
    KeyId,
    Plaintext: utf8('x'),
    NumberOfBytes: 16,
    AliasName: 'alias/none',
  };

  test.each(Object.entries(hostile))('%s', (_name, value) => {
    for (const operation of names) {
      for (const { name } of structures[shapes[operation].input]) {
        if (operation === 'ScheduleKeyDeletion') continue;
        const started = performance.now();
        expectCivil(dispatch(operation, { ...base, [name]: value }), started);
      }
    }
  });

  test.each(names)('a getter that throws, in %s', (operation) => {
    for (const { name } of structures[shapes[operation].input]) {
      const input = Object.defineProperty({ ...base, [name]: undefined }, name, { get: throwing, enumerable: true });
      const outcome = dispatch(operation, input);
      expect(allowed).toContain((outcome as KmsError).code);
    }
  });

  test('a member that is read twice cannot change in between', () => {
    let reads = 0;
    const input = {
      Plaintext: utf8('x'),
      get KeyId() {
        reads += 1;
        return reads === 1 ? KeyId : 'none';
      },
    };
    expect(dispatch('Encrypt', input)).toMatchObject({ KeyId: expect.stringContaining(KeyId) });
    expect(reads).toBe(1);
  });
});

describe('inside', () => {
  test.each(Object.entries(hostile))('an encryption context, a tag, a list: %s', (_name, value) => {
    const inputs: [OperationName, unknown][] = [
      ['Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionContext: { a: value } }],
      ['Encrypt', { KeyId, Plaintext: utf8('x'), GrantTokens: [value] }],
      ['TagResource', { KeyId, Tags: [value] }],
      ['TagResource', { KeyId, Tags: [{ TagKey: 'a', TagValue: value }] }],
      ['UntagResource', { KeyId, TagKeys: [value] }],
      ['Decrypt', { KeyId, DryRun: true, DryRunModifiers: [value] }],
    ];
    for (const [operation, input] of inputs) {
      const started = performance.now();
      expectCivil(dispatch(operation, input), started);
    }
  });

  test('a context with 100,000 pairs is refused soon', () => {
    const EncryptionContext = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`key ${at}`, 'value']));
    const started = performance.now();
    expect(allowed).toContain(
      (dispatch('Encrypt', { KeyId, Plaintext: utf8('x'), EncryptionContext }) as KmsError).code,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('names that every object has are contexts and tags like others', () => {
    const EncryptionContext = JSON.parse('{"__proto__":"1","constructor":"2","toString":"3"}') as Record<
      string,
      string
    >;
    const CiphertextBlob = engine.encrypt(KeyId, 'secret', EncryptionContext);
    expect(engine.decrypt(CiphertextBlob, EncryptionContext)).toBe('secret');
    for (const name of Object.keys(EncryptionContext)) {
      const without = Object.fromEntries(Object.entries(EncryptionContext).filter(([each]) => each !== name));
      expect(engine.refusal('Decrypt', { CiphertextBlob, EncryptionContext: without }).code).toBe(
        'InvalidCiphertextException',
      );
    }
    const key = engine.createKey({ Tags: [{ TagKey: '__proto__', TagValue: 'x' }] });
    engine.call('TagResource', { KeyId: key.KeyId, Tags: [{ TagKey: 'constructor', TagValue: 'y' }] });
    expect(engine.call('ListResourceTags', { KeyId: key.KeyId }).Tags).toHaveLength(2);
  });

  test('what is changed after the call was made is not seen', () => {
    const Plaintext = utf8('before');
    const context: Record<string, string> = { a: 'b' };
    const { CiphertextBlob } = engine.call('Encrypt', { KeyId, Plaintext, EncryptionContext: context });
    Plaintext.fill(0);
    context['a'] = 'c';
    expect(engine.decrypt(CiphertextBlob as Uint8Array, { a: 'b' })).toBe('before');
    const Tags = [{ TagKey: 'a', TagValue: '1' }];
    const key = engine.createKey({ Tags });
    Object.assign(Tags[0] ?? {}, { TagValue: '2' });
    expect(engine.call('ListResourceTags', { KeyId: key.KeyId }).Tags).toEqual([{ TagKey: 'a', TagValue: '1' }]);
  });
});

describe('outside', () => {
  test('a caller that gives the bytes of an answer away does not break the next call', () => {
    for (const operation of ['Encrypt', 'GenerateDataKey', 'GenerateRandom'] as const) {
      const input = { KeyId, Plaintext: utf8('x'), NumberOfBytes: 16 };
      const answer = dispatch(operation, input) as { CiphertextBlob?: Uint8Array; Plaintext?: Uint8Array };
      for (const { buffer } of [answer.CiphertextBlob, answer.Plaintext].flatMap((bytes) => bytes ?? [])) {
        structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
      }
      expect(engine.decrypt(engine.encrypt(KeyId))).toBe('secret');
    }
  });
});

describe('anything', () => {
  test('on any operation ends in an answer or a KmsError', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withObjectString: true,
      withSparseArray: true,
    });
    const input = fc.constantFrom(...names).chain((operation) => {
      const members = structures[shapes[operation].input].map(({ name }) => name);
      const some = fc.dictionary(fc.constantFrom('KeyId', ...members), fc.oneof(fc.constant(KeyId), anything));
      return fc.tuple(fc.constant(operation), fc.oneof(some, anything));
    });
    fc.assert(
      fc.property(input, ([operation, value]) => {
        const started = performance.now();
        expectCivil(dispatch(operation, value), started);
      }),
      { numRuns: 500 },
    );
  });
});
