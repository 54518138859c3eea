// A CloudTrail event as it stands in a log file.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

/** A member of requestParameters, responseElements and their like. */
export type TrailValue =
  | string
  | number
  | boolean
  | null
  | readonly TrailValue[]
  | { readonly [name: string]: TrailValue };

export interface TrailObject {
  readonly [name: string]: TrailValue;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface TrailIdentity {
  /** Absent in events of the service itself. */
  readonly type?: 'Root' | 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'AWSAccount' | 'AWSService';
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly sessionContext?: TrailObject;
  readonly invokedBy?: string;
}

export interface TrailResource {
  readonly accountId?: string;
  readonly type: string;
  readonly ARN: string;
}

export interface CloudTrailRecord {
  readonly eventVersion: string;
  readonly userIdentity: TrailIdentity;
  /** ISO 8601 in UTC, to the second. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress?: string;
  readonly userAgent?: string;
  /** Of a call that failed. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: TrailObject | null;
  readonly responseElements: TrailObject | null;
  readonly additionalEventData?: TrailObject;
  /** That of the answer; absent in events of the service itself. */
  readonly requestID?: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly TrailResource[];
  readonly eventType: 'AwsApiCall' | 'AwsServiceEvent';
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  /** The same on both records of a call from account to account. */
  readonly sharedEventID?: string;
  readonly serviceEventDetails?: TrailObject;
  readonly eventCategory: 'Management';
  readonly vpcEndpointId?: string;
  readonly tlsDetails?: TrailObject;
}
