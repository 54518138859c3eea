// What a form may refer to while a transcript is played: the answers so far, the account, the Regions, some words.

import { createHash } from 'node:crypto';
import { type Transcript, TranscriptError } from './transcript.ts';
import { member } from './values.ts';

export interface Scope {
  /** Keeps what a step gave, under the step's id. */
  remember(step: string, value: unknown): void;
  /** `key.KeyMetadata.KeyId`: a member of what a step gave. Raises when the step gave no such thing. */
  resolve(reference: string): unknown;
  /** What stands in `${...}`: `region`, `region2`, `account`, `callerArn`, `uid1`, `dollar`, or a reference. */
  variable(name: string): string;
  /** Bytes that differ from name to name and stay the same from run to run. */
  bytes(name: string, length: number): Uint8Array;
}

export interface Place {
  readonly account: string;
  readonly callerArn: string;
  /** Stands in for the first Region of the transcript. */
  readonly region?: string;
  readonly run?: string;
}

/** Where the Regions of a transcript are in a run, in their order. */
export function placedRegions(regions: readonly string[], first: string | undefined): readonly string[] {
  const [symbolic = '', ...others] = regions;
  if (first === undefined) return regions;
  return [first, ...others.map((region) => (region === first ? symbolic : region))];
}

export function createScope(transcript: Pick<Transcript, 'name' | 'regions'>, place: Place): Scope {
  const given = new Map<string, unknown>();
  const regions = placedRegions(transcript.regions, place.region);
  const label = place.run === undefined ? transcript.name : `${transcript.name}/${place.run}`;

  const bytes = (name: string, length: number): Uint8Array => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, at) =>
      createHash('sha256').update(`${label}/${name}/${at}`).digest(),
    );
    return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
  };

  const resolve = (reference: string): unknown => {
    const [step = '', ...path] = reference.split('.');
    if (!given.has(step)) throw new TranscriptError(`nothing is known of step '${step}' yet (${reference})`);
    const value = path.reduce(member, given.get(step));
    if (value === undefined) throw new TranscriptError(`the answer of step '${step}' has no ${path.join('.')}`);
    return value;
  };

  const variable = (name: string): string => {
    if (name === 'account') return place.account;
    if (name === 'callerArn') return place.callerArn;
    // A text that has `${` of its own, as IAM policies do.
    if (name === 'dollar') return '$';
    const region = /^region(\d*)$/.exec(name);
    if (region !== null) return nth(regions, Number(region[1] || 1), name);
    if (/^uid\d+$/.test(name)) return Buffer.from(bytes(name, 4)).toString('hex');
    const value = resolve(name);
    if (typeof value !== 'string') throw new TranscriptError(`\${${name}} is no text`);
    return value;
  };

  return { remember: (step, value) => void given.set(step, value), resolve, variable, bytes };
}

function nth(regions: readonly string[], number: number, name: string): string {
  const region = regions[number - 1];
  if (region === undefined) throw new TranscriptError(`\${${name}}: the transcript has ${regions.length} Regions`);
  return region;
}
