// How long the service takes for what it does behind the calls. None is promised; the sources say "a few seconds".

export const durations = {
  // Recorded polls saw an on-demand rotation done within seconds (docs/decisions/rotation.md).
  onDemandRotationMs: 1_000,
  // From one Region to another. A replica is Creating for one of them (recording replicate-key saw it Enabled at a poll after 5 s); a new
  // primary is Updating for one and the old one for two.
  // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html: "for a few seconds"
  deliveryMs: 1_000,
  // A message between Regions that nobody confirms is sent again: after this, then after twice as long each time.
  firstRetryMs: 5_000,
  longestRetryMs: 300_000,
  // Until everybody goes by a change, where changes spread in their own time. https://docs.aws.amazon.com/kms/latest/developerguide/abac.html:
  // tags and aliases "up to five minutes"; https://docs.aws.amazon.com/kms/latest/developerguide/programming-eventual-consistency.html: "a few
  // seconds" mostly, "less than five minutes" for a grant.
  quickestSpreadMs: 1_000,
  slowestSpreadMs: 300_000,
  // https://docs.aws.amazon.com/kms/latest/developerguide/connect-keystore.html: "up to 20 minutes";
  // https://docs.aws.amazon.com/kms/latest/developerguide/xks-connect-disconnect.html: "approximately five minutes". With a clock that somebody
  // moves; where it runs by itself nobody waits so long (docs/decisions/key-stores.md).
  connectCloudHsmMs: 1_200_000,
  connectExternalMs: 300_000,
  connectRunningMs: 1_000,
  disconnectMs: 1_000,
} as const;
