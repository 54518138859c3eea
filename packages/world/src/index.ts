// The public names of @kmsim/world.

export type { Clock } from './clock.ts';
export { runningClock, virtualClock } from './clock.ts';
export { parseDuration, parseInstant } from './duration.ts';
export type { ChunkSource, RandomStream } from './random-streams.ts';
export { StreamCursor } from './random-streams.ts';
export type { LiveWorldOptions, SimulatedWorldOptions, World, WorldPosition } from './world.ts';
export { defaultStart, formatUuid, liveWorld, machineNow, simulatedWorld } from './world.ts';
