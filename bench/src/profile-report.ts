// Profiles that were taken, for people: where the time went, and how to look closer.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CpuProfile, summarize, summaryText } from './profile-summary.ts';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'profiles');
const most = 20;

export function profileFile(suite: string): string {
  return join(folder, `${suite}.cpuprofile`);
}

export function profileReport(suite: string): string {
  const file = profileFile(suite);
  const profile = JSON.parse(readFileSync(file, 'utf8')) as CpuProfile;
  return `${summaryText(summarize(profile, most))}
Profile: ${file}
Its flame graph: drop the file on https://www.speedscope.app (it stays in the browser; "Left Heavy" adds up calls of one kind), or open it
in Chrome: DevTools, Performance, "Load profile". It holds the preparation and the warm-up too. Times of a run that is profiled mean less.
`;
}
