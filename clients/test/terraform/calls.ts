// What Terraform's AWS provider asks of KMS, as data: the forms of its tables. The provider itself does not run here.

import type { KmsMethods } from 'kmsim';

/**
 * In what a call is made with, `$id` is what is known as `id`, and `$config.policy` what is configured. A member that nothing is known of is
 * left out, as the provider leaves out what is not set.
 */
export type Given = Readonly<Record<string, unknown>>;

/** What counts as the same: a policy by its meaning, tags in any order, a set of names, an instant by the second; anything else to the letter. */
export type Likeness = 'policy' | 'tags' | 'set' | 'instant' | 'letter';

/** A loop that asks again until the answer is this. */
export interface Until {
  /** A path in the answer, and what stands there at the end. */
  readonly path: string;
  readonly is: unknown;
  readonly or?: unknown;
  readonly as?: Likeness;
  /** How often in a row. */
  readonly times?: number;
  /** Other states that are waited out. Any further one ends the loop with an error at once, where they are given. */
  readonly pending?: readonly string[];
  readonly atLeastSeconds?: number;
  readonly minutes: number;
}

export interface Call {
  readonly call: keyof KmsMethods & string;
  readonly with: Given;
  /** Where to, when not to the Region of the resource. */
  readonly at?: 'primary';
  readonly when?: string;
  readonly unless?: string;
  /** Asked again for so long while it fails with one of these. */
  readonly retry?: { readonly on: readonly string[]; readonly minutes: number };
  readonly until?: Until;
  /** Until it is gone. */
  readonly untilGone?: { readonly minutes: number };
  /** All pages are read, and in them the row with these members; without it the resource is gone. */
  readonly find?: { readonly rows: string; readonly where: Given };
  /** What is kept of the answer, or of the row: name and path. The empty path is all of it. */
  readonly knows?: Readonly<Record<string, string>>;
  /** What the provider works out by itself from the answer. */
  readonly makes?: (known: Given) => Given;
  /** Values for which the resource is gone. NotFoundException says so too. */
  readonly goneWhen?: { readonly path: string; readonly in: readonly string[] };
  /** Without these it stops with an error. */
  readonly must?: Given;
  /** Errors that are as good as success, with what must be in their words. */
  readonly tolerates?: Readonly<Record<string, string>>;
}

export interface Change {
  /** Made when one of these attributes has changed. */
  readonly of: readonly string[];
  readonly when?: string;
  readonly unless?: string;
  readonly calls: readonly Call[];
}

export interface Attribute {
  /** A path in what is known after reading. */
  readonly from: string;
  readonly as?: Likeness;
}

export interface Case {
  readonly name: string;
  /** What stands in KMS before. */
  readonly given?: readonly Call[];
  readonly config: Given;
  /** What reading must find beside what is configured. `undefined`: nothing. */
  readonly computed?: Given;
  /** Each applied after the one before: what changes of the configuration. */
  readonly changes?: readonly Given[];
}

export interface Resource {
  readonly type: string;
  /** In github.com/hashicorp/terraform-provider-aws. */
  readonly source: string;
  readonly region?: string;
  readonly create: readonly Call[];
  readonly read: readonly Call[];
  readonly update: readonly Change[];
  readonly destroy: readonly Call[];
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** What `terraform import` is told, beside the id, that reading needs. */
  readonly imports?: readonly string[];
  /** It stays after it was destroyed: there is nothing to delete in KMS. */
  readonly stays?: true;
  readonly cases: readonly Case[];
}
