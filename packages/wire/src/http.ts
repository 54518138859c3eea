// The second entry, @kmsim/wire/http: the HTTP door and its signature check. Apart, so that node:http and the signer load only when used.

export { reportDefect } from './aws-json.ts';
export type { CaughtRequest } from './caught.ts';
export { answerCaught } from './caught.ts';
export type { HostNames } from './guard/host.ts';
export { strangeHost } from './guard/host.ts';
export { foreignPage } from './guard/origin.ts';
export { isWildcard, parseHost, urlHost } from './host-name.ts';
export { readHttpBody } from './http-body.ts';
export type { Credentials, HttpCredential, Identification } from './http-caller.ts';
export type { RequestListener } from './http-conversation.ts';
export type { HttpDoorOptions } from './http-door.ts';
export { serveHttp } from './http-door.ts';
export type { HttpDoorFault } from './http-door-error.ts';
export { HttpDoorError } from './http-door-error.ts';
export { readHeaders } from './http-guard.ts';
export { serverName } from './http-malformed.ts';
export type { HttpDoor, HttpServerOptions } from './http-server.ts';
export { openHttpServer } from './http-server.ts';
export { takeTurn } from './http-turns.ts';
export { maxBodyBytes, parseBody } from './json-body.ts';
export type { Refusal } from './refusal.ts';
export { Sha256 } from './sha256.ts';
export type { SignedRequest, SigningCredential, Verdict, Verification, Verified } from './sigv4.ts';
export { verifySignature } from './sigv4.ts';
export type { SecurityTokens } from './sts-query.ts';
