// Scenarios that no recording has and a page of the documentation decides. They never count as recordings.

import type { Filed } from '../load.ts';
import type { CallStep, ErrorPattern, Json, Step } from '../transcript.ts';

type Input = Readonly<Record<string, Json>>;

/** The key a scenario is about. */
export const keyId: Json = { $ref: 'key.KeyMetadata.KeyId' };
export const keyArn = 'arn:aws:kms:${region}:${account}:key/${key.KeyMetadata.KeyId}';

/** The first Region is where the key is made; the second and the third are for its replicas. */
const scenarioRegions: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1'];

/** A call that has to succeed so that the scenario can go on. */
export function step(id: string, op: string, input: Input = {}, more: Partial<CallStep> = {}): CallStep {
  return { id, op, input, evidence: 'succeeded', ...more };
}

/** The call that the page says something about: it succeeds, or has this error. */
export function claim(op: string, input: Input, error?: ErrorPattern, more: Partial<CallStep> = {}): CallStep {
  return { id: 'claim', op, input, evidence: 'documented', ...(error !== undefined && { error }), ...more };
}

export function documented(theme: string, name: string, page: string, steps: readonly Step[]): Filed {
  const path = `documented/${theme}/${name}`;
  const source = { kind: 'documentation', cite: page, recorded: null };
  const about = `${name}, as the documentation has it`;
  return { theme, path, transcript: { name, about, source, replay: 'as-is', regions: scenarioRegions, steps } };
}
