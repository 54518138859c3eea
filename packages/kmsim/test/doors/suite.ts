// One suite for every door: what one answers, all answer.

import { describe } from 'vitest';
import { access } from './access.ts';
import { attestation } from './attestation.ts';
import { consistency } from './consistency.ts';
import type { Door } from './doors.ts';
import { encryption } from './encryption.ts';
import { grants } from './grants.ts';
import { keys } from './keys.ts';

export function suite(doors: readonly Door[]): void {
  describe.each(doors)('$name', (door) => {
    encryption(door);
    grants(door);
    keys(door);
    access(door);
    consistency(door);
    attestation(door);
  });
}
