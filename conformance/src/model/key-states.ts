// What an operation may do in which state of its key.
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html, the columns of keys without stores and replicas

import type { Refusal } from './expectation.ts';
import type { Key, KeyState } from './state.ts';

const states: readonly KeyState[] = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'];

// A digit is a footnote of the page; `-` succeeds. `2/3`: the page leaves the class open.
const cryptographic = '- 1 2/3 5';
const changing = '- - 3 -';
// The operations that are not here work in every state.
const table: Readonly<Record<string, string>> = {
  CancelKeyDeletion: '4 4 - 4',
  CreateAlias: changing,
  Decrypt: cryptographic,
  DisableKey: '- - 3 5',
  DisableKeyRotation: '- 1 3 -',
  EnableKey: '- - 3 5',
  EnableKeyRotation: '- 1 3 -',
  Encrypt: cryptographic,
  GenerateDataKey: cryptographic,
  GenerateDataKeyWithoutPlaintext: cryptographic,
  ReEncrypt: cryptographic,
  RotateKeyOnDemand: '- 1 3 5',
  ScheduleKeyDeletion: changing,
  TagResource: changing,
  UntagResource: changing,
  UpdateAlias: changing,
  UpdateKeyDescription: changing,
};

/** The refusals that are right for a key in this state; none where the operation goes on. */
export function refusalsOfState(operation: string, state: KeyState, { arn }: Key): readonly Refusal[] {
  const footnote = table[operation]?.split(' ')[states.indexOf(state)] ?? '-';
  const invalid = (message: string): Refusal => ({ code: 'KMSInvalidStateException', message });
  switch (footnote) {
    case '1':
      return [{ code: 'DisabledException', message: `${arn} is disabled.` }];
    case '2/3':
      return [
        invalid(`${arn} is pending deletion.`),
        { code: 'DisabledException', message: `${arn} is pending deletion.` },
      ];
    case '3':
      return [invalid(`${arn} is pending deletion.`)];
    case '4':
      return [invalid(`${arn} is not pending deletion (or pending replica deletion).`)];
    case '5':
      return [invalid(`${arn} is pending import.`)];
    default:
      return [];
  }
}
