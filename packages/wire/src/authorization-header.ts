// The Authorization header of AWS Signature Version 4, taken apart. Nothing here is trusted yet.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly terminator: string;
}

export interface Authorization {
  readonly algorithm: string;
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
}

/** `not signed`: no header of this scheme at all. `no pair`: a part without an equal sign, or a part given twice. */
export type AuthorizationFault = 'not signed' | 'no pair';

type Parsed = Authorization | AuthorizationFault;

// Asked for twice by a request: who signed it, and what the trail says of it.
let latest: { readonly header: string; readonly parsed: Parsed } | undefined;

export function parseAuthorization(header: string | undefined): Parsed {
  if (header === undefined) return 'not signed';
  if (latest?.header !== header) latest = { header, parsed: parse(header) };
  return latest.parsed;
}

function parse(header: string): Parsed {
  if (!header.startsWith('AWS4-')) return 'not signed';
  const space = header.indexOf(' ');
  const algorithm = space < 0 ? header : header.slice(0, space);
  const pairs = new Map<string, string>();
  for (const part of space < 0 ? [] : header.slice(space).split(',')) {
    const pair = withoutBlanksBefore(part);
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    // AWS takes a blank inside for the end of a pair: https://github.com/iann0036/cloud9-sync/issues/10
    if (equals < 1 || pair.includes(' ') || pairs.has(name)) return 'no pair';
    pairs.set(name, pair.slice(equals + 1));
  }
  return {
    algorithm,
    credential: pairs.get('Credential'),
    signedHeaders: pairs.get('SignedHeaders'),
    signature: pairs.get('Signature'),
  };
}

function withoutBlanksBefore(part: string): string {
  let start = 0;
  while (part[start] === ' ') start += 1;
  return part.slice(start);
}

/** Exactly five parts between slashes; none of them is checked here. */
export function parseCredential(credential: string): CredentialScope | undefined {
  const parts = credential.split('/');
  const [accessKeyId, date, region, service, terminator] = parts;
  if (parts.length !== 5 || terminator === undefined) return undefined;
  return { accessKeyId, date, region, service, terminator } as CredentialScope;
}

/** What the signature of a request claims. */
export function claimedScope(header: string | undefined): CredentialScope | undefined {
  const parsed = parseAuthorization(header);
  return typeof parsed === 'object' && parsed.credential !== undefined ? parseCredential(parsed.credential) : undefined;
}

// Region names have so far this form (eusc-de-east-1), and at most 14 characters; the length keeps a name from being a place to put things.
const regionForm = /^[a-z]{2,}(-[a-z]+)+-\d+$/;

export function isRegion(name: string): boolean {
  return name.length <= 32 && regionForm.test(name);
}
