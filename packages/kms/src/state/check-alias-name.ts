// What KMS asks of an alias name. https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html

import { fail } from '../api/errors.ts';
import { aliasPrefix, awsAliasPrefix } from './names.ts';

/** The shape, before anything is looked up. */
export function checkAliasName(name: string): void {
  // Recording create-alias-without-prefix.
  if (!name.startsWith(aliasPrefix)) {
    fail(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  // The model's pattern also has a colon; the text of the API reference does not.
  if (!/^[a-zA-Z0-9/_-]+$/.test(name.slice(aliasPrefix.length))) {
    fail('InvalidAliasNameException', 'Alias names may have letters, digits, forward slashes, underscores and dashes.');
  }
}

/** `alias/aws/` is for AWS. The API reference models InvalidAliasNameException; no answer is recorded. */
export function refuseAwsAlias(name: string): void {
  if (name.startsWith(awsAliasPrefix))
    fail('InvalidAliasNameException', 'Aliases that begin with alias/aws/ are reserved.');
}
