// The public names of kmsim.

export type { CaseResult, Decision } from '@kmsim/authz';
export type { CloudHsmBackup, CloudHsmCluster } from '@kmsim/cloud-hsm';
export type {
  CloudTrailRecord,
  EventBridgeEvent,
  HappenedFault,
  KmsMethods,
  OperationName,
  QuotaMode,
  QuotaUsage,
  ReplayedTrace,
  TraceDifference,
} from '@kmsim/kms';
export { KmsError } from '@kmsim/kms';
export type { FaultPlan, NetworkPlan, ServiceFault } from '@kmsim/world';
export type { XksMisbehaviour, XksProxy, XksProxyServer } from '@kmsim/xks-proxy';
export { createXksProxy, serve, serveXksProxy } from '#node-parts';
export type { AdminServer } from './admin/admin-server.ts';
export type { AlarmFinding, AlarmRule } from './alarms/alarm-rule.ts';
export { alarms } from './alarms/alarms.ts';
export type { VolumeOptions } from './alarms/unusual-volume.ts';
export type { AlarmOptions } from './alarms/when.ts';
export type { Attachment } from './attachment.ts';
export type { AttestationRoots } from './attestation/roots.ts';
export type { AttestationDocumentOptions, SimAttestation } from './attestation/sim-attestation.ts';
export type { CallerOptions, CallOptions, SessionOptions } from './callers.ts';
export type { CheckedSignatures } from './checked-signatures.ts';
export type { CloudTrailReplayOptions, ReplayKey, ReplayProgress } from './cloudtrail/options.ts';
export { replayCloudTrail } from './cloudtrail/replay-cloudtrail.ts';
export type { CloudTrailReport, Counted, OutcomeDifference } from './cloudtrail/report.ts';
export type { CloudTrailSource } from './cloudtrail/source.ts';
export type { CostLine, MonthCost } from './cost/bill.ts';
export type { TagCost } from './cost/by-tag.ts';
export type { ClusterUse, CostOptions } from './cost/cost-options.ts';
export type { CostReport, Saving } from './cost/cost-report.ts';
export type { PricedItem } from './cost/prices.ts';
export type { CacheName } from './cost/savings.ts';
export type { SdkClientConfig } from './create-kmsim.ts';
export { createKmsim, Kmsim } from './create-kmsim.ts';
export type { EndpointServiceOptions, EndpointServices } from './endpoint-services.ts';
export type { EndpointOptions, Endpoints } from './endpoints.ts';
export type { ExplainOptions } from './explain-question.ts';
export type { Explanation } from './explanation.ts';
export type { Interception, InterceptOptions } from './intercept/intercept-options.ts';
export type { KmsimErrorCode } from './kmsim-error.ts';
export { KmsimError } from './kmsim-error.ts';
export type { MetricData, MetricDimension } from './metrics/metric-data.ts';
export type { Metrics, MetricsOptions } from './metrics/metrics.ts';
export type {
  AccessKey,
  IdentityOptions,
  KmsimOptions,
  KmsimSnapshot,
  KmsimWorld,
  SealedSnapshot,
  SnapshotOptions,
} from './options.ts';
export type { ControlOptions, Organization, OrganizationOptions, UnitOptions } from './organization.ts';
export type { PolicyCase } from './policy-cases.ts';
export { policyCases } from './policy-cases.ts';
export type { PolicyDocument } from './policy-documents.ts';
export type { AccessKeys, Identities } from './principals.ts';
export type { QuotaReport } from './quota-report.ts';
export type { Regions } from './regions.ts';
export type { Evidence, ReviewFinding, Severity } from './review/finding.ts';
export type { Review, ReviewOptions } from './review/review.ts';
export type { KmsimServer, ServeOptions } from './serve.ts';
export type { SimClock } from './sim-clock.ts';
export type { LaunchClusterOptions, NewClusterOptions, SimCloudHsm } from './sim-cloud-hsm.ts';
export type { DrawnFaults, SimFaults } from './sim-faults.ts';
export type { Mark } from './sim-marks.ts';
export type { QuotaOptions, QuotaPlace, SimQuotas } from './sim-quotas.ts';
export type { SimTrace } from './sim-trace.ts';
export { replayTrace } from './sim-trace.ts';
export type { SimTrail, TrailOptions } from './sim-trail.ts';
export type { RestoreKeyPolicyOptions, Support } from './support.ts';
export type { Telemetry, TelemetrySpan } from './telemetry.ts';
export type { TlsDirectory, TlsOption, TlsPair } from './tls/tls-option.ts';
export type { TrailPredicate, TrailQuery } from './trail-query.ts';
export type { TrailStream } from './trail-stream.ts';
export type { Condition, Obstacle, PrincipalAccess, WhoCanAnswer, WhoCanOptions } from './who-can.ts';
export type {
  XksAddress,
  XksEndpoints,
  XksProxyAnswer,
  XksProxyLike,
  XksProxyRequest,
  XksTarget,
} from './xks/xks-endpoints.ts';
export type { CreateXksProxyOptions } from './xks/xks-proxy.ts';
