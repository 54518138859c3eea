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
}

/**
 * What a new alias may be called. Only CreateAlias has InvalidAliasNameException in its model: the others do not find such a name.
 * `alias/aws/` is for AWS; no answer is recorded.
 */
export function checkNewAliasName(name: string): void {
  checkAliasName(name);
  // The model's pattern also has a colon; the text of the API reference does not.
  if (!/^[a-zA-Z0-9/_-]+$/.test(name.slice(aliasPrefix.length))) {
    fail('InvalidAliasNameException', 'Alias names may have letters, digits, forward slashes, underscores and dashes.');
  }
  if (name.startsWith(awsAliasPrefix)) {
    fail('InvalidAliasNameException', 'Aliases that begin with alias/aws/ are reserved.');
  }
}
