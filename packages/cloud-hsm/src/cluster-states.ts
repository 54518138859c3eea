// The states of the CloudHSM API, and what each of them lets a cluster do.
// https://docs.aws.amazon.com/cloudhsm/latest/APIReference/API_Cluster.html
// https://docs.aws.amazon.com/cloudhsm/latest/APIReference/API_Hsm.html

export type ClusterState =
  | 'CREATE_IN_PROGRESS'
  | 'UNINITIALIZED'
  | 'INITIALIZE_IN_PROGRESS'
  | 'INITIALIZED'
  | 'ACTIVE'
  | 'UPDATE_IN_PROGRESS'
  | 'MODIFY_IN_PROGRESS'
  | 'ROLLBACK_IN_PROGRESS'
  | 'DELETE_IN_PROGRESS'
  | 'DELETED'
  | 'DEGRADED';

export type HsmState = 'CREATE_IN_PROGRESS' | 'ACTIVE' | 'DEGRADED' | 'DELETE_IN_PROGRESS' | 'DELETED';

/** How far a cluster has come; the state of the API follows from this and from its HSMs. */
export type Stage = 'created' | 'initialized' | 'activated' | 'deleted';

interface StageRow {
  /** The state while nothing is under way. */
  readonly state: ClusterState;
  readonly takesHsms: boolean;
  readonly takesLogins: boolean;
}

// https://docs.aws.amazon.com/cloudhsm/latest/userguide/getting-started.html: create, add an HSM, initialize, activate by the first
// change of the admin's password.
export const stages: Readonly<Record<Stage, StageRow>> = {
  created: { state: 'UNINITIALIZED', takesHsms: true, takesLogins: false },
  initialized: { state: 'INITIALIZED', takesHsms: true, takesLogins: false },
  activated: { state: 'ACTIVE', takesHsms: true, takesLogins: true },
  deleted: { state: 'DELETED', takesHsms: false, takesLogins: false },
};
