// The public names of @kmsim/xks-proxy.

export type { XksCredential } from './credentials.ts';
export type { XksErrorName } from './errors.ts';
export type { XksKeyInfo, XksKeyOptions, XksKeyStatus } from './external-keys.ts';
export type { XksHttpAnswer, XksHttpRequest } from './http.ts';
export type { HealthStatus, KeyManager } from './key-managers.ts';
export type { XksMisbehaviour } from './misbehaviour.ts';
export type { MisbehaviourScope } from './plan.ts';
export type { RequestMetadata } from './request-metadata.ts';
export type { SeenRequest } from './requests.ts';
export type { XksOperationName } from './routes.ts';
export type { ServeXksProxyOptions, XksProxyServer } from './serve-xks-proxy.ts';
export { serveXksProxy } from './serve-xks-proxy.ts';
export { XksProxy } from './xks-proxy.ts';
export type { XksProxyErrorCode } from './xks-proxy-error.ts';
export { XksProxyError } from './xks-proxy-error.ts';
export type { AuthorizedRequest, XksProxyOptions } from './xks-proxy-options.ts';
