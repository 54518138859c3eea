// A CPU profile of this process, taken by its own inspector.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CpuProfile } from './profile-summary.ts';

// Twice as fine as by default: a request takes some ten microseconds, and there are many of them.
const intervalMicroseconds = 500;

/** What `work` answers; the file holds its profile, for Chrome's developer tools and for speedscope. */
export async function profiled<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  // Loaded for those who profile: other processes are measured without it.
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.setSamplingInterval', { interval: intervalMicroseconds });
    await session.post('Profiler.start');
    const result = await work();
    const { profile } = (await session.post('Profiler.stop')) as { profile: CpuProfile };
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(profile));
    return result;
  } finally {
    session.disconnect();
  }
}
