// UUIDs as text.

import { expect, test } from 'vitest';
import { formatUuid } from '../src/uuid.ts';

test('formatUuid sets version and variant and keeps the other bits', () => {
  // The example of RFC 9562 section A.3.
  expect(formatUuid(Buffer.from('919108f752d143209bacf847db4148a8', 'hex'))).toBe(
    '919108f7-52d1-4320-9bac-f847db4148a8',
  );
  expect(formatUuid(new Uint8Array(16))).toBe('00000000-0000-4000-8000-000000000000');
  expect(formatUuid(new Uint8Array(16).fill(255))).toBe('ffffffff-ffff-4fff-bfff-ffffffffffff');
});
