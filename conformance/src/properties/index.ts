// Property-based conformance, for whoever has a target to check.

export * as arbitraries from './arbitraries/index.ts';
export type { ConformanceOptions, ConformanceReport, RunFailure, RunOptions, RunReport } from './check.ts';
export { checkConformance, checkRuns, describeRuns } from './check.ts';
export type { Invariant } from './invariants/index.ts';
export { checkInvariant, insideInvariants, invariants } from './invariants/index.ts';
export type { Asked, Watcher } from './run.ts';
export { Run } from './run.ts';
export type { SimulatedTarget } from './simulated.ts';
export { simulated } from './simulated.ts';
export type { Cell } from './tally.ts';
export { Tally } from './tally.ts';
