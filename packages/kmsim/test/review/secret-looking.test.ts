// Secrets and personal data in encryption contexts are found, and never shown.

import { describe, expect, test } from 'vitest';
import { reviewOf } from '../../src/review/review.ts';
import { account, event, inventory } from '../trail-records.ts';

/** A review of one request with an encryption context. */
function reviewed(encryptionContext: Readonly<Record<string, string>>) {
  const one = event('Encrypt', '2026-01-01T00:00:00Z', { requestParameters: { encryptionContext } });
  return reviewOf({ events: [one], inventory: inventory('2026-01-10T00:00:00Z') });
}

describe('secrets are found and never shown', () => {
  const random = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  test.each([
    ['a private key', 'note', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
    ['an AWS access key id', 'caller', 'AKIAIOSFODNN7EXAMPLE'],
    ['a JSON Web Token', 'auth', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N'],
    ['a token of GitHub', 'ci', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'],
    ['an address with a password', 'db', 'postgres://app:geheim@db.example.com/orders'],
    ['a random secret', 'key', random],
    ['a random secret', 'note', 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA='],
    ['a secret by its name', 'dbPassword', 'geheim'],
    ['a secret by its name', 'api_key', 'zz9-plural'],
  ])('%s', (what, name, value) => {
    const review = reviewed({ [name]: value });
    expect(review.of('secret-in-encryption-context')[0]?.evidence[0]?.text).toContain(`${what} under "${name}"`);
    for (const text of [`${review}`, JSON.stringify(review)]) expect(text).not.toContain(value.slice(0, 12));
  });

  test('nor where the name is one', () => {
    const review = reviewed({ [random]: random });
    expect(review.of('secret-in-encryption-context')).toHaveLength(1);
    expect(`${review}${JSON.stringify(review)}`).not.toContain(random);
  });

  test.each([
    ['card', '4111 1111 1111 1111'],
    ['ssn', '123-45-6789'],
    ['contact', 'ann@example.com'],
  ])('%s is personal data', (name, value) => {
    const review = reviewed({ [name]: value });
    expect(review.of('personal-data-in-encryption-context')).toHaveLength(1);
    expect(`${review}`).not.toContain(value);
  });

  test.each([
    ['id', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['digest', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['table', 'CustomerOrdersArchive2026'],
    ['aws:s3:arn', 'arn:aws:s3:::orders-eu/2026/01/Invoice-4711.pdf'],
    ['SecretARN', `arn:aws:secretsmanager:us-east-1:${account}:secret:Orders-AbCdEf`],
    ['SecretVersionId', '1234abcd-12ab-34cd-56ef-1234567890ab'],
    ['aws-crypto-public-key', 'AmZvwV/dN6o9p/usAnJdRcdnE12UbaDHuEFPeyVkw5FC1ULGlSznzDdD3FP8SW1UMg=='],
    ['order', '4111111111111112'],
    ['file', 'reports/2026/Quarterly_Revenue_Summary_Final'],
  ])('%s: %s is nothing of the kind', (name, value) => {
    expect(reviewed({ [name]: value }).findings).toEqual([]);
  });
});
