// What sim.explain() is asked, as the engine wants it.

import { bothSides, type EncryptionAlgorithmSpec, type OperationName, type Question } from '@kmsim/kms';
import { type CallerOptions, callerForms } from './callers.ts';
import { operationNamed } from './explanation.ts';
import { KmsimError } from './kmsim-error.ts';
import {
  anEncryptionAlgorithm,
  anEncryptionContext,
  checkOptions,
  type Form,
  type Forms,
  isRecord,
  isText,
  listOf,
} from './option-forms.ts';

export interface ExplainOptions extends CallerOptions {
  /** Also as policies name it: `kms:Decrypt`. */
  readonly operation: OperationName | `kms:${OperationName}`;
  /** The key in any of its four forms; for operations on keys. */
  readonly keyId?: string;
  /** `alias/orders`; for operations on aliases. */
  readonly aliasName?: string;
  /** For RetireGrant: the grant decides who may. */
  readonly grantId?: string;
  /** As they would come with the request. */
  readonly grantTokens?: readonly string[];
  /** What conditions on `kms:EncryptionContext:...` look at; of both sides of ReEncrypt. */
  readonly encryptionContext?: Readonly<Record<string, string>>;
  /** For keys that are not symmetric; of both sides of ReEncrypt. */
  readonly encryptionAlgorithm?: EncryptionAlgorithmSpec;
  /** Other members of the request, by their names in the API: `{ SigningAlgorithm: 'ECDSA_SHA_256' }`. Absent ones count as not sent. */
  readonly input?: Readonly<Record<string, unknown>>;
}

const anOperation: Form = {
  is: (value) => operationNamed(value) !== undefined,
  text: "the name of an operation ('Decrypt')",
};

const explainForms: Forms<ExplainOptions> = {
  ...callerForms,
  operation: anOperation,
  keyId: { is: isText, text: 'the name of a key' },
  aliasName: { is: isText, text: 'the name of an alias' },
  grantId: { is: isText, text: 'the id of a grant' },
  grantTokens: listOf(isText, 'grant tokens'),
  encryptionContext: anEncryptionContext,
  encryptionAlgorithm: anEncryptionAlgorithm,
  input: { is: isRecord, text: "members of the request ({ SigningAlgorithm: 'ECDSA_SHA_256' })" },
};

export interface ExplainQuestion {
  readonly caller: CallerOptions;
  readonly question: Omit<Question, 'caller'>;
}

export function explainQuestion(options: ExplainOptions): ExplainQuestion {
  checkOptions('explain', options, explainForms);
  const {
    aliasName,
    encryptionAlgorithm,
    encryptionContext = {},
    grantId,
    grantTokens,
    input = {},
    keyId,
    operation: name,
    ...caller
  } = options;
  const operation = operationNamed(name);
  if (operation === undefined) throw new KmsimError('InvalidOption', "explain needs an operation: 'Decrypt'.");
  const context = new Map(Object.entries(encryptionContext));
  const members = { ...bothSides(context, encryptionAlgorithm), GrantTokens: grantTokens, ...read(input) };
  return { caller, question: { operation, keyId, aliasName, grantId, input: members } };
}

// Contexts are Maps where rooms see them.
function read(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      name.endsWith('EncryptionContext') && anEncryptionContext.is(value)
        ? new Map(Object.entries(value as Readonly<Record<string, string>>))
        : value,
    ]),
  );
}
