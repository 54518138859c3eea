// What a door answers without asking the KMS, and the JSON body that carries an error.

export interface Refusal {
  /** The exception's name, as it stands in `__type`. */
  readonly code: string;
  readonly status: number;
  /** Absent: the body has no message member. */
  readonly message?: string;
  /** How the message member is spelled: `message` unless given. The framework in front of the service says `Message`. */
  readonly member?: 'Message';
}

export type RefusalName =
  | 'unknownOperation'
  | 'unreadableJson'
  | 'tooDeep'
  | 'tooManyMembers'
  | 'repeatedMember'
  | 'tooLarge'
  | 'internalFailure';

// The first two have no message on the wire: https://github.com/aws/aws-sdk-net/issues/1536 shows the body of the first, dynalite's
// notes on a service of the same framework both. What AWS answers past the limits of this package is not recorded: own words.
export const refusals: Readonly<Record<RefusalName, Refusal>> = {
  unknownOperation: { code: 'UnknownOperationException', status: 400 },
  unreadableJson: { code: 'SerializationException', status: 400 },
  tooDeep: unserializable('The request is nested too deeply.'),
  tooManyMembers: unserializable('The request has too many members.'),
  repeatedMember: unserializable('The request has a member twice.'),
  tooLarge: { code: 'RequestEntityTooLarge', status: 413, message: 'The request is larger than 262144 bytes.' },
  internalFailure: {
    code: 'InternalFailure',
    status: 500,
    message: 'The simulator failed while it answered. The onInternalError hook receives the cause.',
  },
};

function unserializable(message: string): Refusal {
  return { code: 'SerializationException', status: 400, message, member: 'Message' };
}

/** Without a message there is no message member, rather than an empty one. */
export function errorBody(
  code: string,
  message: string | undefined,
  member: 'message' | 'Message' = 'message',
): string {
  return JSON.stringify(message === undefined ? { __type: code } : { __type: code, [member]: message });
}

const unprintable = /[^\x20-\x7e]/gu;

/** Input as an error message may show it: 64 characters at most, nothing that a terminal or a log would act on. */
export function shown(input: string): string {
  const start = input.length > 64 ? `${input.slice(0, 63)}…` : input;
  return start.replace(unprintable, (char) => (char === '…' ? '…' : `\\u{${char.codePointAt(0)?.toString(16)}}`));
}
