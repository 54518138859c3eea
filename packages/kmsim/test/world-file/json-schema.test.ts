// The schema that editors read is the one that the checks go by.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonSchema, schemaName } from '../../src/world-file/json-schema.ts';

test('the published file is fresh', () => {
  const file = readFileSync(new URL(`../../${schemaName}`, import.meta.url), 'utf8');
  expect(file, `write ${schemaName} anew: JSON.stringify(jsonSchema(), undefined, 2)`).toBe(
    `${JSON.stringify(jsonSchema(), undefined, 2)}\n`,
  );
});

test('knows the members of a world, closed to others', () => {
  const { additionalProperties, properties } = jsonSchema() as { additionalProperties: unknown; properties: object };
  expect(additionalProperties).toBe(false);
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['$schema', 'seed', 'identities', 'keys']));
});
