// The shape of a row of the trail's table, and the makers of rows.

import type { Call } from '../operation.ts';
import type { NotedCall } from './noted-call.ts';
import type { CloudTrailRecord, TrailObject, TrailValue } from './record.ts';
import { trailName } from './trail-value.ts';

/** A member of requestParameters. */
export interface Parameter {
  readonly name: string;
  /** The member of the request, or those of which the first that was sent counts. */
  readonly from: readonly string[];
  /** What stands there when nothing was sent; undefined: nothing. */
  readonly otherwise?: TrailValue;
}

/** A thing that `resources` may list, in the order of the row. */
export type TrailResourceName = 'key' | 'destinationKey' | 'alias';

/** Part of a record that is read when somebody reads the record. */
export type Shown = (entry: NotedCall) => TrailObject | undefined;

export interface TrailRow {
  readonly readOnly: boolean;
  /** Undefined: requestParameters is null, whatever was sent. */
  readonly parameters: readonly Parameter[] | undefined;
  /** All members of the request that the parameters come from. What is not here never gets to the trail. */
  readonly members: readonly string[];
  /** Where the (first) encryption context stands among the members; -1 when there is none. */
  readonly contextAt: number;
  /** Undefined: the record has no such member. */
  readonly resources: readonly TrailResourceName[] | undefined;
  /** What is noted of an answer. Nothing that the caller could change later. */
  readonly take?: ((call: Call, output: object) => unknown) | undefined;
  readonly response?: Shown | undefined;
  readonly additional?: Shown | undefined;
  /** Failures have it, too, unless they are refusals. */
  readonly isAdditionalOfFailures?: true | undefined;
  /** A record of the same request in another Region. */
  readonly elsewhere?: ((entry: NotedCall) => Elsewhere) | undefined;
}

export type Elsewhere = { readonly region: string } & Pick<CloudTrailRecord, 'eventName' | 'requestParameters'> &
  Partial<Pick<CloudTrailRecord, 'responseElements' | 'resources'>>;

export type TrailExtra = Partial<
  Pick<TrailRow, 'additional' | 'elsewhere' | 'isAdditionalOfFailures' | 'resources' | 'response' | 'take'>
>;

/** `KeyId` alone, or with what stands there when it was not sent. */
export type Given = string | Parameter;

export function filled(member: string, otherwise: TrailValue, from: readonly string[] = [member]): Parameter {
  return { name: trailName(member), from, otherwise };
}

function row(readOnly: boolean, given: readonly Given[] | undefined, extra: TrailExtra): TrailRow {
  const parameters = given?.map((one) => (typeof one === 'string' ? { name: trailName(one), from: [one] } : one));
  const members = [...new Set((parameters ?? []).flatMap(({ from }) => from))];
  const contextAt = members.findIndex((member) => member.endsWith('EncryptionContext'));
  return { readOnly, parameters, members, contextAt, resources: ['key'], ...extra };
}

export function reads(given: readonly Given[] | undefined, extra: TrailExtra = {}): TrailRow {
  return row(true, given, extra);
}

export function changes(given: readonly Given[] | undefined, extra: TrailExtra = {}): TrailRow {
  return row(false, given, extra);
}
