// The public names of @kmsim/world.

export type { Clock } from './clock.ts';
export { lastInstant, runningClock, virtualClock } from './clock.ts';
export { chance, exponential, pick, wholeBetween } from './draws.ts';
export { parseDuration, parseInstant } from './duration.ts';
export type { FaultVocabulary } from './faults/check-fault-plan.ts';
export { checkFaultPlan } from './faults/check-fault-plan.ts';
export type { FaultBounds } from './faults/draw-fault-plan.ts';
export { drawFaultPlan } from './faults/draw-fault-plan.ts';
export type * from './faults/fault-plan.ts';
export type { Faults, FaultsPosition } from './faults/faults.ts';
export type { Message, Network } from './faults/network.ts';
export type { FaultPlanProblem } from './faults/plan-checks.ts';
export type { ServiceFaults, Strike, Struck } from './faults/service-faults.ts';
export { bringLiveRoot, liveRoot } from './live-roots.ts';
export { machineEntropy } from './machine-entropy.ts';
export { afterMilliseconds, TimeLimits } from './machine-timer.ts';
export type { ChunkSource, RandomStream } from './random-streams.ts';
export { StreamCursor, streamFor } from './random-streams.ts';
export { canonicalJson } from './trace/canonical-json.ts';
export type { TraceOptions } from './trace/trace.ts';
export { Trace } from './trace/trace.ts';
export { formatUuid } from './uuid.ts';
export type { LiveWorldOptions, SimulatedWorldOptions, World, WorldPosition } from './world.ts';
export { defaultStart, liveWorld, machineNow, simulatedWorld } from './world.ts';
