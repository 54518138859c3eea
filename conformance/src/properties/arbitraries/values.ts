// Values for requests: well-formed ones, ones on the border of what is allowed, and hostile ones.

import * as fc from 'fast-check';
import type { Json } from '../../transcript.ts';
import { often } from './often.ts';

/** Words that are members of every object, look like numbers, or sort differently in UTF-16 and UTF-8. */
const treacherous: readonly string[] = [
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', '$ref', '${account}', '0', '-0', 'null', 'undefined'],
  ...[
    '\u{10000}',
    '\uff5e',
    'e\u0301',
    '\u00e9',
    '\u0000',
    ' ',
    '\u202e',
    'aws:tenant',
    'AWS:tenant',
    '<script>',
    "' or 1=1",
  ],
];

const plainWord = fc.stringMatching(/^[a-z]{1,8}$/);
const word: fc.Arbitrary<string> = often(
  [6, plainWord],
  [2, fc.constantFrom(...treacherous)],
  [1, fc.string({ unit: 'binary', maxLength: 12 })],
);

// A text as a transcript may say it: `$` and `${` have a meaning there.
function said(value: Json): Json {
  return JSON.stringify(value).includes('$') ? { $literal: value } : value;
}

function dictionary(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>, maxKeys: number): fc.Arbitrary<Json> {
  // Not fc.dictionary: `__proto__` must be a member like any other.
  return fc
    .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: maxKeys })
    .map((pairs) => said(Object.fromEntries(pairs)));
}

/** Few different ones, so that two commands often agree. */
const usualContext: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...[{ tenant: 'a' }, { tenant: 'b' }, { Tenant: 'a' }, { tenant: 'a', order: '1' }, { order: '1', tenant: 'a' }, {}],
  // Two that a careless concatenation would take for one.
  ...[{ ab: 'c' }, { a: 'bc' }, { a: 'b', c: 'd' }, { a: 'b,c:d' }, { e: '\u0301' }],
);

export const encryptionContext: fc.Arbitrary<Json> = often(
  [8, usualContext],
  [3, dictionary(word, word, 4)],
  [1, fc.constantFrom(8000, 8192, 9000).map((length) => ({ long: 'x'.repeat(length) }))],
  [1, fc.constantFrom<Json>({ half: '\ud800' }, { '\udfff': 'half' }, { a: 1 }, { a: null }, 'a=b', [])],
);

export const plaintext: fc.Arbitrary<Json> = often(
  [6, fc.constantFrom<Json>({ $utf8: 'a' }, { $utf8: 'secret' })],
  [3, plainWord.map((text): Json => ({ $utf8: text }))],
  [
    3,
    fc
      .uint8Array({ minLength: 1, maxLength: 48 })
      .map((bytes): Json => ({ $base64: Buffer.from(bytes).toString('base64') })),
  ],
  [1, fc.constantFrom(0, 1, 4095, 4096, 4097).map((length): Json => ({ $fill: { byte: 'x', length } }))],
  [0.3, fc.constantFrom<Json>('no base64!', 'YQ', 'YR==', 7)],
);

/** Names of aliases: the word that is the same for the whole run keeps runs apart where a target remembers. */
export const aliasName: fc.Arbitrary<Json> = often(
  [
    10,
    fc
      .constantFrom('app', 'app/v1', 'App', 'x', 'a_b-c')
      .map((name): Json => ({ $template: `alias/${name}-\${uid1}` })),
  ],
  [
    1,
    fc.constantFrom<Json>(
      ...[
        'alias/',
        'alias',
        'app',
        '',
        'alias/aws/s3',
        'alias/aws/mine',
        'alias/with space',
        'alias/\u00fcber',
        'alias/a:b',
      ],
      ...[`alias/${'x'.repeat(250)}-`, `alias/${'x'.repeat(251)}`, 'Alias/app', 'alias/__proto__', 7],
    ),
  ],
);

/** Key identifiers that name nothing, or are none. */
export const strangeKeyId: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...[
    '',
    'x',
    'constructor',
    '__proto__',
    '12345678123412341234123456789012',
    `mrk-${'a'.repeat(31)}`,
    'key/',
    '../..',
  ],
  ...[
    '00000000-0000-0000-0000-00000000dead',
    `mrk-${'0'.repeat(32)}`,
    'alias/',
    'alias/nothing-here',
    'x'.repeat(2049),
  ],
  ...['arn:', 'arn:aws:kms', 'arn:aws:s3:::bucket', 'arn:aws:kms:us-east-1:000000000000:key/', 7],
  ...['00000000-0000-0000-0000-00000000DEAD', '00000000-0000-0000-0000-00000000dead ', 'alias/app\n'],
  { $template: 'arn:aws:kms:${region}:${account}:key/00000000-0000-0000-0000-00000000dead' },
  { $template: 'arn:aws:kms:${region}:999999999999:key/00000000-0000-0000-0000-00000000dead' },
  { $template: 'arn:aws:kms:mars-north-1:${account}:key/00000000-0000-0000-0000-00000000dead' },
  { $template: 'arn:aws-cn:kms:${region}:${account}:key/00000000-0000-0000-0000-00000000dead' },
  { $template: 'arn:aws:kms:${region}:${account}:alias/nothing-here' },
  { $template: 'arn:aws:kms:${region}:${account}:grant/00000000-0000-0000-0000-00000000dead' },
);

export const description: fc.Arbitrary<Json> = often(
  [4, word.map(said)],
  [1, fc.constantFrom(0, 8192, 8193).map((length) => 'd'.repeat(length))],
);

const tagKey = often(
  [8, fc.constantFrom('team', 'cost', 'Team', 'env', 'a', 'b', 'c')],
  [1, word.filter((text) => text !== '' && !/^aws:/i.test(text))],
  [0.5, fc.constantFrom('aws:mine', 'AWS:mine', '', 'k'.repeat(128), 'k'.repeat(129))],
);
const tagValue = often([8, plainWord], [1, fc.constantFrom('', '__proto__', 'v'.repeat(256), 'v'.repeat(257))]);

export const tags: fc.Arbitrary<Json> = often(
  [
    12,
    fc
      .array(fc.record({ TagKey: tagKey, TagValue: tagValue }), { minLength: 1, maxLength: 4 })
      .map((list): Json => said(list)),
  ],
  [
    1,
    fc
      .constantFrom(50, 51)
      .map((length): Json => Array.from({ length }, (_, n) => ({ TagKey: `t${n}`, TagValue: '' }))),
  ],
);

export const tagKeys: fc.Arbitrary<Json> = fc
  .array(tagKey, { minLength: 1, maxLength: 3 })
  .map((list): Json => said(list));

/** A number of a range that KMS documents: inside mostly, on its borders, just outside. */
export function around(min: number, max: number): fc.Arbitrary<number> {
  return often([6, fc.integer({ min, max })], [2, fc.constantFrom(min, max)], [1, fc.constantFrom(min - 1, max + 1)]);
}
