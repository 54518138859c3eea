// The table of Regions against what the names of Regions say.

import { expect, test } from 'vitest';
import { partitionOf } from '../../src/state/names.ts';
import { isRegion, regions } from '../../src/tables/regions.ts';

test.each(regions)('$region', ({ partition, region }) => {
  // The pattern of RegionType in the API's model.
  expect(region).toMatch(/^([a-z]+-){2,3}\d+$/);
  expect(partitionOf(region)).toBe(partition);
  expect(isRegion(region)).toBe(true);
});

test('each once, and no others', () => {
  expect(new Set(regions.map(({ region }) => region)).size).toBe(regions.length);
  for (const name of ['us-east-3', 'US-EAST-1', '', 'toString']) expect(isRegion(name)).toBe(false);
});

// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html: those after March 2019.
test.each([
  ['us-east-1', false],
  ['eu-north-1', false],
  ['ap-east-1', true],
  ['me-south-1', true],
  ['cn-north-1', false],
])('%s must be enabled first: %s', (region, optIn) => {
  expect(regions.find((row) => row.region === region)?.optIn).toBe(optIn);
});
