// Texts that look like secrets or like personal data. What was seen is named by its kind; the text itself goes nowhere.
// https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html ("It is not secret ... appears in plaintext in CloudTrail logs")

export interface SecretKind {
  readonly what: string;
  readonly personal?: true;
}

interface Sign extends SecretKind {
  readonly looksLike: (value: string) => boolean;
}

function pattern(what: string, shape: RegExp, extra: { personal?: true } = {}): Sign {
  return { what, looksLike: (value) => shape.test(value), ...extra };
}

const signs: readonly Sign[] = [
  pattern('a private key', /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  pattern('an AWS access key id', /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/),
  // https://www.rfc-editor.org/rfc/rfc7519
  pattern('a JSON Web Token', /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/),
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
  pattern('a token of GitHub', /\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})/),
  pattern('a token of Slack', /\bxox[abeoprs]-[\w-]{10,}/),
  pattern('a secret key of Stripe', /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/),
  pattern('an API key of Google', /\bAIza[\w-]{35}\b/),
  // https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1
  pattern('an address with a password', /:\/\/[^/\s:@]+:[^/\s:@]+@/),
  { what: 'a card number', looksLike: isCardNumber, personal: true },
  pattern('an e-mail address', /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i, { personal: true }),
  pattern('a US social security number', /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/, { personal: true }),
  { what: 'a random secret', looksLike: isRandom },
];

const secretNames = new Set([
  'apikey',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'pwd',
  'secret',
  'token',
]);

/** What clients of AWS write themselves: a public key, a digest. https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/concepts.html */
const harmlessNames = new Set(['aws-crypto-public-key']);

/** What a pair of an encryption context looks like; undefined for nothing of the kind. */
export function secretKindOf(name: string, value: string): SecretKind | undefined {
  if (harmlessNames.has(name)) return undefined;
  const sign = signs.find(({ looksLike }) => looksLike(value));
  if (sign !== undefined)
    return sign.personal === undefined ? { what: sign.what } : { what: sign.what, personal: true };
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  const [last = '', before = ''] = [words.at(-1), words.at(-2)];
  const isSecretName = secretNames.has(last) || secretNames.has(`${before}${last}`);
  return isSecretName && value.length >= 4 && !/^arn:/.test(value) ? { what: 'a secret by its name' } : undefined;
}

/** A name as evidence may show it: one that looks like a secret itself is not shown. */
export function shownName(name: string): string {
  return signs.some(({ looksLike }) => looksLike(name))
    ? 'a name that looks like a secret'
    : JSON.stringify(name.slice(0, 128));
}

/** ISO/IEC 7812-1, annex B: the last digit checks the others. */
function isCardNumber(value: string): boolean {
  const digits = value.replace(/[ -]/g, '');
  if (!/^[3-6]\d{12,18}$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const twice = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}

const LEAST_BITS = 3.8;

/** Long, of capital and small letters and digits without a word among them: identifiers have one case, or dashes, or a prefix that can be read. */
function isRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{24,512}$/.test(value)) return false;
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  if (/^[0-9a-f-]+$/i.test(value)) return false;
  return bitsPerCharacter(value) >= LEAST_BITS && casesChange(value) >= value.length * 0.4;
}

/** Shannon's entropy of the characters. */
function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce(
    (bits, count) => bits - (count / value.length) * Math.log2(count / value.length),
    0,
  );
}

// In words the kind of character seldom changes: CustomerOrdersArchive2026 does it 8 times in 25 letters, a random text every second letter.
function casesChange(value: string): number {
  const kinds = [...value].map((character) => (/[a-z]/.test(character) ? 'a' : /[A-Z]/.test(character) ? 'A' : '0'));
  return kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length;
}
