// The public names of @kmsim/conformance.

export { checkTranscript } from './check.ts';
export type { ExitCode, Io } from './cli/io.ts';
export type { RecordFlags } from './cli/record.ts';
export { recordCommand } from './cli/record.ts';
export type { ReplayFlags } from './cli/replay.ts';
export { replayCommand } from './cli/replay.ts';
export type { TargetFlags } from './cli/run.ts';
export type { ScoreFlags } from './cli/score.ts';
export { scoreCommand } from './cli/score.ts';
export { documentedScenarios } from './documented/index.ts';
export type { Measurement } from './fidelity/measure.ts';
export { measure } from './fidelity/measure.ts';
export type { Observation, Proof } from './fidelity/observe.ts';
export { fidelityPage } from './fidelity/page.ts';
export type { Filed } from './load.ts';
export { loadTranscripts, transcriptsFolder } from './load.ts';
export { loadPath } from './load-path.ts';
export type { Coverage, Difference } from './match.ts';
export type { Expectation, ModelOptions, Prediction } from './model/index.ts';
export { KmsModel, modelled } from './model/index.ts';
export type { PlayOptions, Replayed } from './play-all.ts';
export { playAll } from './play-all.ts';
export type {
  Asked,
  Cell,
  ConformanceOptions,
  ConformanceReport,
  Invariant,
  RunFailure,
  RunOptions,
  RunReport,
  SimulatedTarget,
  Watcher,
} from './properties/index.ts';
export {
  arbitraries,
  checkConformance,
  checkInvariant,
  checkRuns,
  describeRuns,
  insideInvariants,
  invariants,
  Run,
  simulated,
  Tally,
} from './properties/index.ts';
export { importHar } from './record/import-har.ts';
export type { Recording } from './record/record.ts';
export { record, scenarioOf } from './record/record.ts';
export type { Played, ReplayOptions } from './replay.ts';
export { replay } from './replay.ts';
export type { Failure, Result } from './result.ts';
export { describeResult, explainResult } from './result.ts';
export type { Counts, Score } from './score.ts';
export { isClean, scoreOf, scoreTable } from './score.ts';
export type { OpenTarget, Target, TargetPrincipal, WireReply, WireRequest } from './target.ts';
export type { AwsOptions, AwsTarget, CleanUp } from './targets/aws.ts';
export { openAws } from './targets/aws.ts';
export type { DoorName } from './targets/doors.ts';
export { doors, inProcess } from './targets/doors.ts';
export type { EndpointOptions } from './targets/endpoint.ts';
export { openEndpoint } from './targets/endpoint.ts';
export { TargetError } from './targets/target-error.ts';
export type {
  CallStep,
  ErrorPattern,
  Evidence,
  Json,
  Make,
  MakeStep,
  Poll,
  Source,
  Step,
  Transcript,
  WaitStep,
} from './transcript.ts';
export { TranscriptError } from './transcript.ts';
