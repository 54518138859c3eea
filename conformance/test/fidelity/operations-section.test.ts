// Operation by operation.

import { operationShapes } from '@kmsim/kms';
import { expect, test } from 'vitest';
import { operationsSection, standingOf } from '../../src/fidelity/operations-section.ts';
import { measurement } from './measurement.ts';

const section = operationsSection(measurement);
const row = (operation: string): string | undefined => section.find((line) => line.startsWith(`| ${operation}`));

test('every operation has a row', () => {
  for (const operation of Object.keys(operationShapes)) expect(row(operation)).toBeDefined();
});

test('a recording stands before a page, and what nobody has shown is unproved', () => {
  expect(row('DisableKey ')).toBe(
    '| DisableKey | success | KMSInvalidStateException | InvalidArnException, NotFoundException |',
  );
});

test('an error outside the model that was seen is there too', () => {
  expect(row('GenerateMac ')).toMatch(/^\| GenerateMac \| ValidationException \| {2}\| success, /);
});

test('an operation that is not built says so', () => {
  expect(row('Sign')).toMatch(/^\| Sign \(not built\) \| {2}\| {2}\| success, /);
});

test('faults of the service are left out', () => {
  expect(section.filter((line) => line.startsWith('|')).join()).not.toContain('KMSInternalException');
});

test('the standing of an outcome', () => {
  const { observations } = measurement;
  expect(standingOf(observations, { operation: 'DisableKey', outcome: 'success' })).toBe('recording');
  expect(standingOf(observations, { operation: 'EnableKey' })).toBe('documentation');
  expect(standingOf(observations, { operation: 'EnableKey', keyState: 'Enabled' })).toBeUndefined();
});
