// The option `tls` of serve().

import { type Form, isRecord, isText } from '../option-forms.ts';

/** A certificate that kmsim makes and keeps: it is used again at the next start, so that clients go on trusting it. */
export interface TlsDirectory {
  readonly directory: string;
}

/** A certificate of your own with its private key, both as PEM. Certificates between it and its authority follow it. */
export interface TlsPair {
  readonly cert: string;
  readonly key: string;
}

/** `true`: a certificate that is made for this server alone and kept nowhere. */
export type TlsOption = true | TlsDirectory | TlsPair;

export const tlsForm: Form = {
  is: (value) =>
    value === true || (isRecord(value) && (hasOnlyTexts(value, 'directory') || hasOnlyTexts(value, 'cert', 'key'))),
  text: 'true, { directory } or { cert, key }, the pair as PEM',
  page: 'docs/https.md',
};

function hasOnlyTexts(value: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name)) && names.every((name) => isText(value[name]));
}
