// VPC endpoints as the engine keeps them.

import { expect, test } from 'vitest';
import { everything, ours, policyText, TestEngine } from '../engine.ts';

const record = { id: 'vpce-1', vpc: 'vpc-1', account: ours };

test('an endpoint has the policy it was given last, compiled once', () => {
  const { endpoints } = new TestEngine().kms;
  expect(endpoints.get('vpce-1')).toBeUndefined();
  expect(endpoints.policyOf('vpce-1')).toBeUndefined();
  expect(endpoints.put({ ...record, policy: policyText({ ...everything, Principal: '*' }) })).toBeUndefined();
  const policy = endpoints.policyOf('vpce-1');
  expect(policy?.name).toBe('vpce-1');
  expect(policy?.policy.allows).toHaveLength(1);
  expect(endpoints.policyOf('vpce-1')).toBe(policy);
  expect(endpoints.put(record)).toBeUndefined();
  expect(endpoints.policyOf('vpce-1')).toBeUndefined();
  expect(endpoints.get('vpce-1')).toEqual(record);
});

test('a policy that is wrong is refused, and the one before stays', () => {
  const engine = new TestEngine();
  engine.kms.endpoints.put(record);
  const before = engine.everything();
  // Whom it is about must be said.
  expect(engine.kms.endpoints.put({ ...record, policy: policyText(everything) })).toBe(
    'VPC endpoint policy vpce-1: Policy contains a statement with no principal.',
  );
  expect(engine.everything()).toBe(before);
});

test('endpoints are in a snapshot', () => {
  const engine = new TestEngine();
  engine.kms.endpoints.put({ ...record, policy: policyText({ ...everything, Principal: '*' }) });
  const again = new TestEngine({ snapshot: JSON.parse(JSON.stringify(engine.snapshot())) });
  expect(again.kms.endpoints.get('vpce-1')).toEqual(engine.kms.endpoints.get('vpce-1'));
});
