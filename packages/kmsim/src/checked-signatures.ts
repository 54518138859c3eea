// What is done about signatures. Apart from those who check them: the types of `kmsim` must not lead to those of node:http.

import { type Form, oneOf } from './option-forms.ts';

/**
 * `strict`: every request is signed with one of the simulation's access keys.
 * `permissive`: nothing is checked; an access key id of 12 digits is the root user of that account, any other the administrator.
 */
export type CheckedSignatures = 'strict' | 'permissive';

export const signatureForm: Form = oneOf('strict', 'permissive');
