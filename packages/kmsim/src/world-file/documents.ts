// Policies of records as a file shows them: documents, where their text is what JSON makes of them.

import type { NamedDocuments, PolicyDocument } from '../policy-documents.ts';

export function documentOf(text: string): PolicyDocument {
  try {
    const value = JSON.parse(text) as PolicyDocument;
    // Another spelling of the same document is kept as it is.
    return JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}

export function documentsOf(policies: readonly { readonly name: string; readonly text: string }[]): NamedDocuments {
  return Object.fromEntries(policies.map(({ name, text }) => [name, documentOf(text)]));
}
