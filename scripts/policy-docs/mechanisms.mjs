// What takes part in a decision, and how a written case shows that it took part: the rows of docs/authorization.md.

const statementsIn = (env) => [
  ...[env.keyPolicy, env.boundary, env.session, env.vpce].flatMap((list) => list ?? []),
  ...[env.identity, env.scps, env.rcps].flatMap((lists) => (lists ?? []).flat()),
  ...Object.values(env.perKey ?? {}).flatMap(({ keyPolicy }) => keyPolicy ?? []),
];

/** `[operator, condition key]` of every condition in a case. */
export function conditionsIn({ env }) {
  return statementsIn(env).flatMap(({ Condition = {} }) =>
    Object.entries(Condition).flatMap(([operator, block]) => Object.keys(block).map((key) => [operator, key])),
  );
}

const hasKey = (pattern) => (one) => conditionsIn(one).some(([, key]) => pattern.test(key));
const has = (name) => (one) => one.env[name] !== undefined;
const accountOf = (arn) => arn.split(':')[4];
const isService = ({ request }) => /\.amazonaws\.com$/.test(request.principal);
const resources = ({ request }) => request.checks.map(([, resource]) => resource);
const written = (pattern) => (one) => pattern.test(JSON.stringify(one.env));
const uses =
  (kind) =>
  ({ request }) =>
    request.principal.includes(kind);
const grants = ({ env }) => env.grants ?? [];

/**
 * `state`: enforced (wherever the world has it), optional (where an option of the simulation asks for it: `grantDelay`), not modelled. `proof`: the written cases in which it
 * takes part. Of what is enforced or optional there must be cases that allow and cases that deny.
 */
export const mechanisms = [
  { name: 'key policy', state: 'enforced', proof: has('keyPolicy') },
  {
    name: 'the default key policy: it leaves the key to the account',
    state: 'enforced',
    proof: ({ env }) => env.keyPolicy === undefined,
  },
  { name: 'identity policies', state: 'enforced', proof: has('identity') },
  {
    name: 'explicit Deny',
    state: 'enforced',
    proof: ({ env }) => statementsIn(env).some(({ Effect }) => Effect === 'Deny'),
  },
  {
    name: 'several permissions for one operation (ReEncrypt, aliases, ReplicateKey)',
    state: 'enforced',
    proof: ({ request }) => request.checks.length > 1,
  },
  { name: 'grants: grantee and operations', state: 'enforced', proof: (one) => grants(one).length > 0 },
  {
    name: 'grants: constraints on the encryption context and the source',
    state: 'enforced',
    proof: (one) => grants(one).some(({ Constraints }) => Constraints),
  },
  {
    name: 'grants: created with a grant, and no wider',
    state: 'enforced',
    proof: ({ request }) => request.childGrant !== undefined,
  },
  { name: 'grants: who may retire one', state: 'enforced', proof: ({ request }) => request.op === 'RetireGrant' },
  {
    name: 'grants: tokens until a grant is known everywhere',
    state: 'optional',
    proof: (one) => grants(one).some(({ pending }) => pending),
  },
  { name: 'permissions boundary', state: 'enforced', proof: has('boundary') },
  { name: 'session policies', state: 'enforced', proof: has('session') },
  { name: 'service control policies, level by level', state: 'enforced', proof: has('scps') },
  { name: 'resource control policies', state: 'enforced', proof: has('rcps') },
  { name: 'VPC endpoint policy', state: 'enforced', proof: has('vpce') },
  {
    name: "another account's key",
    state: 'enforced',
    proof: (one) =>
      !isService(one) &&
      resources(one).some((arn) => arn.startsWith('arn:') && accountOf(arn) !== accountOf(one.request.principal)),
  },
  { name: 'service principals', state: 'enforced', proof: isService },
  { name: 'sessions of roles', state: 'enforced', proof: uses(':assumed-role/') },
  { name: 'root users', state: 'enforced', proof: uses(':root') },
  {
    name: 'aliases as resources',
    state: 'enforced',
    proof: (one) => resources(one).some((arn) => arn.includes(':alias/')),
  },
  {
    name: '`kms:ResourceAliases` and `kms:RequestAlias`',
    state: 'enforced',
    proof: hasKey(/^kms:Re(source|quest)Alias/),
  },
  { name: 'tags of the key (`aws:ResourceTag/...`)', state: 'enforced', proof: hasKey(/^aws:ResourceTag\//) },
  { name: '`kms:ViaService`', state: 'enforced', proof: hasKey(/^kms:ViaService$/) },
  { name: 'encryption context in conditions', state: 'enforced', proof: hasKey(/^kms:EncryptionContext/) },
  { name: 'policy variables', state: 'enforced', proof: written(/\$\{/) },
  {
    name: '`Not` forms: NotPrincipal, NotAction, NotResource',
    state: 'enforced',
    proof: written(/"Not(Principal|Action|Resource)"/),
    tests: 'packages/authz/test/statement.test.ts, principal-set.test.ts and the second evaluator of brute-force/',
  },
  { name: 'federated users as callers', state: 'not modelled' },
  { name: 'unique ids of principals that were deleted and made again', state: 'not modelled' },
  { name: 'the minutes until new tags and aliases count', state: 'not modelled' },
];

/** Condition keys by what they tell of. The first that fits. */
export const keyGroups = [
  { name: 'the encryption context', keys: /^kms:EncryptionContext/ },
  { name: 'tags and aliases', keys: /^kms:(Resource|Request)Alias|^aws:(ResourceTag|RequestTag|TagKeys)/ },
  { name: 'what the key is', keys: /^kms:(Key(Origin|Spec|Usage)$|CustomerMasterKey|MultiRegion)|^aws:Resource/ },
  { name: 'grants that are made', keys: /^kms:(Grant|Retiring)/ },
  { name: 'attested enclaves and instances', keys: /^kms:RecipientAttestation/ },
  {
    name: 'the service that calls',
    keys: /^kms:ViaService|^aws:(CalledVia|ViaAWS|Source(Arn|Account|Org)|PrincipalIsAWS|PrincipalService)/,
  },
  { name: 'other members of a KMS request', keys: /^kms:(?!CallerAccount)/ },
  {
    name: 'who calls',
    keys: /^kms:CallerAccount|^aws:(Principal|user|AssumedRoot|Federated|MultiFactor|SourceIdentity|TokenIssue)/,
  },
  { name: 'where from, when and how', keys: /./ },
];
