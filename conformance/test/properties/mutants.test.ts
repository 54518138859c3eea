// The suite itself: each engine that is broken on purpose is caught, and the scenario that is printed shows it.

import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { checkTranscript } from '../../src/check.ts';
import { checkConformance } from '../../src/properties/check.ts';
import { simulated } from '../../src/properties/simulated.ts';
import { replay } from '../../src/replay.ts';
import { mutants } from './mutants.ts';

const schema = JSON.parse(readFileSync(new URL('../../schema/transcript.schema.json', import.meta.url), 'utf8'));
const fits = new Ajv2020({ allowUnionTypes: true, strictRequired: false }).compile(schema);
const world = { seed: 'mutants' };

describe.each(mutants)('$name', ({ breaks }) => {
  test('is caught, and the printed scenario tells the broken engine from the right one', async () => {
    const { failure } = await checkConformance(() => breaks(simulated(world)), { seed: 2, runs: 300, test: 'mutants' });
    expect(failure?.repro).toMatch(/^REPRO seed=2 path=[\d:]+@\S+ test=mutants$/);
    const printed = JSON.parse(JSON.stringify(failure?.transcript));
    expect(fits(printed) ? [] : fits.errors).toEqual([]);
    const transcript = checkTranscript('printed', printed);
    expect(await replay(transcript, simulated(world))).toEqual({ outcome: 'passed' });
    expect(await replay(transcript, breaks(simulated(world)))).toMatchObject({ outcome: 'failed' });
  });
});
