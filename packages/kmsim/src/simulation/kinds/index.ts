// All kinds of commands, by name.

import type { Kind } from '../scene.ts';
import { cryptographyKinds } from './cryptography.ts';
import { keyKinds } from './keys.ts';
import { materialKinds } from './material.ts';
import { nameKinds } from './names.ts';

export const kinds: Readonly<Record<string, Kind>> = {
  ...keyKinds,
  ...cryptographyKinds,
  ...nameKinds,
  ...materialKinds,
};
