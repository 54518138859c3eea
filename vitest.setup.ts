// Properties draw from one seed, so that a run of the tests says the same twice; KMSIM_TEST_SEED=random looks further.

import { fc } from '@fast-check/vitest';

const asked = process.env['KMSIM_TEST_SEED'];

if (asked !== 'random') fc.configureGlobal({ seed: Number(asked ?? 20_261_122) });
