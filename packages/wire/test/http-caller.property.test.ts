// Whose a request is follows from the key that signed it, whatever else its headers say.

import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { claimFault, forgedHeaders, forgeryFault, signedForForgery } from './header-forgeries.ts';

const request = await signedForForgery();

test.prop([forgedHeaders], { numRuns: 1_000 })('no header moves a request to another account or Region', (forged) => {
  expect(forgeryFault(request, forged)).toBeUndefined();
});

test.prop([fc.stringMatching(/^[ -~]{0,60}$/), fc.nat({ max: 200 })], { numRuns: 1_000 })(
  'no change of the credential that is claimed makes it another caller',
  (text, at) => {
    expect(claimFault(request, text, at)).toBeUndefined();
  },
);
