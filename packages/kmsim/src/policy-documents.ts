// Policies as people write them: documents or their text, by name.

import type { PolicyText } from '@kmsim/kms';
import { KmsimError } from './kmsim-error.ts';
import { isRecord, shown } from './option-forms.ts';
import { plainJson } from './plain-json.ts';

/** A policy: a document, or its text. */
export type PolicyDocument = string | { readonly Version?: string; readonly Statement: unknown };

export type NamedDocuments = Readonly<Record<string, PolicyDocument>>;

/** `where`: the place of the document, for the error. */
export function textOf(where: string, document: PolicyDocument): string {
  const text = typeof document === 'string' ? document : plainJson(document);
  if (text === undefined)
    throw new KmsimError('InvalidPolicy', `${where}: ${shown(document)} cannot be written as JSON.`);
  return text;
}

/** `where` completes "...: policies are an object of named policies." */
export function textsOf(where: string, documents: NamedDocuments): readonly PolicyText[] {
  if (!isRecord(documents))
    throw new KmsimError('InvalidPolicy', `${where} are an object of named policies, not ${shown(documents)}.`);
  return Object.entries(documents).map(([name, document]) => ({ name, text: textOf(`${where}: ${name}`, document) }));
}

/** Tags as pairs. */
export function tagsOf(where: string, tags: Readonly<Record<string, string>>): readonly (readonly [string, string])[] {
  if (!isRecord(tags)) throw new KmsimError('InvalidOption', `${where} are an object of strings, not ${shown(tags)}.`);
  const pairs = Object.entries(tags);
  const wrong = pairs.find(([, value]) => typeof value !== 'string');
  if (wrong !== undefined)
    throw new KmsimError('InvalidOption', `${where}: the value of ${shown(wrong[0])} is no text.`);
  return pairs;
}
