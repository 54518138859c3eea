// Everything that documentation says and that a scenario can ask.

import type { Filed } from '../load.ts';
import { keySpecScenarios } from './key-specs.ts';
import { keyStateScenarios } from './key-states.ts';
import { operationScenarios } from './operations.ts';

/** Scenarios out of the pages of AWS, in the themes `operations`, `errors`, `key-specs` and `key-states`. */
export function documentedScenarios(): readonly Filed[] {
  return [...operationScenarios(), ...keySpecScenarios(), ...keyStateScenarios()];
}
