// What is mutated, which tests judge it, and how much of it they must notice. Goals: the share of mutants killed, equivalents left out.
// In the files of `core` nothing may survive: they decide who gets in, what a ciphertext is bound to, what a key in a state may do, and
// whether a signature is right. `coreTests` are the tests that run against those alone.

const every = (name) => ({
  mutate: [`packages/${name}/src/**/*.ts`],
  tests: [`packages/${name}/test/**/*.test.ts`],
});

export const targets = {
  authz: { ...every('authz'), goal: 90, core: ['authorize.ts', 'layers.ts'] },
  'hsm-core': {
    ...every('hsm-core'),
    goal: 90,
    core: ['encryption-context.ts'],
    coreTests: ['packages/hsm-core/test/{encryption-context*,ciphertext-abuse*,symmetric*}.test.ts'],
  },
  quota: { ...every('quota'), goal: 85, core: [] },
  'multi-region': { ...every('multi-region'), goal: 85, core: [] },
  kms: {
    ...every('kms'),
    goal: 75,
    core: ['tables/key-states.ts'],
    coreTests: ['packages/kms/test/tables/key-states.test.ts'],
  },
  wire: {
    ...every('wire'),
    goal: 75,
    core: ['sigv4.ts', 'expected-signature.ts', 'signature-time.ts', 'authorization-header.ts'],
    coreTests: [
      'packages/wire/test/{sigv4*,expected-signature,signature-time,authorization-header,signature-refusals}.test.ts',
    ],
  },
};
