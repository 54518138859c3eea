// The engine against a plain model, over random commands: three accounts, two Regions, a clock that jumps.

import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { command, Run } from './engine-commands.ts';

describe('the engine', () => {
  // I01, I02, I04, I06, I10, I13, I14, I23, I24, I25, I34; engine-commands.ts says where.
  test.prop([fc.array(command, { maxLength: 60, size: 'max' })], { numRuns: 120 })(
    'does what the model says',
    (commands) => {
      const run = new Run();
      for (const each of commands) run.do(each);
    },
  );

  // I30.
  test.prop([fc.array(command, { maxLength: 40, size: 'max' })], { numRuns: 12 })(
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
