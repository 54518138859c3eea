import { policyCases } from 'kmsim';
import { test } from 'vitest';

for (const written of policyCases(new URL('./policy-cases.json', import.meta.url))) {
  test(written.title, () => written.check());
}
