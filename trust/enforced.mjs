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
    what: 'The port that looks inside is closed',
    how: 'default',
    file: `${kmsim}/admin/admin-guard.test.ts`,
    test: 'is there only when it is asked for',
  },
  {
    what: 'A port that moves the clock, resets and looks inside, of this machine alone',
    how: 'optional',
    by: '`--admin`, `serve(sim, { admin })`',
    file: `${kmsim}/admin/admin-guard.test.ts`,
    test: 'is a port of its own, of this machine alone, also where the other is exposed',
  },
  {
    what: 'Without its token that port does nothing',
    how: 'default',
    file: `${kmsim}/admin/admin-guard.test.ts`,
    test: '%s is 401, and the state is as it was',
  },
  {
    what: 'That port refuses web pages and strange hosts, with the token too',
    how: 'default',
    file: `${kmsim}/admin/admin-guard.test.ts`,
    test: '%s: refused',
  },
  {
    what: 'Whoever a request says it is of: the account follows from the key that signed it, and from nothing else',
    how: 'default',
    file: `${wire}/http-caller.property.test.ts`,
    test: 'no header moves a request to another account or Region',
  },
  {
    what: '`kmsim serve` does not start where it looks like production',
    how: 'default',
    file: `${kmsim}/production.test.ts`,
    test: 'does not start there, and says why in one line',
  },
  // What stops it.
  {
    what: 'Slow requests are ended: 5 s for headers, 10 s for all of it',
    how: 'default',
    file: `${wire}/http-door.test.ts`,
    test: 'as slow as the limits allow, by default',
  },
  {
    what: 'A body is counted while it comes, and ended past 256 KiB',
    how: 'default',
    file: `${wire}/http-conversation.test.ts`,
    test: 'in chunks is counted while it comes',
  },
  {
    what: 'One address has 256 sockets at most, all together 1,024',
    how: 'default',
    file: `${wire}/guard/sockets.test.ts`,
    test: 'no more than its share for one remote, and others have theirs',
  },
  {
    what: 'RSA key pairs are made one at a time, four requests of an account wait for one at most, and others are served in between',
    how: 'default',
    file: `${kmsim}/key-pair-turns.test.ts`,
    test: 'to whom twenty ask for a pair at the same moment makes five, and all of them are answered',
  },
  // What it reads and asks.
  {
    what: 'A world file reads nothing outside of its folder',
    how: 'default',
    file: `${kmsim}/world-file/hostile-paths.test.ts`,
    test: '%j is not read',
  },
  {
    what: 'Tags, deep nesting and aliases that multiply in a world file are refused',
    how: 'default',
    file: `${kmsim}/world-file/mistakes.test.ts`,
    test: 'hostile: %s',
  },
  {
    what: 'No request goes to an external key store proxy',
    how: 'default',
    file: `${kmsim}/xks/xks-transport.test.ts`,
    test: 'where nothing is configured, or something else',
  },
  {
    what: 'Requests to proxies of external key stores, to the hosts that are named and to no address inside a network',
    how: 'optional',
    by: '`xksEndpoints`',
    file: `${kmsim}/xks/no-other-host.test.ts`,
    test: '%s is not asked',
  },
  {
    what: 'A redirect of such a proxy is not followed',
    how: 'default',
    file: `${kmsim}/xks/xks-transport.test.ts`,
    test: 'a redirect is not followed',
  },
  {
    what: 'A header names an operation and nothing else of the program',
    how: 'default',
    file: 'packages/kms/test/operation-names.test.ts',
    test: '%j is none',
  },
  {
    what: 'Control characters of names and descriptions do not reach the terminal',
    how: 'default',
    file: `${kmsim}/cli/terminal.test.ts`,
    test: '%s is seen',
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
    what: 'Snapshots are sealed, and tell nothing without their key',
    how: 'optional',
    by: '`sim.snapshot({ key })`',
    file: `${kmsim}/snapshot-forms.test.ts`,
    test: 'sealed: tells nothing',
  },
  {
    what: 'Snapshots that anybody may open',
    how: 'optional',
    by: '`sim.snapshot({ plaintextKeys: true })`',
    file: `${kmsim}/snapshot-forms.test.ts`,
    test: 'plain by name: opens without a key',
  },
  {
    what: 'A world that is exported has no secret, unless secrets are asked for',
    how: 'default',
    file: `${kmsim}/admin/admin-routes.test.ts`,
    test: 'the world has secrets when they are asked for, and nothing else is taken',
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
