// Types that the reference mentions and has no page for, each with its reason. TypeDoc fails for any other.

const shown = 'a name for a few words, which the page that mentions it says itself';
const ours = 'nobody makes one: it is handed from one part of kmsim to the other';

/** The reason, by file and name. */
export const unnamed = {
  'kmsim/src/cloudtrail/source.ts:Records': shown,
  'kmsim/src/cloudtrail/source.ts:LogFile': shown,
  'kmsim/src/cost/prices.ts:RequestClass': shown,
  'kmsim/src/kmsim-error.ts:hints': 'the table of codes and remedies; KmsimErrorCode names its keys',
  'kmsim/src/kmsim-error.ts:KmsimErrorOptions': ours,
  'kmsim/src/testing/encrypted-with-context.ts:Asymmetric': ours,
  'kmsim/src/principals.ts:Credential': ours,
  'kmsim/src/attestation/sim-attestation.ts:PrivateKey': shown,
  'kmsim/src/sim-marks.ts:Past': ours,
  'kmsim/src/regions.ts:OfAccount': shown,
  'kmsim/src/testing/matchers.ts:Expectation': ours,
  'kmsim/src/testing/matchers.ts:Asked': ours,
};
