// What is enforced, and the test that proves each row. scripts/trust-docs.mjs runs them and writes docs/enforced.md.
//
// `how`: by default, on request, or not at all. `test`: the name as it stands in the file.

const wire = 'packages/wire/test';
const kmsim = 'packages/kmsim/test';

export const enforced = [
  // Who gets in.
  {
    what: 'The server listens on loopback',
    how: 'default',
    file: `${kmsim}/cli/serve-command.test.ts`,
    test: 'bind=127.0.0.1',
  },
  {
    what: 'A seeded simulation is never served beyond loopback',
    how: 'default',
    file: `${kmsim}/serve.test.ts`,
    test: 'a seeded simulation is never exposed',
  },
  {
    what: 'Signatures (SigV4) are verified',
    how: 'default',
    file: `${wire}/sigv4.test.ts`,
    test: 'a wrong secret is a wrong signature',
  },
  {
    what: 'A signature is good for five minutes',
    how: 'default',
    file: `${wire}/sigv4.test.ts`,
    test: 'may be five minutes old, or new, and no second more',
  },
  {
    what: 'Signatures are not verified: any access key',
    how: 'optional',
    by: "`credentials: 'permissive'`, `--permissive-credentials`",
    file: `${kmsim}/serve.test.ts`,
    test: 'any access key is the administrator, one of 12 digits the root of that account, none the administrator',
  },
  {
    what: 'Requests of web pages are refused',
    how: 'default',
    file: `${wire}/http-conversation.test.ts`,
    test: '200 requests as browsers shape them: none reaches the KMS, none is allowed anything',
  },
  {
    what: 'Host names that are rebound to this machine are refused',
    how: 'default',
    file: `${wire}/http-conversation.test.ts`,
    test: 'that rebinds its name to this machine',
  },
  {
    what: 'Nothing over HTTP looks inside or resets',
    how: 'default',
    file: `${kmsim}/cli/serve-command.test.ts`,
    test: 'nothing over HTTP looks inside or resets',
  },
  {
    what: '`kmsim serve` does not start where it looks like production',
    how: 'default',
    file: `${kmsim}/production.test.ts`,
    test: 'does not start there, and says why in one line',
  },
  // Who may do what.
  {
    what: 'Key policies, identity policies, grants',
    how: 'default',
    file: `${kmsim}/cli/serve-command.test.ts`,
    test: 'authz=on',
  },
  {
    what: 'A policy that cannot be evaluated denies',
    how: 'default',
    file: 'packages/authz/test/policy.property.test.ts',
    test: 'never allows by a statement with an element it does not know',
  },
  {
    what: 'Service control policies, and the other layers that only limit',
    how: 'optional',
    by: '`organization`, boundaries, session and endpoint policies, where they are given',
    file: 'packages/authz/test/layers.property.test.ts',
    test: '%s only takes away',
  },
  {
    what: 'Quotas refuse',
    how: 'optional',
    by: "`quotas: 'enforce'`",
    file: 'packages/kms/test/quotas/require-quota.test.ts',
    test: 'an account has so many keys in a Region, those that wait for deletion included',
  },
  {
    what: 'Quotas are counted',
    how: 'default',
    file: `${kmsim}/sim-quotas.test.ts`,
    test: 'is meter when nothing is said: everything passes, and the report knows',
  },
  // What is kept.
  {
    what: 'The encryption context is bound to every ciphertext',
    how: 'default',
    file: 'packages/hsm-core/test/ciphertext-abuse.test.ts',
    test: 'no blob opens under the context of another',
  },
  {
    what: 'No bit of a ciphertext can be changed',
    how: 'default',
    file: 'packages/hsm-core/test/ciphertext-abuse.test.ts',
    test: 'no single bit of a blob can be changed',
  },
  {
    what: 'Inspection, JSON, errors and snapshots show no key material',
    how: 'default',
    file: 'packages/kms/test/secrets.test.ts',
    test: 'inspecting the engine shows none',
  },
  {
    what: 'A destroyed material is overwritten',
    how: 'default',
    file: 'packages/hsm-core/test/secret-hygiene.test.ts',
    test: 'a material, when it is destroyed',
  },
  {
    what: 'Without a seed a snapshot opens only in the process that took it',
    how: 'default',
    file: `${kmsim}/snapshot.test.ts`,
    test: 'opens only in the process that took it',
  },
  {
    what: 'Nothing is written to a disk',
    how: 'default',
    file: `${kmsim}/cli/serve-command.test.ts`,
    test: 'store=memory: nothing is written, nothing outlives the process',
  },
  // What nobody should count on.
  {
    what: 'Keys of a seeded simulation are secret: whoever knows the seed knows them',
    how: 'not',
    file: `${kmsim}/determinism.test.ts`,
    test: 'the trace of the SDK is the same every time and on both backends',
  },
  {
    what: 'A copy of a simulation is told from it: a snapshot restores as often as you like',
    how: 'not',
    file: `${kmsim}/snapshot.test.ts`,
    test: 'what is restored is another simulation, as often as you like',
  },
];
