// VPC endpoints as people define them.

import { describe, expect, test } from 'vitest';
import { createKmsim, type EndpointOptions } from '../src/index.ts';
import { kmsimErrorOf } from './kmsim-error-of.ts';

const id = 'vpce-0a1b2c3d';
const vpc = 'vpc-0a1b2c3d';
const allow = (Action: string, more: object) => ({ Statement: { Effect: 'Allow', Action, Resource: '*', ...more } });

describe('endpoints', () => {
  test('carry calls, and what they are called and whose they are', async () => {
    const sim = createKmsim({ endpoints: [{ id, vpc, account: '111122223333' }] });
    const arn = 'arn:aws:iam::000000000000:user/Ann';
    const StringEquals = { 'aws:SourceVpce': id, 'aws:SourceVpc': vpc, 'aws:VpceAccount': '111122223333' };
    sim.identities.put({ arn, policies: { p: allow('kms:ListKeys', { Condition: { StringEquals } }) } });
    await expect(sim.as(arn, { endpoint: id }).listKeys()).resolves.toHaveProperty('Keys');
    await expect(sim.as(arn).listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    sim.endpoints.put({ id, vpc });
    await expect(sim.as(arn, { endpoint: id }).listKeys()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  test('another policy counts at once', async () => {
    const sim = createKmsim({ endpoints: [{ id, vpc }] });
    const kms = sim.as(undefined, { endpoint: id });
    await expect(kms.listKeys()).resolves.toHaveProperty('Keys');
    sim.endpoints.put({ id, vpc, policy: allow('kms:CreateKey', { Principal: '*' }) });
    await expect(kms.listKeys()).rejects.toThrow('because no VPC endpoint policy allows the kms:ListKeys action');
  });

  test.each<[unknown, string, RegExp]>([
    [{ id }, 'InvalidOption', /An endpoint has an id and a vpc/],
    [{ id: 'x', vpc }, 'InvalidOption', /id is an id that begins with vpce-, not "x"/],
    [{ id, vpc: 'x' }, 'InvalidOption', /vpc is an id that begins with vpc-, not "x"/],
    [{ id, vpc, account: '1' }, 'InvalidOption', /account is an account id/],
    [{ id, vpc, policies: {} }, 'InvalidOption', /An endpoint has no option "policies"/],
    [{ id, vpc, policy: () => 1 }, 'InvalidPolicy', /policy: that function cannot be written as JSON/],
    [{ id, vpc, policy: '{' }, 'InvalidPolicy', /^VPC endpoint policy vpce-0a1b2c3d: Policy/],
    [{ id, vpc, policy: allow('*', {}) }, 'InvalidPolicy', /no principal/],
  ])('%j is refused', (endpoint, code, message) => {
    const sim = createKmsim();
    const error = kmsimErrorOf(() => sim.endpoints.put(endpoint as EndpointOptions));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(kmsimErrorOf(() => createKmsim({ endpoints: [endpoint as EndpointOptions] })).code).toBe(code);
  });

  test('endpoints are a list', () => {
    const options = { endpoints: {} as unknown as readonly EndpointOptions[] };
    expect(kmsimErrorOf(() => createKmsim(options)).message).toMatch(/endpoints is a list of VPC endpoints/);
  });
});
