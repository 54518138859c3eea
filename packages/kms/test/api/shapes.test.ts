// The generated shapes: complete, closed, and in step with the tables written by hand.

import { expect, test } from 'vitest';
import { constraints } from '../../src/api/constraints.ts';
import { listedValues } from '../../src/api/enum-order.ts';
import {
  type EnumName,
  enums,
  modelledErrors,
  operationNames,
  operations,
  type Shape,
  type StructureName,
  structures,
} from '../../src/api/shapes.ts';

const allShapes = (shape: Shape): Shape[] => (shape.kind === 'list' ? [shape, ...allShapes(shape.item)] : [shape]);
const shapesOf = (name: StructureName): Shape[] => structures[name].flatMap((member) => allShapes(member.shape));

function reach(names: readonly StructureName[], seen: Set<StructureName> = new Set()): Set<StructureName> {
  for (const name of names) {
    if (seen.has(name)) continue;
    seen.add(name);
    reach(
      shapesOf(name).flatMap((shape) => (shape.kind === 'structure' ? [shape.of] : [])),
      seen,
    );
  }
  return seen;
}

const inputs = reach(operationNames.map((name) => operations[name].input));
const outputs = reach(operationNames.flatMap((name) => operations[name].output ?? []));

test('56 operations, each with an input', () => {
  expect(operationNames).toHaveLength(56);
  for (const name of operationNames) expect(operations[name].input).toBe(`${name}Request`);
});

test('every structure belongs to an input or an output', () => {
  expect(
    Object.keys(structures).filter((name) => !inputs.has(name as StructureName) && !outputs.has(name as StructureName)),
  ).toEqual([]);
});

test('no structure of the API holds itself', () => {
  const inside = (name: StructureName): StructureName[] =>
    shapesOf(name).flatMap((shape) => (shape.kind === 'structure' ? [shape.of] : []));
  for (const name of Object.keys(structures) as StructureName[]) expect(reach(inside(name))).not.toContain(name);
});

test('every enumeration is used and has values of its own', () => {
  const used = new Set(
    [...inputs, ...outputs].flatMap(shapesOf).flatMap((shape) => (shape.kind === 'enum' ? [shape.values] : [])),
  );
  expect([...used].sort()).toEqual(Object.keys(enums).sort());
  for (const values of Object.values(enums)) {
    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values).size).toBe(values.length);
  }
});

test('messages list each value of an enumeration once, but for SM2', () => {
  for (const name of Object.keys(enums) as EnumName[]) {
    const expected = enums[name].filter((value) => !value.startsWith('SM2'));
    expect([...listedValues(name)].sort()).toEqual([...expected].sort());
  }
  expect(listedValues('DataKeySpec')).toEqual(['AES_256', 'AES_128']);
});

test('every constraint is used by an input, and no input string, integer or blob is free of one', () => {
  const constrained = [...inputs]
    .flatMap(shapesOf)
    .filter((shape) => ['string', 'integer', 'blob'].includes(shape.kind));
  const names = [...inputs].flatMap(shapesOf).map((shape) => ('constraint' in shape ? shape.constraint : undefined));
  expect(constrained.filter((shape) => !('constraint' in shape))).toEqual([]);
  expect([...new Set(names.filter((name) => name !== undefined))].sort()).toEqual(Object.keys(constraints).sort());
  for (const { min, max } of Object.values(constraints)) expect(min).toBeLessThanOrEqual(max);
});

test('operations answer with modelled errors', () => {
  const used = new Set(operationNames.flatMap((name) => operations[name].errors));
  expect([...used].filter((code) => modelledErrors[code] === undefined)).toEqual([]);
  expect(operations.Decapsulate.errors).toContain('InvalidCiphertextException');
  expect(operations.GenerateRandom.errors).toEqual([
    'CustomKeyStoreInvalidStateException',
    'CustomKeyStoreNotFoundException',
    'DependencyTimeoutException',
    'KMSInternalException',
    'UnsupportedOperationException',
  ]);
});

test('members keep the order of the model, with required and sensitive ones marked', () => {
  expect(structures.ReEncryptRequest.map((member) => member.name)).toEqual([
    'CiphertextBlob',
    'SourceEncryptionContext',
    'SourceKeyId',
    'DestinationKeyId',
    'DestinationEncryptionContext',
    'SourceEncryptionAlgorithm',
    'DestinationEncryptionAlgorithm',
    'GrantTokens',
    'DryRun',
    'DryRunModifiers',
  ]);
  expect(structures.EncryptRequest.slice(0, 2)).toEqual([
    { name: 'KeyId', required: true, shape: { kind: 'string', constraint: 'KeyIdType' } },
    { name: 'Plaintext', required: true, shape: { kind: 'blob', sensitive: true, constraint: 'PlaintextType' } },
  ]);
  expect(operations.ListRetirableGrants.output).toBe('ListGrantsResponse');
  expect(operations.CreateAlias.output).toBeUndefined();
});
