// Engines with custom key stores: a CloudHSM cluster, a proxy, stores that are connected, keys in them.

import { type CloudHsmCluster, launchCluster } from '@kmsim/cloud-hsm';
import type { CreateCustomKeyStoreRequest, KeyMetadata } from '../../src/api/types.ts';
import { home, ours, TestEngine, type TestEngineOptions } from '../engine.ts';
import { TestProxy } from './test-proxy.ts';

export const minuteMs = 60_000;
export const password = 'kmsUser-password-1';
export const credential = { AccessKeyId: 'A'.repeat(20), RawSecretAccessKey: 's'.repeat(43) };

export class Rig {
  readonly engine: TestEngine;
  readonly proxy: TestProxy;
  #clusters = 0;

  constructor({
    proxy = new TestProxy('one', 'two'),
    ...options
  }: TestEngineOptions & { readonly proxy?: TestProxy } = {}) {
    this.proxy = proxy;
    this.engine = new TestEngine({ ...options, xks: proxy.transport });
  }

  cluster(options: { readonly account?: string; readonly region?: string } = {}): CloudHsmCluster {
    this.#clusters += 1;
    const { account = ours, region = home } = options;
    const cluster = launchCluster({
      account,
      region,
      availabilityZones: [`${region}a`, `${region}b`],
      random: new Uint8Array(32).fill(this.#clusters),
      now: this.engine.now,
      adminPassword: 'adminPassword',
      cryptoUsers: { kmsuser: password },
    });
    this.engine.kms.clusters.put(cluster);
    return cluster;
  }

  cloudHsmInput(cluster: CloudHsmCluster, name = 'hsm'): CreateCustomKeyStoreRequest {
    return {
      CustomKeyStoreName: name,
      CloudHsmClusterId: cluster.id,
      TrustAnchorCertificate: cluster.trustAnchor,
      KeyStorePassword: password,
    };
  }

  externalInput(name = 'xks', change: Partial<CreateCustomKeyStoreRequest> = {}): CreateCustomKeyStoreRequest {
    return {
      CustomKeyStoreName: name,
      CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
      XksProxyConnectivity: 'PUBLIC_ENDPOINT',
      XksProxyUriEndpoint: this.proxy.endpoint,
      XksProxyUriPath: this.proxy.path,
      XksProxyAuthenticationCredential: credential,
      ...change,
    };
  }

  create(input: CreateCustomKeyStoreRequest): string {
    return this.engine.call('CreateCustomKeyStore', input).CustomKeyStoreId ?? '';
  }

  connect(CustomKeyStoreId: string): void {
    this.engine.call('ConnectCustomKeyStore', { CustomKeyStoreId });
    this.pass();
  }

  disconnect(CustomKeyStoreId: string): void {
    this.engine.call('DisconnectCustomKeyStore', { CustomKeyStoreId });
    this.pass();
  }

  /** Time passes in which every connection comes to its end. */
  pass(): void {
    this.engine.wait(20 * minuteMs);
    this.engine.kms.advance();
  }

  /** A connected store. */
  cloudHsmStore(cluster: CloudHsmCluster = this.cluster(), name = 'hsm'): string {
    const id = this.create(this.cloudHsmInput(cluster, name));
    this.connect(id);
    return id;
  }

  externalStore(name = 'xks'): string {
    const id = this.create(this.externalInput(name));
    this.connect(id);
    return id;
  }

  cloudHsmKey(CustomKeyStoreId: string): KeyMetadata & { readonly Arn: string } {
    return this.engine.createKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId });
  }

  externalKey(CustomKeyStoreId: string, XksKeyId = 'one'): KeyMetadata & { readonly Arn: string } {
    return this.engine.createKey({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId, XksKeyId });
  }

  state(CustomKeyStoreId: string): { state: string | undefined; code: string | undefined } {
    const [store] = this.engine.call('DescribeCustomKeyStores', { CustomKeyStoreId }).CustomKeyStores ?? [];
    return { state: store?.ConnectionState, code: store?.ConnectionErrorCode };
  }
}
