// Whether an answer is one that the model of the API knows: its status and code, and on success its members.

import { type OperationName, operationShapes, structures } from '@kmsim/kms';
import { type ErrorCode, errorTable } from '../../../packages/kms/src/api/error-table.ts';
import { modelledErrors } from '../../../packages/kms/src/api/shapes.ts';
import type { Shot } from './shots.ts';
import type { HttpAnswer } from './socket.ts';

/** What the door says itself, before anything is asked of KMS: docs/decisions and packages/wire/src/guard. */
const ofTheDoor: ReadonlySet<string> = new Set([
  '400 MalformedRequestException',
  '403 CrossOriginRequestException',
  '404 UnknownOperationException',
  '405 UnknownOperationException',
  '413 RequestEntityTooLarge',
  '415 UnknownOperationException',
  '421 MisdirectedRequestException',
  '431 RequestHeaderFieldsTooLargeException',
]);

/** A status line and nothing else: for bytes that are no HTTP, an expectation that is not met, and what comes too slowly. */
const bare: ReadonlySet<number> = new Set([400, 408, 413, 417, 431]);

const common: ReadonlySet<string> = new Set(
  Object.keys(errorTable).filter((code) => !Object.hasOwn(modelledErrors, code)),
);

/** Undefined when it is; what is wrong with it otherwise. */
export function unmodelled({ body, headers, status }: HttpAnswer, { bytes, operation }: Shot): string | undefined {
  const says = `${status} ${body.slice(0, 300)}`;
  // An answer to HEAD has a head only (RFC 9110, 9.3.2).
  const isHead = Buffer.from(bytes.subarray(0, 5)).toString() === 'HEAD ';
  if (body === '' && (bare.has(status) || isHead)) return undefined;
  if (headers.get('content-type') === 'text/xml') return ofSts(status, body) ? undefined : says;
  if (status === 200) return isOutput(body, operation) ? undefined : `an answer of unknown members: ${says}`;
  const code = codeOf(body);
  if (code === undefined) return `no error of JSON: ${says}`;
  if (code === 'InternalFailure') return says;
  if (ofTheDoor.has(`${status} ${code}`)) return undefined;
  const known =
    common.has(code) ||
    (operation !== undefined && (operationShapes[operation].errors as readonly string[]).includes(code));
  if (!known) return `an error that ${operation ?? 'no operation'} does not have: ${says}`;
  return errorTable[code as ErrorCode].status === status ? undefined : `another status: ${says}`;
}

function codeOf(body: string): string | undefined {
  try {
    const { __type: code } = JSON.parse(body);
    return typeof code === 'string' ? code : undefined;
  } catch {
    return undefined;
  }
}

function isOutput(body: string, operation: OperationName | undefined): boolean {
  if (operation === undefined) return body === '' || parses(body) !== undefined;
  const { output } = operationShapes[operation];
  const members = new Set(output === undefined ? [] : structures[output].map(({ name }) => name));
  const value = body === '' ? {} : parses(body);
  return typeof value === 'object' && value !== null && Object.keys(value).every((name) => members.has(name));
}

function parses(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const stsCodes =
  /<Code>(AccessDenied|ExpiredToken|IncompleteSignature|InvalidAction|InvalidClientTokenId|MalformedInput|MalformedPolicyDocument|MalformedQueryString|MissingAction|MissingAuthenticationToken|SignatureDoesNotMatch|ValidationError|NotImplemented)<\/Code>/;

function ofSts(status: number, body: string): boolean {
  return status === 200
    ? /^<(GetCallerIdentity|AssumeRole)Response /.test(body.replace(/^<\?xml[^>]*>\s*/, ''))
    : stsCodes.test(body);
}
