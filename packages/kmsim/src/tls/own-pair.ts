// A certificate and key of the user's own: every mistake is told before a client meets it as a failed handshake.

import type { KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { KmsimError } from '../kmsim-error.ts';
import { isFor } from './host-names.ts';
import { certificateIn, privateKeyIn, validityOf } from './read-pair.ts';
import type { TlsPair } from './tls-option.ts';

/** The first of the hosts for which the certificate is. Raises InvalidCertificate where no client could be content. */
export function hostOfOwnPair({ cert, key }: TlsPair, hosts: readonly string[], now: number): string {
  const certificate = certificateIn(cert);
  if (certificate === undefined)
    throw invalid(
      privateKeyIn(cert) === undefined
        ? 'The certificate is not in PEM.'
        : 'In place of the certificate there is a private key.',
    );
  checkKey(certificate, key);
  checkValidity(certificate, now);
  const host = hosts.find((one) => isFor(certificate, one));
  if (host === undefined)
    throw invalid(
      `The certificate is for ${certificate.subjectAltName ?? 'no host'}, and requests may be addressed to ${hosts.join(', ')}.`,
      'Name its host in allowedHosts (--allow-host), or bring a certificate for localhost.',
    );
  try {
    createSecureContext({ cert, key, minVersion: 'TLSv1.2' });
  } catch (cause) {
    // A key that is too short, a digest that is too weak, or garbage behind the first certificate.
    throw invalid(`TLS does not take this certificate: ${(cause as Error).message}.`, undefined, cause);
  }
  return host;
}

function checkKey(certificate: X509Certificate, pem: string): void {
  const key: KeyObject | undefined = privateKeyIn(pem);
  if (key === undefined) {
    if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem))
      throw invalid('The private key is encrypted.', 'Take off its passphrase: openssl pkey -in KEY -out PLAIN_KEY.');
    throw invalid(
      certificateIn(pem) === undefined
        ? 'The private key is not in PEM.'
        : 'In place of the private key there is a certificate.',
    );
  }
  if (!certificate.checkPrivateKey(key)) throw invalid('The private key is not that of the certificate.');
}

function checkValidity(certificate: X509Certificate, now: number): void {
  const { from, to } = validityOf(certificate);
  if (now > to) throw invalid(`The certificate expired on ${dateOf(to)}.`);
  if (now < from) throw invalid(`The certificate is not valid before ${dateOf(from)}.`);
}

const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

function invalid(problem: string, hint?: string, cause?: unknown): KmsimError {
  return new KmsimError('InvalidCertificate', problem, { hint, ...(cause !== undefined && { cause }) });
}
