// How the replay of a transcript went, and how that is said to people.

import type { Difference } from './match.ts';
import type { WireReply, WireRequest } from './target.ts';
import { show } from './values.ts';

export interface Failure {
  readonly outcome: 'failed';
  readonly step: string;
  readonly operation: string;
  readonly difference: Difference;
  /** The last request and its answer; absent when the request could not be made. */
  readonly request?: WireRequest;
  readonly reply?: WireReply;
}

export interface NoAnswer {
  readonly outcome: 'no answer';
  /** Empty when not even the first request could be made. */
  readonly step: string;
  readonly operation: string;
  readonly reason: string;
  /** The target said nothing at all; otherwise it said what is no answer of KMS. */
  readonly silent: boolean;
}

export type Result =
  | { readonly outcome: 'passed' }
  | Failure
  | { readonly outcome: 'not built'; readonly what: string }
  | NoAnswer
  | { readonly outcome: 'skipped'; readonly reason: string };

/** One line: `passed`, or why not. */
export function describeResult(result: Result): string {
  switch (result.outcome) {
    case 'passed':
      return 'passed';
    case 'not built':
      return `not built yet: ${result.what}`;
    case 'no answer':
      return `no answer${result.step === '' ? '' : ` at ${result.step} (${result.operation})`}: ${result.reason}`;
    case 'skipped':
      return `skipped: ${result.reason}`;
    case 'failed': {
      const { path, expected, got } = result.difference;
      return `failed at ${result.step} (${result.operation}): ${path === '' ? '' : `${path}: `}expected ${expected}, got ${got}`;
    }
  }
}

/** The lines below it: what was asked and answered, and the member that differs. Empty when the one line says it all. */
export function explainResult(result: Result): readonly string[] {
  if (result.outcome !== 'failed') return [];
  const { difference, operation, reply, request, step } = result;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['step', `${step} (${operation}${request === undefined ? '' : `, ${request.region}`})`],
    ['request', request && show(request.body)],
    ['answer', reply && `HTTP ${reply.status} ${reply.body === undefined ? 'without a body' : show(reply.body)}`],
    ['path', difference.path === '' ? undefined : difference.path],
    ['expected', difference.expected],
    ['got', difference.got],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(8)}  ${text}`]));
}
