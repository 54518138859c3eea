// STS in the Query protocol: which action, with which members, in which XML.

import { kmsError } from '@kmsim/kms';
import { describe, expect, test } from 'vitest';
import { answerQuery, refuseQuery, type SecurityTokens } from '../src/sts-query.ts';
import { alice } from './kms-double.ts';

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';

class StsDouble implements SecurityTokens {
  readonly inputs: unknown[] = [];
  respond: () => ReturnType<SecurityTokens['assumeRole']> = () => ({
    ok: false,
    code: 'AccessDenied',
    message: 'no & never',
  });

  getCallerIdentity: SecurityTokens['getCallerIdentity'] = ({ principal }) => ({
    Arn: principal.arn,
    UserId: 'AIDA',
    Account: principal.account,
  });

  assumeRole: SecurityTokens['assumeRole'] = (_caller, input) => {
    this.inputs.push(input);
    return this.respond();
  };
}

const query = (body: string, sts = new StsDouble(), onInternalError = (_error: unknown) => {}) =>
  answerQuery(sts, { body, caller: alice, requestId: 'r-1' }, { onInternalError });
const assume = 'Action=AssumeRole&Version=2011-06-15';
const error = (type: string, code: string, message: string) =>
  `<ErrorResponse ${namespace}><Error><Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`;

test('GetCallerIdentity', () => {
  expect(query('Action=GetCallerIdentity&Version=2011-06-15')).toEqual({
    status: 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r-1' },
    body:
      `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult><Arn>${alice.principal.arn}</Arn><UserId>AIDA</UserId>` +
      '<Account>000000000000</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
  });
});

describe('AssumeRole', () => {
  test('takes its members apart', () => {
    const sts = new StsDouble();
    query(
      `${assume}&RoleArn=arn%3Aaws&RoleSessionName=s&DurationSeconds=900&Policy=%7B%7D&ExternalId=e&SourceIdentity=i` +
        '&Tags.member.1.Key=team&Tags.member.1.Value=a+b&PolicyArns.member.1.arn=x&SerialNumber=1',
      sts,
    );
    expect(sts.inputs).toEqual([
      {
        RoleArn: 'arn:aws',
        RoleSessionName: 's',
        DurationSeconds: 900,
        Policy: '{}',
        ExternalId: 'e',
        SourceIdentity: 'i',
        Tags: [{ Key: 'team', Value: 'a b' }],
        others: ['Action', 'Version', 'PolicyArns', 'SerialNumber'],
      },
    ]);
  });

  test('what is missing is left to the service to name', () => {
    const sts = new StsDouble();
    query(assume, sts);
    expect(sts.inputs).toMatchObject([{ RoleArn: '', RoleSessionName: '', DurationSeconds: undefined, Tags: [] }]);
  });

  test('answers with credentials, their end to the second', () => {
    const sts = new StsDouble();
    const Credentials = {
      AccessKeyId: 'ASIA',
      SecretAccessKey: 'a/b+c',
      SessionToken: 't==',
      Expiration: Date.UTC(2026, 0, 1, 1, 0, 0, 123),
    };
    const AssumedRoleUser = { Arn: 'arn', AssumedRoleId: 'AROA:s' };
    sts.respond = () => ({ ok: true, output: { AssumedRoleUser, Credentials, PackedPolicySize: 6 } });
    expect(query(assume, sts).body).toBe(
      `<AssumeRoleResponse ${namespace}><AssumeRoleResult><AssumedRoleUser><Arn>arn</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>` +
        '<PackedPolicySize>6</PackedPolicySize><Credentials><AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>a/b+c</SecretAccessKey>' +
        '<SessionToken>t==</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></AssumeRoleResult>' +
        '<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></AssumeRoleResponse>',
    );
  });

  test.each([
    ['AccessDenied', 403, 'Sender'],
    ['ValidationError', 400, 'Sender'],
    ['MalformedPolicyDocument', 400, 'Sender'],
    ['NotImplemented', 501, 'Receiver'],
  ] as const)('%s is %i', (code, status, type) => {
    const sts = new StsDouble();
    sts.respond = () => ({ ok: false, code, message: 'no & never' });
    expect(query(assume, sts)).toMatchObject({ status, body: error(type, code, 'no &amp; never') });
  });

  test.each(['x', '', '-1', '1.5', '1e3', '9999999999'])('a duration of %j is no number', (seconds) => {
    const sts = new StsDouble();
    expect(query(`${assume}&DurationSeconds=${seconds}`, sts)).toMatchObject({
      status: 400,
      body: error('Sender', 'MalformedInput', 'DurationSeconds is no whole number.'),
    });
    expect(sts.inputs).toEqual([]);
  });
});

test.each([
  ['', 'MissingAction', 'The request has no Action.'],
  ['Action=AssumeRole', 'InvalidAction', 'Could not find operation AssumeRole for version (none)'],
  ['Action=a%3C&Version=2011-06-15', 'InvalidAction', 'Could not find operation a&lt; for version 2011-06-15'],
  ['Action=A&Action=B', 'MalformedQueryString', 'The request is no list of parameters, or has one twice.'],
])('%j is %s', (body, code, message) => {
  expect(query(body)).toMatchObject({ status: 400, body: error('Sender', code, message) });
});

test('a service that is away is told as such; a defect is told to the hook alone', () => {
  const sts = new StsDouble();
  sts.respond = () => {
    throw kmsError('ServiceUnavailable', 'The simulation is closed.');
  };
  expect(query(assume, sts)).toMatchObject({ status: 503, body: expect.stringContaining('The simulation is closed.') });
  const told: unknown[] = [];
  sts.respond = () => {
    throw new Error('hunter2');
  };
  const answer = query(assume, sts, (defect) => told.push(defect));
  expect(answer.status).toBe(500);
  expect(answer.body).not.toContain('hunter2');
  expect(told).toMatchObject([{ message: 'hunter2' }]);
});

// https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
test.each([
  ['ExpiredTokenException', 'ExpiredToken', 403],
  ['IncompleteSignatureException', 'IncompleteSignature', 400],
  ['InvalidSignatureException', 'SignatureDoesNotMatch', 403],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken', 403],
  ['UnrecognizedClientException', 'InvalidClientTokenId', 403],
  ['constructor', 'constructor', 400],
])('the refusal %s is %s here', (code, name, status) => {
  const answer = refuseQuery({ code, status: 400, message: 'm' }, 'r-1');
  expect(answer).toMatchObject({ status, body: error('Sender', name, 'm') });
});
