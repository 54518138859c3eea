// The HTTP door: one node:http server for every client that is not the AWS SDK for JavaScript.

import type { AnswerHooks, Service } from './aws-json.ts';
import { parseHost } from './host-name.ts';
import type { Identification } from './http-caller.ts';
import { conversation } from './http-conversation.ts';
import { HttpDoorError } from './http-door-error.ts';
import { type HttpDoor, type HttpLimits, type HttpServerOptions, httpLimits, openHttpServer } from './http-server.ts';
import type { SecurityTokens } from './sts-query.ts';

export interface HttpDoorOptions extends Identification, AnswerHooks, HttpServerOptions {
  /** Names, beside localhost and the host, that a request may be addressed to. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Answers GetCallerIdentity and AssumeRole on the same port. */
  readonly sts?: SecurityTokens | undefined;
  /** Whether /health says yes; a door is ready as soon as it listens unless this says otherwise. */
  readonly ready?: (() => boolean) | undefined;
}

/** Listens, and is ready when it resolves. */
export async function serveHttp(kms: Service, options: HttpDoorOptions): Promise<HttpDoor> {
  return openHttpDoor(kms, options, httpLimits);
}

export async function openHttpDoor(kms: Service, options: HttpDoorOptions, limits: HttpLimits): Promise<HttpDoor> {
  const policy = {
    boundHost: options.host ?? '127.0.0.1',
    allowedHosts: (options.allowedHosts ?? []).map(allowedName),
    forms: options.sts !== undefined,
  };
  const request = conversation(kms, options, policy);
  const checkContinue = conversation(kms, options, policy, 'continue');
  const { exposed, host, port, tls } = options;
  return openHttpServer({ request, checkContinue }, { exposed, host, port, tls }, limits);
}

function allowedName(host: string): string {
  const parsed = parseHost(host);
  if (parsed === undefined) throw new HttpDoorError('KMSIM_ALLOWED_HOST_INVALID', host);
  return parsed.name;
}
