// DER in lines of base64 between labels. RFC 7468.

import { base64, fromBase64 } from '../encoding.ts';

export function toPem(label: string, der: Uint8Array): string {
  const lines = base64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** The first block with that label. */
export function fromPem(label: string, pem: string): Uint8Array | undefined {
  const [, after] = pem.split(`-----BEGIN ${label}-----`);
  const [content, rest] = after?.split(`-----END ${label}-----`) ?? [];
  return content === undefined || rest === undefined ? undefined : fromBase64(content);
}
