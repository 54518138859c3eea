// STS in the AWS Query protocol: a form in, XML out.
// https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html

import { type AssumeRoleInput, type Caller, KmsError, type Sts, type StsFault } from '@kmsim/kms';
import { type Answer, type AnswerHooks, reportDefect } from './aws-json.ts';
import { type Parameters, pairsOf, parseParameters } from './query-parameters.ts';
import type { Refusal } from './refusal.ts';
import { type Elements, xml } from './xml.ts';

/** What the door needs of an STS. */
export type SecurityTokens = Pick<Sts, 'getCallerIdentity' | 'assumeRole'>;

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const version = '2011-06-15';

export interface QueryRequest {
  readonly body: Uint8Array | string;
  readonly caller: Caller;
  readonly requestId: string;
}

/** Raises nothing. */
export function answerQuery(sts: SecurityTokens, request: QueryRequest, hooks: AnswerHooks = {}): Answer {
  const { body, requestId } = request;
  try {
    const parameters = parseParameters(body);
    if (parameters === undefined) return refuseQuery(malformed, requestId);
    return answerAction(sts, parameters, request);
  } catch (error) {
    if (error instanceof KmsError)
      return refuseQuery({ code: error.code, status: error.status, message: error.message }, requestId);
    reportDefect(error, hooks);
    return refuseQuery(defect, requestId);
  }
}

const malformed: Refusal = {
  code: 'MalformedQueryString',
  status: 400,
  message: 'The request is no list of parameters, or has one twice.',
};

const noNumber: Refusal = { code: 'MalformedInput', status: 400, message: 'DurationSeconds is no whole number.' };

const defect: Refusal = { code: 'InternalFailure', status: 500, message: 'The simulator failed while it answered.' };

function answerAction(sts: SecurityTokens, parameters: Parameters, { caller, requestId }: QueryRequest): Answer {
  const action = parameters.get('Action');
  if (action === undefined)
    return refuseQuery({ code: 'MissingAction', status: 400, message: 'The request has no Action.' }, requestId);
  if (action === 'GetCallerIdentity' && parameters.get('Version') === version)
    return succeed(action, { ...sts.getCallerIdentity(caller) }, requestId);
  if (action === 'AssumeRole' && parameters.get('Version') === version) {
    if (/\D|^$|.{10}/s.test(parameters.get('DurationSeconds') ?? '0')) return refuseQuery(noNumber, requestId);
    const assumed = sts.assumeRole(caller, assumeRoleInput(parameters));
    if (!assumed.ok) return refuseQuery({ ...assumed, status: statuses[assumed.code] }, requestId);
    const { Credentials, ...output } = assumed.output;
    // To the second, as recorded answers have it.
    const Expiration = new Date(Credentials.Expiration).toISOString().replace(/\.\d+Z$/, 'Z');
    return succeed(action, { ...output, Credentials: { ...Credentials, Expiration } }, requestId);
  }
  const asked = `${action} for version ${parameters.get('Version') ?? '(none)'}`;
  return refuseQuery({ code: 'InvalidAction', status: 400, message: `Could not find operation ${asked}` }, requestId);
}

// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
const statuses: Readonly<Record<StsFault['code'], number>> = {
  AccessDenied: 403,
  MalformedPolicyDocument: 400,
  NotImplemented: 501,
  ValidationError: 400,
};

const own = ['RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy', 'ExternalId', 'SourceIdentity', 'Tags'];

function assumeRoleInput(parameters: Parameters): AssumeRoleInput {
  const seconds = parameters.get('DurationSeconds');
  const members = new Set([...parameters.keys()].map((name) => name.replace(/\..*/s, '')));
  const Tags = pairsOf(parameters, 'Tags');
  return {
    RoleArn: parameters.get('RoleArn') ?? '',
    RoleSessionName: parameters.get('RoleSessionName') ?? '',
    DurationSeconds: seconds === undefined ? undefined : Number(seconds),
    Policy: parameters.get('Policy'),
    ExternalId: parameters.get('ExternalId'),
    SourceIdentity: parameters.get('SourceIdentity'),
    Tags,
    others: [...members].filter((name) => !own.includes(name)),
  };
}

function succeed(action: string, output: Elements, requestId: string): Answer {
  const content = { [`${action}Result`]: output, ResponseMetadata: { RequestId: requestId } };
  return answerOf(200, xml(`${action}Response`, namespace, content), requestId);
}

// A Query service calls some refusals of a signature by other names, and answers them with 403.
// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
const queryNames: Readonly<Record<string, readonly [code: string, status: number]>> = {
  ExpiredTokenException: ['ExpiredToken', 403],
  IncompleteSignatureException: ['IncompleteSignature', 400],
  InvalidSignatureException: ['SignatureDoesNotMatch', 403],
  MissingAuthenticationTokenException: ['MissingAuthenticationToken', 403],
  UnrecognizedClientException: ['InvalidClientTokenId', 403],
};

/** The answer of a door that refuses, as a Query service words it. */
export function refuseQuery({ code, message, status }: Refusal, requestId: string): Answer {
  const [name, queryStatus] = (Object.hasOwn(queryNames, code) ? queryNames[code] : undefined) ?? [code, status];
  const error = { Type: queryStatus < 500 ? 'Sender' : 'Receiver', Code: name, Message: message };
  return answerOf(queryStatus, xml('ErrorResponse', namespace, { Error: error, RequestId: requestId }), requestId);
}

function answerOf(status: number, body: string, requestId: string): Answer {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
