// Planned faults in the corridor: a request's fate is drawn once, when it is known what it is about, and happens at its own stage.

import type { Principal } from '@kmsim/authz';
import { KmsError, kmsError } from '../api/errors.ts';
import type { Engine } from '../engine.ts';
import type { Call, Visit } from '../operation.ts';
import { ConnectionLost } from './connection-lost.ts';
import type { HappenedFault } from './fault-log.ts';
import { canFail, type FaultStage, serviceFaultRows } from './service-fault-table.ts';

/** Draws what becomes of a request. One that comes again because a library was missing keeps the fate it has. */
export function drawFate(call: Call, visit: Visit): void {
  const { kms } = call;
  visit.fate ??=
    kms.world.faults?.services?.strike(
      {
        operation: call.operation,
        region: call.caller.region,
        at: call.at,
        isAbout: (key) => isAbout(call, key),
        isBy: (principal) => isBy(call.caller.principal, principal),
      },
      ({ raise }) => canFail(call.operation, raise),
    ) ?? 'none';
  strike(kms, visit, 'admission');
}

/** What happens to a request at this stage, if that is its fate. */
export function strike(kms: Engine, visit: Visit, stage: Exclude<FaultStage, 'answer'>): void {
  const row = rowAt(visit, stage);
  if (row === undefined) return;
  happen(kms, visit);
  throw row.error === undefined ? new ConnectionLost() : kmsError(row.error.code, row.error.message);
}

/** A Region that pauses answers nobody: whoever asks finds no connection. */
export function requireAwake(kms: Engine, visit: Visit): void {
  const rule = kms.world.faults?.network?.pauseOf(visit.caller.region, visit.at);
  if (rule === undefined) return;
  note(kms, visit, { fault: 'RegionPaused', rule });
  throw new ConnectionLost();
}

/** What becomes of the answer to a request that was carried out. */
export function send(kms: Engine, visit: Visit, output: object): object {
  const row = rowAt(visit, 'answer');
  if (row === undefined) return output;
  happen(kms, visit);
  if (row.connection !== undefined) throw new ConnectionLost(row.connection === 'half' ? output : undefined);
  return output;
}

function rowAt(visit: Visit, stage: FaultStage): (typeof serviceFaultRows)[string] | undefined {
  if (visit.fate === undefined || visit.fate === 'none') return undefined;
  const row = serviceFaultRows[visit.fate.fault.raise];
  return row?.stage === stage ? row : undefined;
}

function happen(kms: Engine, visit: Visit): void {
  if (visit.fate === undefined || visit.fate === 'none') return;
  const { fault, rule } = visit.fate;
  kms.world.faults?.services?.happened(visit.fate);
  const { delayMs, raise } = fault;
  visit.delayMs = delayMs ?? 0;
  note(kms, visit, { fault: raise, rule, ...(delayMs !== undefined && { delayMs }) });
}

function note(
  kms: Engine,
  { at, caller, operation, request }: Visit,
  fault: Pick<HappenedFault, 'fault' | 'rule' | 'delayMs'>,
): void {
  const happened = { at, operation, region: caller.region, principal: caller.principal.arn, request, ...fault };
  kms.faultLog.note(happened);
  kms.tracer?.fault(happened);
}

/** A key by its ARN, its id, or an alias that points at it. */
function isAbout(call: Call, name: string): boolean {
  return [call.subjects.key, call.subjects.destinationKey].some((subject) => {
    const key = subject?.key;
    if (key === undefined) return false;
    if (name === key.arn || name === key.id) return true;
    const alias = name.startsWith('alias/') ? `${call.site.prefix}${name}` : name;
    return call.page.get('aliases', alias)?.target === key.arn;
  });
}

// Whoever names a role means its sessions, too.
function isBy(principal: Principal, arn: string): boolean {
  return principal.arn === arn || principal.roleArn === arn;
}

/** Whether it is one of the answers a client can get: an error of the service, or a connection that ended. */
export function isOutcome(error: unknown): error is KmsError | ConnectionLost {
  return error instanceof KmsError || error instanceof ConnectionLost;
}
