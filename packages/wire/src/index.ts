// The public names of @kmsim/wire: AWS JSON 1.1 and the SDK door. The HTTP door is a second entry, ./http.ts.

export type { Answer, AnswerHooks, Service, WireRequest } from './aws-json.ts';
export { answer } from './aws-json.ts';
export { isLoopback } from './host-name.ts';
export type { AttachedTo, SdkClient } from './sdk-attach.ts';
export { attachSdkClient } from './sdk-attach.ts';
export type {
  SdkAbortSignal,
  SdkHandlerOptions,
  SdkHttpRequest,
  SdkHttpResponse,
  SdkRequestHandler,
} from './sdk-door.ts';
export { sdkRequestHandler, signedRegion } from './sdk-door.ts';
