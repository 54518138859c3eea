// Key policies: the default one, and each text compiled once.

import { type Policy, parsePolicy } from '@kmsim/authz';

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

  /** A key policy that stands in a record, which therefore parsed once. */
  compiled(text: string): Policy {
    const known = this.#compiled.get(text);
    if (known !== undefined) return known;
    const parsed = parsePolicy(text, 'key policy');
    if (!parsed.ok) throw new Error(`a stored key policy does not parse: ${parsed.problem}`);
    if (this.#compiled.size >= keep) this.#compiled.delete(this.#compiled.keys().next().value as string);
    this.#compiled.set(text, parsed.policy);
    return parsed.policy;
  }
}
