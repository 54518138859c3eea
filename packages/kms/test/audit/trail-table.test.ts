// The table: a row for each operation, of members that the API has, none of them a secret; and every event as the documented example shows it.

import { describe, expect, test } from 'vitest';
import { type OperationName, operations, structures } from '../../src/api/shapes.ts';
import type { CloudTrailRecord } from '../../src/audit/record.ts';
import { trailRows } from '../../src/audit/trail-table.ts';
import { ours } from '../engine.ts';
import { examples } from './documented-examples.ts';
import { alice, everyOperation } from './every-operation.ts';

const names = Object.keys(trailRows) as OperationName[];
const stores = names.filter((name) => name.includes('CustomKeyStore'));

describe('the table', () => {
  test('has a row and an example for each of the 56 operations', () => {
    expect(names.sort()).toEqual((Object.keys(operations) as OperationName[]).sort());
    expect(names).toHaveLength(56);
    expect(stores).toHaveLength(6);
    expect(Object.keys(examples).sort()).toEqual(names);
  });

  test('names members of the request, and none that is bytes or sensitive or a token', () => {
    for (const name of names) {
      const shapes = new Map(structures[operations[name].input].map((member) => [member.name, member.shape]));
      for (const member of trailRows[name].members) {
        const shape = shapes.get(member) ?? expect.fail(`${name} has no member ${member}`);
        expect([name, member, shape.kind]).not.toContain('blob');
        expect('sensitive' in shape).toBe(false);
        expect(member).not.toMatch(/token|password|credential/i);
      }
    }
  });

  test('reads what is read only', () => {
    // https://docs.aws.amazon.com/kms/latest/developerguide/understanding-kms-entries.html: all cryptographic operations, and what lists, gets or describes.
    const reading =
      /^(Get|List|Describe|Generate|Encrypt$|Decrypt$|ReEncrypt$|Sign$|Verify|DeriveSharedSecret$|Encapsulate$|Decapsulate$)/;
    for (const name of names) expect([name, trailRows[name].readOnly]).toEqual([name, reading.test(name)]);
  });

  // https://docs.aws.amazon.com/kms/latest/developerguide/ct-connect-keystore.html and its neighbours.
  test('says nothing of the resources of a custom key store, and no password', () => {
    for (const name of stores) expect([name, trailRows[name].resources]).toEqual([name, undefined]);
    expect(trailRows.CreateCustomKeyStore.members).toEqual([
      'CustomKeyStoreName',
      'CloudHsmClusterId',
      'CustomKeyStoreType',
      'XksProxyUriEndpoint',
      'XksProxyUriPath',
      'XksProxyVpcEndpointServiceName',
      'XksProxyConnectivity',
    ]);
  });
});

const run = await everyOperation();
const events = run.engine.kms.trail?.records() ?? [];

/** With placeholders for what differs from run to run. */
function normal({ requestParameters, resources, ...record }: CloudTrailRecord): object {
  const { additionalEventData, readOnly, responseElements } = record;
  const shown = { readOnly, requestParameters, responseElements, additionalEventData, resources };
  const arns = (resources ?? []).map(({ ARN }) => ARN);
  const keys = [...new Set(JSON.stringify(shown).match(/(mrk-)?[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}\b/g))];
  const first = arns.find((arn) => arn.includes(':key/'));
  keys.sort((a, b) => Number(first?.endsWith(b)) - Number(first?.endsWith(a)));
  let text = JSON.stringify(shown).replace(/[0-9a-f]{64}/g, '{hex}');
  for (const [at, id] of keys.entries()) {
    const nth = at === 0 ? '' : ` ${at + 1}`;
    text = text
      .replaceAll(`arn:aws:kms:us-east-1:${ours}:key/${id}`, `{keyArn${nth}}`)
      .replaceAll(`arn:aws:kms:eu-west-1:${ours}:key/${id}`, '{keyArn in eu-west-1}')
      .replaceAll(id, `{keyId${nth}}`);
  }
  text = text
    .replaceAll(`arn:aws:kms:us-east-1:${ours}:alias/orders`, '{aliasArn}')
    .replaceAll(alice.principal.arn, '{caller}')
    .replace(/cks-[0-9a-f]{17}/g, '{store}')
    .replace(/cluster-[a-z0-9]{11}/g, '{cluster}')
    .replace(/[A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d:\d\d [AP]M/g, '{date}')
    .replace(/"replicaPolicy":"(?:[^"\\]|\\.)*"/, '"replicaPolicy":"{policy}"');
  const parsed = JSON.parse(text);
  return { ...parsed, resources: parsed.resources?.map(({ ARN }: { ARN: string }) => ARN) ?? null };
}

describe.each(Object.entries(examples))('%s', (name, { page: _page, ...example }) => {
  const event = events.find(({ eventName, recipientAccountId }) => eventName === name && recipientAccountId === ours);

  test('as documented', () => {
    expect(normal(event ?? expect.fail('no event'))).toEqual({
      responseElements: null,
      resources: ['{keyArn}'],
      ...example,
    });
  });

  test('by whom, whence and with which ids', () => {
    expect(event).toMatchObject({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
        arn: alice.principal.arn,
        accountId: ours,
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        userName: 'Alice',
      },
      eventTime: expect.stringMatching(/^2026-01-0[18]T00:[024]\d:\d\dZ$/),
      eventSource: 'kms.amazonaws.com',
      awsRegion: 'us-east-1',
      sourceIPAddress: '192.0.2.0',
      userAgent: 'aws-cli/2',
      requestID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      eventID: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: ours,
      eventCategory: 'Management',
      tlsDetails: { tlsVersion: 'TLSv1.3', clientProvidedHostHeader: 'kms.us-east-1.amazonaws.com' },
    });
  });
});
