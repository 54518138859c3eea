// What a message does to the key it reaches. Old, repeated and reordered ones change nothing.

import type { Gone, Message, Outgoing, Received, Report, Sync } from './message.ts';
import { changed, everywhere, type Step, withoutReplica } from './primary.ts';
import { actsAsPrimary, held, type RelatedKey } from './related-key.ts';

/** The key in `region`, or undefined when there is none, after a message from another Region. */
export function receive(
  key: RelatedKey | undefined,
  { from, message, to: region }: { readonly from: string; readonly to: string; readonly message: Message },
): { readonly key: RelatedKey | undefined; readonly send: readonly Outgoing[] } {
  switch (message.kind) {
    case 'sync':
      return key === undefined ? absent(region, from, message) : synchronize(key, from, message);
    case 'report':
      return reported(key, from, message);
    case 'gone': {
      const send = [receiptFor(from, message)];
      if (key === undefined || !isMember(key, from, message)) return { key, send };
      const step = withoutReplica(key, from);
      return { key: step.key, send: [...step.send, ...send] };
    }
    case 'received':
      return { key, send: [] };
  }
}

// Who made the primary tell this Region something must learn that nobody is here.
function absent(region: string, to: string, { set, version }: Sync): { key: undefined; send: readonly Outgoing[] } {
  const message: Gone = { kind: 'gone', version, joined: set.joined[region] ?? 0, number: 0 };
  return { key: undefined, send: [{ to, message, certain: false }] };
}

function synchronize(key: RelatedKey, from: string, { set, shared, version }: Sync): Step {
  const { members, region } = key;
  if (version <= members.version) return { key, send: [{ to: from, message: report(key, false), certain: false }] };
  // Who awaits the role awaits it until a message brings it; who gave it away learns from a newer version that it has arrived.
  const awaits = members.handover?.direction === 'to here' && !actsAsPrimary(set, region);
  const handover = awaits ? members.handover : undefined;
  const next: RelatedKey = {
    ...key,
    members: { ...members, ...set, version, known: {}, reports: members.reports + 1, handover },
    shared,
    here: arrived(key, shared),
  };
  const answer: Outgoing = { to: from, message: report(next, false), certain: false };
  if (!actsAsPrimary(next.members, region)) return { key: next, send: [answer] };
  // It is primary now, and says so to all.
  const step = changed({ ...next, shared: { ...shared, ...setMeanwhile(members) } });
  return { key: step.key, send: [answer, ...step.send] };
}

function setMeanwhile({ handover }: RelatedKey['members']): Partial<RelatedKey['shared']> {
  if (handover?.direction !== 'to here' || handover.rotation === undefined) return {};
  return { rotation: handover.rotation.setting };
}

// Material travels with the message, or is what was imported here of all that the primary knows.
function arrived({ here, imported }: RelatedKey, { coming, materials }: RelatedKey['shared']): readonly string[] {
  const ids = materials.map(({ id }) => id);
  if (coming !== undefined && !ids.includes(coming)) ids.push(coming);
  return imported ? ids.filter((id) => here.includes(id)) : ids;
}

function reported(
  key: RelatedKey | undefined,
  from: string,
  message: Report,
): Pick<Step, 'send'> & { key: typeof key } {
  const send = message.receipt ? [receiptFor(from, message)] : [];
  if (key === undefined) return { key, send };
  const { members } = key;
  const { handover } = members;
  if (handover?.direction === 'from here' && handover.to === from && message.version >= handover.version)
    return { key: { ...key, members: { ...members, handover: undefined } }, send };
  if (!isMember(key, from, message) || message.number <= (members.known[from]?.number ?? 0)) return { key, send };
  const { holds, number, version } = message;
  const next = { ...key, members: { ...members, known: { ...members.known, [from]: { version, number, holds } } } };
  if (everywhere(next) === members.everywhere) return { key: next, send };
  const step = changed(next);
  return { key: step.key, send: [...step.send, ...send] };
}

// To the primary only, and of the replica it knows, not of one that stood there before.
function isMember({ members, region }: RelatedKey, from: string, { joined }: Gone | Report): boolean {
  return actsAsPrimary(members, region) && members.replicas.includes(from) && members.joined[from] === joined;
}

function receiptFor(to: string, { joined, number, version }: Gone | Report): Outgoing {
  const message: Received = { kind: 'received', version, joined, number };
  return { to, message, certain: false };
}

function report(key: RelatedKey, receipt: boolean): Report {
  const { members, region } = key;
  const { joined, reports, version } = members;
  return { kind: 'report', version, joined: joined[region] ?? 0, number: reports, holds: held(key), receipt };
}

/** A replica whose own material has changed: the primary is told. */
export function restated(key: RelatedKey): Step {
  const next = { ...key, members: { ...key.members, reports: key.members.reports + 1 } };
  return { key: next, send: [{ to: key.members.primary, message: report(next, true), certain: true }] };
}

/** What a replica leaves behind when it is deleted. */
export function farewell({ members, region }: RelatedKey): readonly Outgoing[] {
  if (actsAsPrimary(members, region)) return [];
  const { joined, primary, reports, version } = members;
  const message: Gone = { kind: 'gone', version, joined: joined[region] ?? 0, number: reports + 1 };
  return [{ to: primary, message, certain: true }];
}
