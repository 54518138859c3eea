// The options that say whom transcripts are played against.

import { type Command, InvalidArgumentError } from 'commander';
import type { TargetFlags } from './load-conformance.ts';

/** What commander makes of the options below. */
export interface TargetOptionValues {
  readonly target: string;
  readonly region?: string;
  readonly timeLimit?: number;
  readonly iAcceptCosts?: true;
}

export function addTargetOptions(command: Command, target: string): Command {
  return command
    .option(
      '--target <target>',
      'whom to ask: an address such as http://127.0.0.1:4599; in-process, sdk-door or http-door for kmsim itself; aws for the real service',
      target,
    )
    .option('--region <region>', 'Region that stands for the first one of each transcript')
    .option('--time-limit <seconds>', 'how long an answer may take; 20 unless given', seconds)
    .option('--i-accept-costs', 'needed for --target aws, which creates keys and schedules their deletion');
}

export function targetFlags({ iAcceptCosts, region, target, timeLimit }: TargetOptionValues): TargetFlags {
  return { target, region, timeLimit, acceptCosts: iAcceptCosts };
}

export const credentialsHelp = `
Requests to an address are signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or with "test" and "test" when these are not set.`;

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('A time limit is a number of seconds, up to 3600.');
  return value;
}
