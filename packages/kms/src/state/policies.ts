// Policies: the default key policy, and each text compiled once.

import { type NamedPolicy, type Policy, type PolicyType, parsePolicy, Settled } from '@kmsim/authz';
import type { PolicyText } from './records.ts';

/** What CreateKey attaches when no policy is given; the layout is the one GetKeyPolicy shows. */
export function defaultKeyPolicy(account: string, partition: string): string {
  return `{
  "Version" : "2012-10-17",
  "Id" : "key-default-1",
  "Statement" : [ {
    "Sid" : "Enable IAM User Permissions",
    "Effect" : "Allow",
    "Principal" : {
      "AWS" : "arn:${partition}:iam::${account}:root"
    },
    "Action" : "kms:*",
    "Resource" : "*"
  } ]
}`;
}

// Texts come and go with keys; past this many the oldest is compiled again when it is next needed.
const keep = 10_000;

/** Compiled policies by their text. */
export class PolicyCache {
  /** What these policies were found to allow. */
  readonly settled: Settled = new Settled();
  readonly #compiled = new Map<string, Policy>();
  readonly #defaults = new Map<string, string>();

  /** One text for all keys of an account that have the default policy. */
  default(account: string, partition: string): string {
    const owner = `${partition}:${account}`;
    let text = this.#defaults.get(owner);
    if (text === undefined) {
      text = defaultKeyPolicy(account, partition);
      this.#defaults.set(owner, text);
    }
    return text;
  }

  /** A policy that stands in a record, which therefore parsed once. */
  compiled(text: string, type: PolicyType = 'key policy'): Policy {
    const place = type === 'key policy' ? text : `${type}\0${text}`;
    const known = this.#compiled.get(place);
    if (known !== undefined) return known;
    const parsed = parsePolicy(text, type);
    // Leaving one out could leave out a Deny.
    if (!parsed.ok) throw new Error(`a stored ${type} does not parse: ${parsed.problem}`);
    if (this.#compiled.size >= keep) this.#compiled.delete(this.#compiled.keys().next().value as string);
    this.#compiled.set(place, parsed.policy);
    return parsed.policy;
  }

  named(texts: readonly PolicyText[], type: PolicyType): readonly NamedPolicy[] {
    return texts.map(({ name, text }) => ({ name, policy: this.compiled(text, type) }));
  }
}

/** What is wrong with the first policy that cannot be read, with its name. */
export function policyProblem(texts: readonly PolicyText[], type: PolicyType): string | undefined {
  for (const { name, text } of texts) {
    const parsed = parsePolicy(text, type);
    if (!parsed.ok) return `${wordFor[type]} ${name}: ${parsed.problem}`;
  }
  return undefined;
}

// As the place of a mistake is called.
const wordFor: Readonly<Record<PolicyType, string>> = {
  'key policy': 'key policy',
  'identity policy': 'policy',
  'permissions boundary': 'permissions boundary',
  'session policy': 'session policy',
  'service control policy': 'service control policy',
  'resource control policy': 'resource control policy',
  'VPC endpoint policy': 'VPC endpoint policy',
};
