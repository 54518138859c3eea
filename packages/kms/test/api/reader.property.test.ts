// Laws of the reader: what it raises, what it accepts, and that both forms of a request are the same request.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { KmsError } from '../../src/api/errors.ts';
import { read } from '../../src/api/reader.ts';
import { type OperationName, operationNames, operations, structures } from '../../src/api/shapes.ts';
import { type Place, placesOf } from './places.ts';

type Outcome = 'good' | 'SerializationException' | 'ValidationException';

/** How a read ends; an error that is not the reader's to raise fails the test. */
function outcome(operation: OperationName, input: unknown): Outcome {
  try {
    read(operation, input, 'wire');
    return 'good';
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    if (error.code !== 'SerializationException' && error.code !== 'ValidationException') throw error;
    return error.code;
  }
}

const places = operationNames.flatMap(placesOf);

describe('every place of every operation, with every type of JSON', () => {
  const values: readonly [string, unknown][] = [
    ['null', null],
    ['true', true],
    ['false', false],
    ['zero', 0],
    ['a fraction', 1.5],
    ['an empty string', ''],
    ['a string', 'a!'],
    ['a list', []],
    ['an object', {}],
  ];
  const fitting: Readonly<Record<Place['shape']['kind'], readonly string[]>> = {
    string: ['an empty string', 'a string'],
    enum: ['an empty string', 'a string'],
    blob: ['an empty string'],
    integer: ['zero'],
    boolean: ['true', 'false'],
    timestamp: ['zero', 'a fraction'],
    list: ['a list'],
    map: ['an object'],
    structure: ['an object'],
  };

  test.each(places)('$operation $path', ({ operation, shape, holding }) => {
    for (const [name, value] of values) {
      const ending = outcome(operation, holding(value));
      const fits = value === null || fitting[shape.kind].includes(name);
      expect([name, ending === 'SerializationException']).toEqual([name, !fits]);
    }
  });

  test('the matrix is as large as the API', () => {
    expect(places.length).toBeGreaterThan(250);
    expect(new Set(places.map((place) => place.operation)).size).toBe(56);
  });
});

const anyRequest = fc.constantFrom(...operationNames).chain((operation) => {
  const names = structures[operations[operation].input].map((member) => member.name);
  const members = Object.fromEntries(
    names.map((name) => [name, fc.jsonValue({ maxDepth: 4, noUnicodeString: false })]),
  );
  return fc.tuple(fc.constant(operation), fc.oneof(fc.jsonValue(), fc.record(members, { requiredKeys: [] })));
});

const many = { numRuns: 500 };

test.prop([anyRequest], many)(
  'JSON ends well, as a SerializationException or as a ValidationException',
  ([operation, input]) => {
    const before = JSON.stringify(input);
    outcome(operation, input);
    expect(JSON.stringify(input)).toBe(before);
  },
);

test.prop([fc.constantFrom(...operationNames), fc.anything()], many)(
  'so does any value of this process',
  (operation, input) => {
    try {
      read(operation, input, 'direct');
    } catch (error) {
      expect(error).toBeInstanceOf(KmsError);
    }
  },
);

test.prop([fc.constantFrom(...places), fc.jsonValue()], many)(
  'a good request holds known members only',
  (place, value) => {
    const input = { ...place.holding(value), Surprise: value };
    if (outcome(place.operation, input) !== 'good') return;
    const members = structures[operations[place.operation].input];
    const result = read(place.operation, input, 'wire');
    expect(members.map((member) => member.name)).toEqual(expect.arrayContaining(Object.keys(result)));
    for (const member of members) if (member.required) expect(result).toHaveProperty(member.name);
  },
);

const texts = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
const context = fc
  .uniqueArray(fc.tuple(texts, texts), { selector: ([key]) => key })
  .map((pairs) => Object.fromEntries(pairs));

test.prop([
  fc.uint8Array({ minLength: 1, maxLength: 300 }),
  context,
  fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }),
])('both forms of a request are the same request', (Plaintext, EncryptionContext, GrantTokens) => {
  const input = { KeyId: 'a', Plaintext, EncryptionContext, GrantTokens };
  const wire = JSON.parse(JSON.stringify({ ...input, Plaintext: Buffer.from(Plaintext).toString('base64') }));
  const result = read('Encrypt', input, 'direct');
  expect(read('Encrypt', wire, 'wire')).toEqual(result);
  expect(result['EncryptionContext']).toEqual(new Map(Object.entries(EncryptionContext)));
});

test.prop([fc.string({ unit: 'binary', maxLength: 300 })])('a tag key is good by its characters', (TagKey) => {
  const count = [...TagKey].length;
  const good = TagKey.isWellFormed() && count >= 1 && count <= 128;
  expect(outcome('CreateKey', { Tags: [{ TagKey, TagValue: '' }] }) === 'good').toBe(good);
});
