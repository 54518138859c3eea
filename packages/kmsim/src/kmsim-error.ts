// Mistakes on the caller's side: typed, with a code to branch on and a hint that says what to do.

const hints = {
  InvalidOption: 'See the options in the README.',
  InvalidDuration: "Write a duration as '90 days', '1 hour 30 minutes', 'P90D', or as milliseconds.",
  InvalidInstant: "Write an instant as '2027-01-01T00:00:00Z', as a Date, or as milliseconds since the epoch.",
  InvalidPrincipal:
    "Name a principal by its ARN: 'arn:aws:iam::000000000000:role/App', ':user/Ann', ':root', or an assumed-role session.",
  InvalidCases: 'docs/test-your-key-policy.md has the format of a file of cases.',
  InvalidPolicy:
    "Write a policy as { Version: '2012-10-17', Statement: [...] } or as JSON text of it. Several stand by name: policies: { anyName: policy }.",
  InvalidSession:
    "Say it of a role: sim.as('arn:aws:iam::000000000000:role/App', { session: { name, policies, tags } }). A user's can have mfa.",
  InvalidOrganization:
    "Write it as { id: 'o-exampleorgid', scps: { name: policy }, accounts: ['111122223333'], units: { 'ou-ab12-prod': { accounts: [...] } } }.",
  InvalidXksEndpoint:
    "Write xksEndpoints as { 'https://xks.example.com': 'http://127.0.0.1:4600' }, or with an XksProxy or an address over https as the value.",
  InvalidXksProxy: 'See docs/xks-proxy.md for what a proxy is made of.',
  UnknownEndpoint: "Define it first: sim.endpoints.put({ id: 'vpce-0a1b2c3d', vpc: 'vpc-0a1b2c3d' }).",
  UnknownKey: 'Name a key by its ARN, or by its id in the account and Region of the simulation.',
  NotLockedOut: 'AWS Support restores a key policy only where nobody can put one.',
  NoNativeBackend: "There is no node:crypto here. Leave `backend` out, or say 'portable'.",
  InvalidWorld: 'docs/world-files.md has the format; kmsim world check FILE shows all mistakes.',
  InvalidSnapshot:
    'Restore what sim.snapshot() returned, unchanged. Without a seed it opens only in the process that took it.',
  InvalidFaultPlan: 'See docs/faults.md for what a plan can say.',
  UnknownQuota: 'sim.quotas.names has them all; docs/quotas.md tells what they are.',
  InvalidQuota: "Write it as quotas: { mode: 'enforce', set: { 'DescribeKey request rate': 10 } }.",
  InvalidMark: 'Rewind to what sim.mark() of the same simulation returned.',
  NoTrace: 'Ask for one: createKmsim({ trace: true }).',
  NoTrail: "Make the simulation without trail: 'off'.",
  StreamFailed: 'Choose a file that can be written, and look at `cause`. The calls themselves were answered.',
  InvalidTrace:
    "Hand in the whole of sim.trace.text(), unchanged, from createKmsim({ seed, trace: 'inputs' }) of this version.",
  InvalidLog:
    'Hand in CloudTrail log files ({"Records": [...]}, also gzip), JSON lines, or what lookup-events printed.',
  NoAttestation: 'It is an optional dependency of kmsim: npm install --save-dev @kmsim/attestation',
  NotInstalled: 'Install the package that the message names.',
  NoInterceptors: 'It is an optional peer dependency of kmsim: npm install --save-dev @mswjs/interceptors',
  AlreadyIntercepted: 'Close that interception first: `using` does it at the end of a block.',
  InvalidAttestation: 'See docs/nitro-enclaves.md for what a document can say.',
  NotInBrowser: 'Run this part under Node; what else works in a page stands in docs/browser.md.',
  ConnectionLost: 'Whether the request was carried out is not known: ask, or repeat what may be repeated.',
  Closed: 'Make a new one with createKmsim().',
  NotLoopback: 'Listen on 127.0.0.1, or set exposed: true if everybody who reaches the port may use the keys.',
  CannotListen: 'Choose another port or host; port 0 takes a free one.',
  InvalidCertificate: 'Bring a certificate and its private key as PEM, or leave both to kmsim: docs/https.md.',
  CannotKeepCertificate: 'Name a directory that kmsim can write and has for itself: docs/https.md.',
  RefusedInProduction: 'kmsim holds no real secrets safely. Set ALLOW_SIMULATED_KMS_IN_PRODUCTION=yes if you mean it.',
  SeededAndExposed: 'Whoever knows the seed knows the keys: serve a seeded simulation on loopback only.',
} as const;

export type KmsimErrorCode = keyof typeof hints;

interface KmsimErrorOptions extends ErrorOptions {
  /** The page that says more than the hint of the code: `docs/review.md`. */
  readonly page?: string | undefined;
  /** In place of the hint of the code. */
  readonly hint?: string | undefined;
}

export class KmsimError extends Error {
  override readonly name = 'KmsimError';
  readonly code: KmsimErrorCode;
  /** What is wrong. The message has the hint behind it. */
  readonly problem: string;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: KmsimErrorCode, problem: string, options: KmsimErrorOptions = {}) {
    const { hint: own, page, ...rest } = options;
    const hint = own ?? (page === undefined ? hints[code] : `See ${page} for what there is.`);
    super(`${problem} ${hint}`, rest);
    this.code = code;
    this.problem = problem;
    this.hint = hint;
  }
}
