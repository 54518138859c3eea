// All rules of the review.

import type { ReviewRule } from '../finding.ts';
import { encryptionContextRules } from './encryption-context.ts';
import { grantRules } from './grants.ts';
import { identityRules } from './identities.ts';
import { keyPolicyRules } from './key-policies.ts';
import { lifecycleRules } from './lifecycle.ts';
import { namingRules } from './naming.ts';

export const reviewRules: readonly ReviewRule[] = [
  ...keyPolicyRules,
  ...identityRules,
  ...encryptionContextRules,
  ...lifecycleRules,
  ...grantRules,
  ...namingRules,
];
