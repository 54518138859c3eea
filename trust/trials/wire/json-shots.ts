// Bodies that are no JSON, almost JSON, or JSON of the wrong kind; and base64 that is none. All signed, so that they come through to the reader.

import { type OperationName, operationShapes, structures } from '@kmsim/kms';
import { type Body, operationNames, plausible } from './plausible.ts';
import { type Gun, type Shot, signedShot } from './shots.ts';

const wrong: readonly string[] = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e999',
  '9007199254740993',
  '""',
  '"text"',
  '[]',
  '{}',
  '[null]',
  '[[]]',
  '{"a":null}',
  '{"__proto__":"a"}',
  '[{"TagKey":null}]',
];
const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '',
  ' ',
  '\u0000',
  '\ud83d\ude00',
  'e\u0301',
  '\u00e9',
  '\uffff',
  '\ufffe',
];
const numbers = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e999',
  '-0',
  '9007199254740993',
  '1E400',
  '0x10',
  '01',
  '1.',
  '.5',
  '+1',
  '1e',
  '-',
  '99999999999999999999999999',
];

const base64Texts = [
  'Q Q=',
  'QQ=*=',
  'QQ',
  'QQ=',
  'QQ===',
  'QR==',
  '-_-_',
  'QQ==\n',
  '\tQQ==',
  '=',
  '====',
  'Q',
  'QQ==QQ==',
  'Ä===',
  'QUJD\u0000',
  '',
];
const base64Lengths = [0, 1, 1024, 1025, 4096, 4097, 6144, 6145, 8192, 32_768, 180_000];

type Blob = readonly [operation: OperationName, member: string];
type Named = readonly [operation: OperationName, member: string];

const members: readonly Named[] = operationNames.flatMap((operation) =>
  structures[operationShapes[operation].input].map(({ name }): Named => [operation, name]),
);
const blobs: readonly Blob[] = operationNames.flatMap((operation) =>
  structures[operationShapes[operation].input]
    .filter(({ shape }) => shape.kind === 'blob')
    .map(({ name }): Blob => [operation, name]),
);

/** How many there are of each member of each operation with each wrong value. */
export const matrixSize: number = members.length * wrong.length;

/** The whole matrix, one after the other. */
export const matrix =
  (at: number): Gun =>
  (dice, range) => {
    const [operation, member] = members[at % members.length] as Named;
    const value = wrong[Math.floor(at / members.length) % wrong.length] ?? 'null';
    const body = plausible(operation, range, dice);
    return signedShot(`${operation}.${member} = ${value}`, operation, replaced(body, member, value), range);
  };

function replaced(body: Body, member: string, json: string): string {
  const others = Object.entries(body).filter(([name]) => name !== member);
  const written = others.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...written, `${JSON.stringify(member)}:${json}`].join(',')}}`;
}

const shot =
  (what: string, make: (text: string, dice: Parameters<Gun>[0]) => Uint8Array | string): Gun =>
  (dice, range): Shot => {
    const operation = dice.pick(operationNames);
    return signedShot(
      `${what} in ${operation}`,
      operation,
      make(JSON.stringify(plausible(operation, range, dice)), dice),
      range,
    );
  };

const inserted = (text: string, at: number, what: Uint8Array | string): Uint8Array =>
  Buffer.concat([Buffer.from(text).subarray(0, at), Buffer.from(what), Buffer.from(text).subarray(at)]);

const badBytes = [
  [0xff],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xe2, 0x28, 0xa1],
  [0xf8, 0x88, 0x80, 0x80, 0x80],
  [0x80],
  [0],
  [0xef, 0xbb, 0xbf],
  [0xf4, 0x90, 0x80, 0x80],
];

const contextual =
  (context: string): Gun =>
  (dice, range) => {
    const operation = dice.pick(['Encrypt', 'Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'] as const);
    return signedShot(
      `context ${context}`,
      operation,
      replaced(plausible(operation, range, dice), 'EncryptionContext', context),
      range,
    );
  };

export const jsonGuns: readonly Gun[] = [
  shot('as it is', (text) => text),
  shot('cut', (text, dice) => text.slice(0, dice.below(text.length))),
  shot('a byte changed', (text, dice) => {
    const bytes = Uint8Array.from(Buffer.from(text));
    bytes[dice.below(bytes.length)] = dice.below(256);
    return bytes;
  }),
  shot('bytes put in', (text, dice) => inserted(text, dice.below(text.length), Uint8Array.from(dice.pick(badBytes)))),
  shot('punctuation put in', (text, dice) =>
    inserted(
      text,
      dice.below(text.length),
      dice.pick(['{', '}', '[', ']', '"', ',', ':', '\\', '/*', '\\ud800', '\\u0000']),
    ),
  ),
  shot('a mark in front', (text) => `\ufeff${text}`),
  shot('something behind', (text, dice) => text + dice.pick([' x', '{}', '\u0000', ',', text])),
  shot('nothing but', (_, dice) => dice.pick(['null', 'true', '1', '"a"', '[]', '', ' ', '[[]]', '{', '"'])),
  shot('random bytes', (_, dice) => dice.bytes(dice.below(300))),
  shot('deep', (_, dice) => dice.pick(['[', '{"a":', '[{"a":']).repeat(dice.pick([17, 1000, 50_000]))),
  shot('deep and closed', (text, dice) => {
    const depth = dice.pick([14, 16, 17, 20_000]);
    return `${text.slice(0, -1)}${text === '{}' ? '' : ','}"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  }),
  shot(
    'many members',
    (_, dice) => `{${Array.from({ length: dice.pick([1999, 2001, 15_000]) }, (_one, at) => `"m${at}":1`).join(',')}}`,
  ),
  shot('all twice', (text) => (text === '{}' ? '{"a":1,"a":1}' : `{${text.slice(1, -1)},${text.slice(1, -1)}}`)),
  shot(
    'a strange member',
    (text, dice) =>
      `{${JSON.stringify(dice.pick(names))}:${dice.pick(wrong)}${text === '{}' ? '' : ','}${text.slice(1)}`,
  ),
  shot('a strange number', (text, dice) => text.replace(/:\s*("[^"]*"|\d+)/, `:${dice.pick(numbers)}`)),
  shot('escaped surrogates', (text, dice) =>
    text.replace(/"([^"]*)"/g, (whole) =>
      dice.chance(30) ? dice.pick(['"\\ud800"', '"\\udc00\\ud800"', '"\\ud83d\\ude00"']) : whole,
    ),
  ),
  shot('long text', (text, dice) =>
    text.replace(/:"([^"]*)"/, () => `:"${'x'.repeat(dice.pick([257, 2049, 32_769, 200_000]))}"`),
  ),
  (dice, range) => contextual(`{${JSON.stringify(dice.pick(names))}:${JSON.stringify(dice.pick(names))}}`)(dice, range),
  (dice, range) =>
    contextual(
      dice.pick([
        '{"a":"1","a":"2"}',
        '{"a":"1","\\u0061":"2"}',
        '{"__proto__":{}}',
        '{"a":{"b":"c"}}',
        '[["a","b"]]',
        '{"\\ud800":"a"}',
        '{"a":"\\udfff"}',
        '{"aws-crypto-public-key":"x"}',
      ]),
    )(dice, range),
  (dice, range) => {
    const [operation, member] = dice.pick(blobs);
    return signedShot(
      `base64 of ${operation}.${member}`,
      operation,
      replaced(plausible(operation, range, dice), member, JSON.stringify(dice.pick(base64Texts))),
      range,
    );
  },
  (dice, range) => {
    const [operation, member] = dice.pick(blobs);
    const value = Buffer.alloc(dice.pick(base64Lengths), 7).toString('base64');
    return signedShot(
      `length of ${operation}.${member}`,
      operation,
      replaced(plausible(operation, range, dice), member, JSON.stringify(value)),
      range,
    );
  },
  (dice, range) => {
    const blob = Uint8Array.from(Buffer.from(range.blob, 'base64'));
    const at = dice.below(blob.length);
    blob[at] = (blob[at] ?? 0) ^ (1 << dice.below(8));
    const cut = dice.chance(50) ? blob : blob.subarray(0, at);
    return signedShot(
      'a broken ciphertext',
      'Decrypt',
      JSON.stringify({ CiphertextBlob: Buffer.from(cut).toString('base64') }),
      range,
    );
  },
  (dice, range) => matrix(dice.below(matrixSize))(dice, range),
];
