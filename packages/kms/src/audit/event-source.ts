// What all events of KMS have in common.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html

export const eventVersion = '1.11';
export const eventSource = 'kms.amazonaws.com';
