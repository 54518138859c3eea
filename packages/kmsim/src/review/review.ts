// sim.review(): what a security reviewer would say of a run, with evidence and remedy.

import { printable } from '@kmsim/authz';
import type { Run } from '../analysis/inventory.ts';
import { notesOnTrail } from '../analysis/trail-notes.ts';
import { nearest } from '../did-you-mean.ts';
import { KmsimError } from '../kmsim-error.ts';
import { checkOptions, type Form, type Forms, oneOf, shown } from '../option-forms.ts';
import {
  type Evidence,
  type Milder,
  type ReviewFinding,
  type ReviewRule,
  type Severity,
  severities,
} from './finding.ts';
import { reviewRules } from './rules/all.ts';
import { type Subject, subjectOf } from './subject.ts';

const page = 'docs/review.md';

export interface ReviewOptions {
  /** Only findings of at least this severity; all when absent. */
  readonly severity?: Severity;
  /** Only these rules, by their ids. */
  readonly rules?: readonly string[];
  /** All but these. */
  readonly except?: readonly string[];
}

const ids: readonly string[] = reviewRules.map(({ id }) => id);
const someRules: Form = { is: Array.isArray, text: 'a list of rules by their ids' };
const forms: Forms<ReviewOptions> = { severity: oneOf(...severities), rules: someRules, except: someRules };

/** Findings, the gravest first. */
export class Review {
  readonly findings: readonly ReviewFinding[];
  /** What could not be looked at. */
  readonly notes: readonly string[];

  constructor(findings: readonly ReviewFinding[], notes: readonly string[] = []) {
    this.findings = findings;
    this.notes = notes;
  }

  /** The findings of a rule, or about a key or a principal. */
  of(ruleOrSubject: string): readonly ReviewFinding[] {
    return this.findings.filter(({ rule, subject }) => rule === ruleOrSubject || subject === ruleOrSubject);
  }

  toString(): string {
    const lines = this.findings.length === 0 ? ['nothing found'] : this.findings.flatMap(linesOf);
    return [...lines, ...this.notes.map((note) => `note: ${note}`)].map(printable).join('\n');
  }
}

export function reviewOf(run: Run, options: ReviewOptions = {}): Review {
  checkOptions('review', options, forms, page);
  const { except = [], rules = ids, severity = 'low' } = options;
  for (const id of [...rules, ...except]) requireRule(id);
  const least = severities.indexOf(severity);
  const asked = reviewRules.filter(
    ({ id, severity: own }) => rules.includes(id) && !except.includes(id) && severities.indexOf(own) <= least,
  );
  const subject = subjectOf(run);
  const findings = asked
    .flatMap((rule) => findingsOf(rule, subject))
    .filter((finding) => severities.indexOf(finding.severity) <= least)
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return new Review(findings, notesOnTrail(run, 'reviewed'));
}

/** So much evidence is shown of a finding; the rest is counted. */
const MOST_EVIDENCE = 5;

function findingsOf(
  { id, look, page, remedy, severity, title }: ReviewRule,
  subject: Subject,
): readonly ReviewFinding[] {
  const found = new Map<string, { count: number; evidence: Evidence[]; milder: Milder | undefined }>();
  for (const { evidence, milder, subject: about } of look(subject)) {
    const seen = found.get(about) ?? { count: 0, evidence: [], milder };
    found.set(about, seen);
    seen.count++;
    // One grave sighting makes the finding grave.
    seen.milder = milder && seen.milder;
    if (seen.evidence.length < MOST_EVIDENCE) seen.evidence.push(evidence);
  }
  return [...found].map(([about, { milder, ...seen }]) => {
    const said = { severity, title, remedy, ...milder };
    return { rule: id, severity: said.severity, title: said.title, subject: about, ...seen, remedy: said.remedy, page };
  });
}

function requireRule(id: unknown): void {
  if (ids.includes(id as string)) return;
  const meant = typeof id === 'string' ? nearest(id, ids) : undefined;
  throw new KmsimError(
    'InvalidOption',
    `review has no rule ${shown(id)}. ${meant === undefined ? `There are ${ids.join(', ')}.` : `Did you mean ${meant}?`}`,
    { page },
  );
}

function linesOf({ count, evidence, page, remedy, rule, severity, subject, title }: ReviewFinding): readonly string[] {
  const more = count - evidence.length;
  return [
    `${severity.padEnd(6)} ${title} [${rule}]`,
    `       ${subject}`,
    ...evidence.map(({ eventTime, text }) => `       - ${eventTime === undefined ? '' : `${eventTime} `}${text}`),
    ...(more > 0 ? [`       - and ${more} more`] : []),
    `       ${remedy}`,
    `       ${page}`,
  ];
}
