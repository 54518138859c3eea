// The members of an AssumeRole request and what they must be.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_RequestParameters

import { mismatch, missing, tooLarge, tooLong, tooShort, tooSmall, violation } from '../api/violations.ts';

export interface AssumeRoleInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  readonly DurationSeconds?: number | undefined;
  readonly Policy?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly SourceIdentity?: string | undefined;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] | undefined;
  /** Members of the request that are not among these, by name. */
  readonly others?: readonly string[] | undefined;
}

interface Rule {
  readonly min: number;
  readonly max: number;
  readonly pattern?: string;
}

const name: Rule = { min: 2, max: 64, pattern: '[\\w+=,.@-]*' };
const texts: Readonly<Record<'RoleArn' | 'RoleSessionName' | 'Policy' | 'ExternalId' | 'SourceIdentity', Rule>> = {
  RoleArn: { min: 20, max: 2048 },
  RoleSessionName: name,
  // The plain text of all session policies together: more than that fits into no request.
  Policy: { min: 1, max: 2048 },
  ExternalId: { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' },
  SourceIdentity: name,
};
const required: readonly string[] = ['RoleArn', 'RoleSessionName'];
const duration: Rule = { min: 900, max: 43_200 };
const tags = { most: 50, key: { min: 1, max: 128 }, value: { min: 0, max: 256 } } as const;

/** The message of a ValidationError, as the services of the same framework word it; undefined for a request that is right. */
export function inputProblem(input: AssumeRoleInput): string | undefined {
  const violations = Object.entries(texts).flatMap(([member, rule]) => {
    const value = input[member as keyof typeof texts];
    const path = pathOf(member);
    if (required.includes(member) && (value ?? '') === '') return [missing(path, false)];
    if (value === undefined) return [];
    return broken(rule, value).map((phrase) => violation(path, value, phrase));
  });
  const { DurationSeconds: seconds, Tags = [] } = input;
  if (seconds !== undefined && !(seconds >= duration.min))
    violations.push(violation('durationSeconds', String(seconds), tooSmall(duration)));
  if (seconds !== undefined && seconds > duration.max)
    violations.push(violation('durationSeconds', String(seconds), tooLarge(duration)));
  if (Tags.length > tags.most) violations.push(violation('tags', undefined, tooLong({ min: 0, max: tags.most })));
  for (const [at, { Key, Value }] of Tags.entries()) {
    const path = `tags.${at + 1}.member`;
    violations.push(...broken(tags.key, Key).map((phrase) => violation(`${path}.key`, Key, phrase)));
    violations.push(...broken(tags.value, Value).map((phrase) => violation(`${path}.value`, Value, phrase)));
  }
  if (violations.length === 0) return tagProblem(Tags);
  return `${violations.length} validation ${violations.length === 1 ? 'error' : 'errors'} detected: ${violations.join('; ')}`;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html (Tags): no separate Department and department.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html: neither a key nor a value begins with aws:.
// The first text is that of IAM's CreateRole, reported in https://github.com/github-aws-runners/terraform-aws-github-runner/pull/1346.
function tagProblem(given: NonNullable<AssumeRoleInput['Tags']>): string | undefined {
  if (given.some(({ Key, Value }) => [Key, Value].some((text) => /^aws:/i.test(text))))
    return 'Tag keys and values that begin with aws: are reserved for AWS.';
  return new Set(given.map(({ Key }) => Key.toLowerCase())).size < given.length
    ? 'Duplicate tag keys found. Please note that Tag keys are case insensitive.'
    : undefined;
}

function broken(rule: Rule, value: string): readonly string[] {
  const phrases: string[] = [];
  if (value.length < rule.min) phrases.push(tooShort(rule));
  if (value.length > rule.max) phrases.push(tooLong(rule));
  if (rule.pattern !== undefined && !new RegExp(`^${rule.pattern}$`).test(value)) phrases.push(mismatch(rule.pattern));
  return phrases;
}

// The framework names a member in a message with a small letter first.
function pathOf(member: string): string {
  return `${member[0]?.toLowerCase()}${member.slice(1)}`;
}

// What would change the session, and cannot be simulated. Other members change nothing and are not looked at.
const notBuilt: readonly string[] = [
  'PolicyArns',
  'ProvidedContexts',
  'SerialNumber',
  'TokenCode',
  'TransitiveTagKeys',
];

export function notBuiltMember({ others = [] }: AssumeRoleInput): string | undefined {
  return notBuilt.find((member) => others.includes(member));
}

// The real share is that of a packed form which nobody outside knows; here it is that of the plain text.
export function packedPolicySize({ Policy, Tags = [] }: AssumeRoleInput): { readonly PackedPolicySize?: number } {
  const length = (Policy ?? '').length + Tags.reduce((sum, { Key, Value }) => sum + Key.length + Value.length, 0);
  return length === 0 ? {} : { PackedPolicySize: Math.min(100, Math.ceil((100 * length) / texts.Policy.max)) };
}
