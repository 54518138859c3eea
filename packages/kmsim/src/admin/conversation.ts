// One request to an admin port and its answer. Nothing is read of a request before its host, its origin and its token are known.

import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  foreignPage,
  maxBodyBytes,
  parseBody,
  type RequestListener,
  readHeaders,
  readHttpBody,
  reportDefect,
  serverName,
  strangeHost,
  takeTurn,
} from '@kmsim/wire/http';
import { KmsimError } from '../kmsim-error.ts';
import type { EventStreams } from './event-stream.ts';
import { ownOrigin, type PageFile, pageFile, pageHeaders } from './inspector/page.ts';
import * as refusals from './refusals.ts';
import { type AdminRoom, adminRoutes, streamPath } from './routes.ts';
import type { AdminToken } from './token.ts';

export interface AdminConversation {
  readonly room: AdminRoom;
  readonly token: AdminToken;
  readonly onInternalError: ((error: unknown) => void) | undefined;
}

type Reply =
  | { readonly file: PageFile }
  | { readonly value: unknown }
  | { readonly refusal: refusals.AdminRefusal }
  | 'streamed'
  | 'gone';

// No page may keep what was said here, show it in a frame or take it for another type.
const answerHeaders: Readonly<Record<string, string>> = {
  server: serverName,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** `invite` says 100 (Continue), where a client waits for that before it sends a body. */
export function adminConversation(
  admin: AdminConversation,
  streams: EventStreams,
  invite: (response: ServerResponse) => void = () => {},
): RequestListener {
  const converse = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      send(response, await replyTo(request, response, admin, streams, () => invite(response)));
    } catch (error) {
      const refusal = refusals.refusalOf(error);
      if (refusal === undefined) reportDefect(error, admin);
      if (response.headersSent) response.destroy();
      else send(response, { refusal: refusal ?? refusals.defect });
    }
  };
  return (request, response) => takeTurn(request, () => converse(request, response));
}

async function replyTo(
  request: IncomingMessage,
  response: ServerResponse,
  { room, token }: AdminConversation,
  streams: EventStreams,
  invite: () => void,
): Promise<Reply> {
  const { method = '', rawHeaders, url = '' } = request;
  const headers = readHeaders(rawHeaders);
  if (!(headers instanceof Map)) return { refusal: told(headers) };
  const stranger =
    strangeHost(headers.get('host') ?? '', { boundHost: '127.0.0.1', allowedHosts: [] }) ??
    foreignPage(method, headers, ownOrigin(request, headers.get('host')));
  if (stranger !== undefined) return { refusal: told(stranger) };
  const file = method === 'GET' ? await pageFile(url) : undefined;
  if (file !== undefined) return { file };
  if (!token.admits(headers.get('authorization'))) return { refusal: refusals.unauthorized };
  const [path = '', ...rest] = url.split('?');
  const query = new URLSearchParams(rest.join('?'));
  if (path === streamPath) {
    if (method !== 'GET') return { refusal: refusals.wrongMethod(['GET']) };
    requireOpen(room);
    if (streams.isFull) return { refusal: refusals.tooManyStreams };
    await streams.pour(room.sim.trail, response, answerHeaders);
    return 'streamed';
  }
  const route = adminRoutes.get(path);
  if (route === undefined) return { refusal: refusals.unknownRoute };
  if (method === 'GET' && route.GET !== undefined) {
    requireOpen(room);
    return route.GET(room, { query, body: undefined });
  }
  if (method !== 'POST' || route.POST === undefined) return { refusal: refusals.wrongMethod(Object.keys(route)) };
  if (!/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')) return { refusal: refusals.noJson };
  if (Number(headers.get('content-length') ?? 0) > maxBodyBytes) return { refusal: refusals.tooLarge };
  invite();
  const body = await readHttpBody(request);
  if (body === 'gone') return 'gone';
  if (body === 'too large') return { refusal: refusals.tooLarge };
  const parsed = parseBody(body);
  if ('refusal' in parsed) return { refusal: refusals.badRequest(parsed.refusal.message ?? 'The body is no JSON.') };
  requireOpen(room);
  return route.POST(room, { query, body: parsed.value });
}

// Some of what is told here could be told for longer, but not all: who asks hears one thing.
function requireOpen({ sim }: AdminRoom): void {
  if (sim.closed) throw new KmsimError('Closed', 'The simulation is closed.');
}

function told({
  code,
  message = '',
  status,
}: {
  code: string;
  message?: string;
  status: number;
}): refusals.AdminRefusal {
  return { code, message, status };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'gone' || reply === 'streamed') return;
  if ('file' in reply) {
    sendFile(response, reply.file);
    return;
  }
  const { status, headers, text } =
    'refusal' in reply ? refusal(reply.refusal) : { ...ok, text: JSON.stringify(reply.value) };
  // Nothing more is heard from who was refused: a body may still be on its way.
  if (status !== 200) response.shouldKeepAlive = false;
  const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  response.writeHead(status, { ...answerHeaders, ...headers, ...length });
  response.end(text);
}

// The page and what belongs to it hold no secret: they are the same for everybody.
function sendFile(response: ServerResponse, { bytes, type }: PageFile): void {
  const about = { 'content-type': type, 'content-length': bytes.length };
  response.writeHead(200, { ...answerHeaders, ...pageHeaders, ...about });
  response.end(bytes);
}

const ok = { status: 200, headers: {} };

function refusal({ code, headers = {}, message, status }: refusals.AdminRefusal): {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
} {
  return { status, headers, text: JSON.stringify({ __type: code, message }) };
}
