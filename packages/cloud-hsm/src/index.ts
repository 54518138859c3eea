// The public face of the package.

export { CloudHsmBackup } from './backup.ts';
export type { CertificateFault, GivenCertificates } from './certificates/cluster-certificates.ts';
export { CloudHsmCluster } from './cluster.ts';
export type { ClusterRecord } from './cluster-record.ts';
export type { ClusterState, HsmState } from './cluster-states.ts';
export type { HsmLoss, HsmOperation, LoginFault, SessionFault } from './faults.ts';
export type { HsmFault } from './hardware.ts';
export type { HsmInfo } from './hsm.ts';
export type { GcmMessage, HsmSession } from './hsm-session.ts';
export { type LaunchOptions, launchCluster } from './launch.ts';
export type { Durations } from './lifecycle.ts';
export type { HsmType } from './limits.ts';
export type { NetworkInfo, SubnetInfo } from './network.ts';
export type { ClusterOptions } from './new-cluster.ts';
export type { AdminFault, AdminSession, GivenRole } from './users/admin-session.ts';
export type { Approval, QuorumFault, QuorumService, QuorumToken } from './users/quorum.ts';
export type { Role, UserInfo } from './users/users.ts';
