// All seeded bugs.

import { authorization } from './authorization.ts';
import type { Bug } from './bug.ts';
import { cryptography } from './cryptography.ts';
import { doors } from './doors.ts';
import { keys } from './keys.ts';

export const bugs: readonly Bug[] = [...cryptography, ...authorization, ...keys, ...doors];
