// The engine against a plain model, over random commands: three accounts, two Regions, a clock that jumps.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { command } from './engine-commands.ts';
import { Run } from './engine-run.ts';

// A property that never fires proves nothing. Every one of these comes up ten times and more in the runs below.
const reached = `
CancelKeyDeletion KMSInvalidStateException, CreateAlias ok, CreateKey ok, Decrypt AccessDeniedException, Decrypt DisabledException,
Decrypt IncorrectKeyException, Decrypt InvalidCiphertextException, Decrypt NotFoundException, Decrypt ok, DisableKey ok,
DisableKeyRotation DisabledException, DisableKeyRotation ok, EnableKey ok, EnableKeyRotation ok, Encrypt DisabledException,
Encrypt KMSInvalidStateException, Encrypt ok, GenerateDataKey ok, ReEncrypt AccessDeniedException, ReEncrypt ok,
RotateKeyOnDemand NotFoundException, RotateKeyOnDemand ok, ScheduleKeyDeletion ok, TagResource ok, UntagResource ok`
  .split(/,\s+/)
  .map((each) => each.trim());

describe('the engine', () => {
  // I01, I02, I04, I06, I08, I10, I13, I14, I23, I24, I25, I34: engine-run.ts says where.
  test('does what the model says', () => {
    const outcomes = new Set<string>();
    const property = fc.property(fc.array(command, { minLength: 20, maxLength: 60, size: 'max' }), (commands) => {
      const run = new Run();
      for (const each of commands) run.do(each);
      for (const line of run.trace) outcomes.add(line.replace(/^(\w+) (\w+).*$/s, '$1 $2'));
    });
    fc.assert(property, { numRuns: 120 });
    expect([...outcomes]).toEqual(expect.arrayContaining(reached));
  });

  // I30.
  test.prop([fc.array(command, { minLength: 20, maxLength: 40, size: 'max' })], { numRuns: 12 })(
    'leaves the same trace twice, and on both backends',
    (commands) => {
      const traces = (['native', 'native', 'portable'] as const).map((backend) => {
        const run = new Run(backend);
        for (const each of commands) run.do(each);
        return [...run.trace, JSON.stringify(run.engine.snapshot())];
      });
      expect(traces[1]).toEqual(traces[0]);
      expect(traces[2]).toEqual(traces[0]);
    },
  );
});
