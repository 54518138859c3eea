// AWS Support, as far as a key that nobody can manage any more needs it.

import type { Kms, RestoreFault } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { anything, checkOptions, type Forms, shown } from './option-forms.ts';
import { type PolicyDocument, textOf } from './policy-documents.ts';

export interface RestoreKeyPolicyOptions {
  /** The default key policy when absent. */
  readonly policy?: PolicyDocument;
}

const forms: Forms<RestoreKeyPolicyOptions> = { policy: anything };

export class Support {
  readonly #kms: () => Kms;
  readonly #account: string;
  readonly #region: string;

  constructor(kms: () => Kms, account: string, region: string) {
    this.#kms = kms;
    this.#account = account;
    this.#region = region;
  }

  /**
   * Gives a key its default policy back, or `policy`, when nobody can put a key policy on it any more. Refused as long as somebody can.
   * `keyId`: a key ARN; or the id of a key in the simulation's account and Region.
   */
  restoreKeyPolicy(keyId: string, options: RestoreKeyPolicyOptions = {}): void {
    checkOptions('restoreKeyPolicy', options, forms);
    const { state } = this.#kms();
    const byId = state.keyById(this.#region, keyId);
    const key = state.get('keys', keyId) ?? (byId?.account === this.#account ? byId : undefined);
    if (key === undefined) throw new KmsimError('UnknownKey', `There is no key ${shown(keyId)}.`);
    const { policy } = options;
    const text = policy === undefined ? undefined : textOf('restoreKeyPolicy: policy', policy);
    const fault = this.#kms().restoreKeyPolicy(key, text);
    if (fault !== undefined) throw refusalOf(fault, key.arn);
  }
}

function refusalOf(fault: RestoreFault, arn: string): KmsimError {
  switch (fault.why) {
    case 'invalid policy':
      return new KmsimError('InvalidPolicy', `${arn}: ${fault.problem}`);
    case 'managed by AWS':
      return new KmsimError(
        'NotLockedOut',
        `The policy of the AWS managed key ${arn} is not the customer's to change.`,
      );
    case 'not locked out':
      return new KmsimError('NotLockedOut', `${fault.who} can still put a key policy on ${arn}.`);
  }
}
