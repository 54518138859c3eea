// Mistakes of whoever sets a proxy up. What a request does wrong is answered, never thrown.

export type XksProxyErrorCode = 'KMSIM_XKS_INVALID_OPTION' | 'KMSIM_XKS_KEY_EXISTS' | 'KMSIM_XKS_KEY_UNKNOWN';

export class XksProxyError extends Error {
  override readonly name = 'XksProxyError';
  readonly code: XksProxyErrorCode;

  constructor(code: XksProxyErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export function invalidOption(message: string): XksProxyError {
  return new XksProxyError('KMSIM_XKS_INVALID_OPTION', message);
}
