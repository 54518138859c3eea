// One suite through every door: what one answers, all answer.

import { describe } from 'vitest';
import { access } from './doors/access.ts';
import { attestation } from './doors/attestation.ts';
import { consistency } from './doors/consistency.ts';
import { doors } from './doors/doors.ts';
import { encryption } from './doors/encryption.ts';
import { grants } from './doors/grants.ts';
import { keys } from './doors/keys.ts';

describe.each(doors)('$name', (door) => {
  encryption(door);
  grants(door);
  keys(door);
  access(door);
  consistency(door);
  attestation(door);
});
