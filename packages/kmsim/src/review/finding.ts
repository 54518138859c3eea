// What a review finds, and what a rule of it is.

import type { Subject } from './subject.ts';

export type Severity = 'high' | 'medium' | 'low';
export const severities: readonly Severity[] = ['high', 'medium', 'low'];

export interface Evidence {
  readonly text: string;
  /** Of an event of the trail. */
  readonly eventID?: string;
  readonly eventTime?: string;
}

export interface ReviewFinding {
  /** `decrypt-without-key-id` */
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  /** ARN of the key, the identity or the caller that it is about. */
  readonly subject: string;
  /** How often it was seen; `evidence` has the first of them. */
  readonly count: number;
  readonly evidence: readonly Evidence[];
  readonly remedy: string;
  /** Where AWS says so. */
  readonly page: string;
}

/** What is said in the place of what the rule says, where no more than this was seen of a subject. The severity is below the rule's. */
export interface Milder {
  readonly severity: Severity;
  readonly title: string;
  readonly remedy: string;
}

/** What a rule saw: one piece of evidence. Those about one subject become one finding. */
export interface Sighting {
  readonly subject: string;
  readonly evidence: Evidence;
  readonly milder?: Milder;
}

export interface ReviewRule {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly remedy: string;
  readonly page: string;
  readonly look: (subject: Subject) => Iterable<Sighting>;
}

const guide = 'https://docs.aws.amazon.com/kms/latest/developerguide/';

/** The address of a page of the developer guide. */
export function guidePage(name: string): string {
  return `${guide}${name}.html`;
}
