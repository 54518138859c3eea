// What the tests of request quotas ask: an engine with quotas, what became of a request, and what it counted on.

import { KmsError } from '../src/api/errors.ts';
import type { OperationName } from '../src/api/shapes.ts';
import { type Caller, Visit } from '../src/operation.ts';
import type { QuotaLimit, QuotaMode } from '../src/quotas/settings.ts';
import { quotaUsage } from '../src/quotas/usage.ts';
import { admin, TestEngine } from './engine.ts';

export function engineWith(mode: QuotaMode, ...limits: readonly QuotaLimit[]): TestEngine {
  const engine = new TestEngine();
  engine.kms.setQuotas({ mode, limits });
  return engine;
}

/** What became of a request: the code of its error, or 'answered'. */
export async function outcome(
  engine: TestEngine,
  operation: OperationName,
  input: unknown,
  by: Caller = admin,
): Promise<string> {
  try {
    await engine.kms.dispatch(new Visit(operation, input, 'direct', by));
    return 'answered';
  } catch (error) {
    if (error instanceof KmsError) return error.code;
    throw error;
  }
}

/** Calls by quota, account and Region. */
export function calls(engine: TestEngine): Readonly<Record<string, number>> {
  const rows = quotaUsage(engine.kms.throttler).filter(({ kind }) => kind === 'requests');
  return Object.fromEntries(
    rows.map((row) => [`${row.quota.replace(' request rate', '')} ${row.account} ${row.region}`, row.calls]),
  );
}
