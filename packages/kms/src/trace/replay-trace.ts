// Plays a trace again: everything that went in goes in once more, at its instant, and what comes of it is written down anew.

import type { Backend } from '@kmsim/hsm-core';
import { type FaultPlan, simulatedWorld, Trace } from '@kmsim/world';
import { readRoots } from '../attestation/attestation.ts';
import type { AttestationOptions } from '../attestation/library.ts';
import { Trail } from '../audit/trail.ts';
import type { KeptCluster } from '../key-stores/clusters.ts';
import { repeatCluster } from '../key-stores/note-clusters.ts';
import type { XksTransport } from '../key-stores/xks-transport.ts';
import { createKms, type Kms } from '../kms.ts';
import { Visit } from '../operation.ts';
import { isOperationName } from '../operation-names.ts';
import { isQuotaSettings, noQuotas } from '../quotas/settings.ts';
import { localstackTags } from '../state/localstack-tags.ts';
import type { TableName, Tables } from '../state/records.ts';
import { restoreSnapshot } from '../state/snapshot.ts';
import { outsideTables } from '../state/state.ts';
import { isPossiblePlan, isWorldPosition } from '../state/world-position.ts';
import { readCaller } from './caller-form.ts';
import { decodeRaw, type Raw } from './raw-input.ts';
import { readTrace, type TraceFault, type TraceLine } from './read-trace.ts';
import { ReplayedAnswers } from './replayed-answers.ts';
import type { Origin } from './tracer.ts';

/** Where the run went another way. A line that one of them does not have is undefined. */
export interface TraceDifference {
  /** Counted from 1. */
  readonly line: number;
  readonly recorded: string | undefined;
  readonly replayed: string | undefined;
}

export interface ReplayedTrace {
  /** Of the trace that was handed in. */
  readonly lines: number;
  readonly requests: number;
  /** Of what was written down anew: that of the trace, when nothing differs. */
  readonly sha256: string;
  readonly difference: TraceDifference | undefined;
}

export interface ReplayOptions {
  /** The repeated run keeps a trail of so many events. */
  readonly keep?: number;
  /** Is shown the engine at the end. */
  readonly finished?: (kms: Kms) => void;
  /** Without the library for them Recipients are answered as where it is not installed. */
  readonly loadAttestation?: AttestationOptions['load'];
}

export async function replayTrace(
  text: string,
  backend: Backend,
  options: ReplayOptions = {},
): Promise<ReplayedTrace | TraceFault> {
  const lines = readTrace(text);
  if ('why' in lines) return lines;
  const [first, ...rest] = lines;
  const trace = new Trace({ keepLines: true, inputs: true });
  const answers = new ReplayedAnswers(rest, ({ kind }) => Object.hasOwn(inputs, kind));
  const kms = first && begin(first, backend, { ...options, trace, xks: answers.transport });
  if (kms === undefined) return { why: 'unreadable line', line: 1 };
  for (const [at, line] of rest.entries()) {
    const input = Object.hasOwn(inputs, line.kind) ? inputs[line.kind] : undefined;
    if (input === undefined) continue;
    const perform = prepared(() => input(kms, line, { trace, next: rest[at + 1], behind: at + 1, answers }));
    if (perform === undefined) return { why: 'unreadable line', line: at + 2 };
    await perform();
  }
  const difference = firstDifference(lines, trace.lines());
  const requests = rest.filter(({ kind }) => kind === 'request').length;
  options.finished?.(kms);
  return { lines: lines.length, requests, sha256: trace.sha256(), difference };
}

function begin(
  { members }: TraceLine,
  backend: Backend,
  { keep, loadAttestation: load, trace, xks }: ReplayOptions & { readonly trace: Trace; readonly xks: XksTransport },
): Kms | undefined {
  const origin = (members['origin'] ?? {}) as Partial<Origin>;
  // An older trace has no quotas: nobody counted.
  const { attestationRoots, consistency, grantPropagation, quotas = noQuotas, world: position } = origin;
  const fixedKeys = origin.localstackTags === true ? localstackTags : undefined;
  if (!isQuotaSettings(quotas)) return undefined;
  if (!isWorldPosition(position) || position.seed === undefined) return undefined;
  if (grantPropagation !== undefined && !Number.isSafeInteger(grantPropagation)) return undefined;
  const roots = readRoots(attestationRoots);
  if (roots === undefined) return undefined;
  const world = simulatedWorld({ seed: position.seed, position });
  const trail = keep === undefined ? undefined : new Trail({ world, keep });
  const attestation = load && { load, roots };
  return createKms({
    world,
    backend,
    consistency,
    grantPropagation,
    quotas,
    trace,
    trail,
    attestation,
    xks,
    fixedKeys,
  });
}

interface Surroundings {
  readonly trace: Trace;
  /** The line behind. */
  readonly next: TraceLine | undefined;
  /** How many lines there are until it. */
  readonly behind: number;
  readonly answers: ReplayedAnswers;
}
type Perform = () => unknown;

/** What goes in, by the kind of its line. Undefined, or an error: the line says nothing that can be done. */
const inputs: Readonly<Record<string, (kms: Kms, line: TraceLine, surroundings: Surroundings) => Perform | undefined>> =
  {
    request: (kms, line, { answers, behind, next, trace }) => {
      const { form, given, operation, raw, request } = line.members;
      const caller = readCaller(line.members['caller'], kms.policies);
      if (typeof operation !== 'string' || !isOperationName(operation) || typeof request !== 'number') return undefined;
      if (caller === undefined) return undefined;
      // What could not be written down could not be read either: it was refused and has changed nothing.
      if (given === undefined && raw === undefined) return () => carryOver(kms, trace, line, next);
      const input = given ?? decodeRaw(raw as Raw);
      const visit = new Visit(operation, input, given === undefined && form === 'direct' ? 'direct' : 'wire', caller);
      return () =>
        answers.perform(behind, request, async () => {
          try {
            await kms.repeat(visit, request, reach(kms, line));
          } catch {
            // A refusal is an answer, too: the trace has it.
          }
        });
    },
    external: (kms, line, { answers, behind }) => {
      if (typeof line.members['request'] !== 'number') return undefined;
      return () => {
        reach(kms, line);
        return answers.give(behind, line);
      };
    },
    cluster: (kms, line) => {
      const cluster = JSON.parse(String(line.members['cluster'])) as KeptCluster;
      return () => repeatCluster(kms, reach(kms, line), cluster);
    },
    clock:
      (kms, { members }) =>
      () =>
        kms.moveClock(Date.parse(String(members['at']))),
    record: (kms, line) => {
      const { key, record, table } = line.members;
      if (typeof key !== 'string' || !outsideTables.includes(table as TableName)) return undefined;
      return () => {
        reach(kms, line);
        kms.state.set(table as TableName, key, record as Tables[TableName] | undefined);
      };
    },
    plan: (kms, line) => {
      const { plan } = line.members;
      if (!isPossiblePlan(plan)) return undefined;
      return () => {
        reach(kms, line);
        kms.setFaults(plan as FaultPlan);
      };
    },
    quotas: (kms, line) => {
      const { settings } = line.members;
      if (!isQuotaSettings(settings)) return undefined;
      return () => {
        reach(kms, line);
        kms.setQuotas(settings);
      };
    },
    support: (kms, line) => {
      const { key: arn, policy } = line.members;
      return () => {
        reach(kms, line);
        const key = kms.state.get('keys', String(arn));
        if (key !== undefined) kms.restoreKeyPolicy(key, policy as string | undefined);
      };
    },
    resend: (kms, line) => () => {
      reach(kms, line);
      kms.resend();
    },
    snapshot: (kms, { members }) => {
      const snapshot = JSON.parse(String(members['snapshot'])) as Parameters<typeof restoreSnapshot>[1];
      return restoreSnapshot(kms, snapshot) === undefined ? () => {} : undefined;
    },
  };

function prepared(prepare: () => Perform | undefined): Perform | undefined {
  try {
    return prepare();
  } catch {
    return undefined;
  }
}

/** The instant of a line; the clock is there, too, as far as it is not ahead already. */
function reach({ world }: Kms, { members }: TraceLine): number {
  const at = Date.parse(String(members['at']));
  world.clock.moveTo(at);
  return at;
}

function carryOver(kms: Kms, trace: Trace, line: TraceLine, answer: TraceLine | undefined): void {
  reach(kms, line);
  kms.advance();
  for (const { members } of answer?.kind === 'answer' ? [line, answer] : [line]) trace.note(members);
}

function firstDifference(recorded: readonly TraceLine[], replayed: readonly string[]): TraceDifference | undefined {
  for (let at = 0; at < Math.max(recorded.length, replayed.length); at++) {
    const was = recorded[at]?.text;
    if (was !== replayed[at]) return { line: at + 1, recorded: was, replayed: replayed[at] };
  }
  return undefined;
}
