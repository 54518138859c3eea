// Values that are no argument, or fight back when they are looked at; and how arguments are drawn from them.

import fc from 'fast-check';

/** What planted code throws: it must not come out of a method as if it were an answer. */
export const planted: Error = new Error('planted');
const throwing = (): never => {
  throw planted;
};
const traps = {
  get: throwing,
  has: throwing,
  ownKeys: throwing,
  getOwnPropertyDescriptor: throwing,
  getPrototypeOf: throwing,
};

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: Record<string, unknown> = {};
  for (const name of ['KeyId', 'Tags', 'EncryptionContext', 'Statement', 'policies', 'as', 'self']) value[name] = value;
  value['list'] = [value];
  return value;
}

/** Made anew for each use where one use changes them. */
const hostile: Readonly<Record<string, (long: readonly string[]) => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  number: () => 7,
  NaN: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  'minus zero': () => -0,
  fraction: () => 1.5,
  'beyond numbers': () => 2 ** 53 + 2,
  bigint: () => 7n,
  symbol: () => Symbol('s'),
  true: () => true,
  function: () => () => {},
  'function that throws': () => throwing,
  class: () => class {},
  'empty text': () => '',
  'lone surrogate': () => '\ud800',
  'NUL and bidi': () => '\0\u202e',
  'long text': (long) => 'x'.repeat(long.length),
  'name of a prototype': () => '__proto__',
  constructor: () => 'constructor',
  toString: () => 'toString',
  'empty list': () => [],
  'sparse list': () => Object.assign([], { length: 2 ** 32 - 1 }),
  'long list': (long) => long,
  'list that claims to be long': () =>
    new Proxy([], { get: (target, name) => (name === 'length' ? 2 ** 32 - 1 : Reflect.get(target, name)) }),
  Map: () => new Map([['KeyId', 1]]),
  Date: () => new Date(0),
  'invalid Date': () => new Date(Number.NaN),
  'heir of Date': () => Object.create(Date.prototype),
  'proxy of bytes': () => new Proxy(new Uint8Array(4), {}),
  'bytes without a buffer': () => {
    const bytes = new Uint8Array(4);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return bytes;
  },
  'shared bytes': () => new Uint8Array(new SharedArrayBuffer(4)),
  'other bytes': () => new Uint16Array(4),
  'String object': () => Object('text'),
  promise: () => Promise.resolve({}),
  thenable: () => Object.defineProperty({}, 'then', { value: throwing, enumerable: true }),
  'getter that throws': () => Object.defineProperty({}, 'KeyId', { get: throwing, enumerable: true }),
  'getters everywhere': () => new Proxy({}, { get: throwing }),
  'proxy that throws': () => new Proxy({}, traps),
  'list that throws': () => new Proxy([], traps),
  'revoked proxy': () => revoked({}),
  'revoked list': () => revoked([]),
  'revoked function': () => revoked(() => {}),
  cyclic,
  'cyclic list': () => {
    const list: unknown[] = [];
    list.push(list);
    return list;
  },
  frozen: () => Object.freeze({ a: Object.freeze([1]) }),
  'without a prototype': () => Object.create(null),
  'names itself': () => Object.defineProperty({}, Symbol.toStringTag, { get: throwing }),
  'toJSON and toString that throw': () => ({ toJSON: throwing, toString: throwing, valueOf: throwing }),
  'toPrimitive that throws': () => ({ [Symbol.toPrimitive]: throwing }),
  'iterator that throws': () => ({ [Symbol.iterator]: throwing }),
  'polluting JSON': () => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  'deeply nested': () => nested(5_000),
};

/** How long a long list is. */
export const longList: readonly string[] = new Array(1_000_000).fill('x');
/** For what goes through a list as its work: that takes its time. */
export const log: readonly string[] = new Array(10_000).fill('x');

function nested(depth: number): unknown {
  let value: unknown = {};
  for (let at = 0; at < depth; at++) value = [value];
  return value;
}

/** Texts that get an argument past the first look. */
const plausible = [
  'us-east-1',
  'eu-west-1',
  '000000000000',
  'arn:aws:iam::000000000000:user/administrator',
  'arn:aws:iam::000000000000:role/App',
  'alias/a',
  'Decrypt',
  'kms:Decrypt',
  '1 day',
  '2030-01-01T00:00:00Z',
  's3',
  'vpce-0123456789abcdef0',
  'DescribeKey request rate',
];

/** Members that options and inputs have: what is hostile shall get inside. */
const members = [
  ...[
    'as',
    'region',
    'account',
    'seed',
    'start',
    'clock',
    'backend',
    'identities',
    'organization',
    'endpoints',
    'snapshot',
    'kms',
  ],
  ...[
    'arn',
    'policies',
    'policy',
    'tags',
    'boundary',
    'session',
    'via',
    'endpoint',
    'operation',
    'keyId',
    'context',
    'grantTokens',
  ],
  ...[
    'Statement',
    'Effect',
    'Action',
    'Resource',
    'Principal',
    'Condition',
    'Version',
    'faults',
    'network',
    'quotas',
    'mode',
    'set',
  ],
  ...[
    'KeyId',
    'Plaintext',
    'CiphertextBlob',
    'EncryptionContext',
    'Tags',
    'Policy',
    'Limit',
    'Marker',
    'AliasName',
    'GrantTokens',
  ],
  ...[
    'Message',
    'SigningAlgorithm',
    'KeySpec',
    'KeyUsage',
    'Description',
    'PendingWindowInDays',
    'Operations',
    'Recipient',
  ],
  ...[
    'id',
    'name',
    'from',
    'to',
    'since',
    'until',
    'accessKeys',
    'trail',
    'trace',
    'telemetry',
    'then',
    '__proto__',
    'constructor',
  ],
];

/** An argument, in a form that can be printed: what is hostile is made when it is used. */
export type Argument =
  | { readonly hostile: string }
  | { readonly plain: unknown }
  | { readonly list: readonly Argument[] }
  | { readonly record: readonly (readonly [string, Argument])[] };

const leaf: fc.Arbitrary<Argument> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...Object.keys(hostile)).map((name) => ({ hostile: name })) },
  { weight: 2, arbitrary: fc.constantFrom(...plausible).map((text) => ({ plain: text })) },
  {
    weight: 2,
    arbitrary: fc
      .anything({
        maxDepth: 2,
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withNullPrototype: true,
      })
      .map((value) => ({ plain: value })),
  },
);
const argument: fc.Arbitrary<Argument> = fc.letrec<{ readonly any: Argument }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...members), tie('any')), { maxLength: 4, selector: ([name]) => name })
      .map((record) => ({ record })),
    fc.array(tie('any'), { maxLength: 2 }).map((list) => ({ list })),
  ),
})).any;

export const givenArguments: fc.Arbitrary<readonly Argument[]> = fc.array(argument, { maxLength: 3 });

export function made(argument: Argument, long: readonly string[]): unknown {
  if ('hostile' in argument) return hostile[argument.hostile]?.(long);
  if ('plain' in argument) return argument.plain;
  if ('list' in argument) return argument.list.map((part) => made(part, long));
  const value = {};
  // As JSON.parse does it: a member of any name.
  for (const [name, part] of argument.record)
    Object.defineProperty(value, name, {
      value: made(part, long),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return value;
}
