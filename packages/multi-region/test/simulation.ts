// A world of Regions and a network for tests: what is on its way, what is sent again, and what happens in which order is the caller's choice.

import { converged } from '../src/converged.ts';
import { confirms, type Message, type Outgoing, slotOf, slotOfAnswer } from '../src/message.ts';
import { awaitingRole, changed, handOver, type Step, withReplica } from '../src/primary.ts';
import { farewell, receive, restated } from '../src/receive.ts';
import { actsAsPrimary, everyoneHolds, isComing, lonePrimary, type RelatedKey } from '../src/related-key.ts';

export const regions = ['a', 'b', 'c', 'd'] as const;

interface Parcel {
  readonly from: string;
  readonly to: string;
  readonly message: Message;
}

export class Simulation {
  readonly keys = new Map<string, RelatedKey>();
  /** Copies under way, in any order. */
  readonly parcels: Parcel[] = [];
  /** What is sent again: the latest of each way. */
  readonly letters = new Map<string, Parcel>();
  readonly #imported: boolean;
  #next = 1;

  constructor(imported: boolean) {
    this.#imported = imported;
    this.keys.set('a', {
      region: 'a',
      imported,
      members: lonePrimary('a'),
      shared: {
        materials: [{ id: 'm0', rotation: undefined }],
        current: 'm0',
        coming: undefined,
        rotation: undefined,
        rotating: undefined,
        onDemandRotations: 0,
      },
      here: ['m0'],
    });
  }

  get primary(): RelatedKey | undefined {
    return [...this.keys.values()].find(({ members, region }) => actsAsPrimary(members, region));
  }

  #take({ key, send }: Step): void {
    this.keys.set(key.region, key);
    this.#send(key.region, send);
  }

  #send(from: string, messages: readonly Outgoing[]): void {
    for (const { certain, message, to } of messages) {
      if (certain) this.letters.set(`${from}>${to} ${slotOf(message)}`, { from, to, message });
      this.parcels.push({ from, to, message });
    }
  }

  replicate(region: string): void {
    const { primary } = this;
    if (primary === undefined || this.keys.has(region) || primary.members.replicas.includes(region)) return;
    const step = withReplica(primary, region);
    this.#take(step);
    this.keys.set(region, step.replica);
  }

  /** As UpdatePrimaryRegion: both must be settled. */
  promote(region: string): void {
    const { primary } = this;
    const replica = this.keys.get(region);
    if (primary === undefined || replica === undefined || replica === primary) return;
    if ([primary, replica].some(({ members }) => members.handover !== undefined) || isComing(replica.members, region))
      return;
    this.#take(handOver(primary, region));
    this.keys.set(region, awaitingRole(replica));
  }

  /** New material comes: it is made at the primary, or imported there. */
  bring(): void {
    const { primary } = this;
    if (primary === undefined || primary.shared.coming !== undefined) return;
    const id = `m${this.#next++}`;
    this.#take(changed({ ...primary, shared: { ...primary.shared, coming: id }, here: [...primary.here, id] }));
  }

  /** The primary uses what has come, if everyone has it. */
  rotate(at: number): void {
    const { primary } = this;
    if (primary === undefined || !everyoneHolds(primary)) return;
    const { coming = '', materials } = primary.shared;
    const rotation = { type: 'ON_DEMAND', at } as const;
    const shared = { ...primary.shared, materials: [...materials, { id: coming, rotation }], current: coming };
    this.#take(changed({ ...primary, shared: { ...shared, coming: undefined } }));
  }

  /** A replica imports what the primary waits for. */
  import(region: string): void {
    const key = this.keys.get(region);
    const coming = key?.shared.coming;
    if (key === undefined || coming === undefined || !this.#imported || key.here.includes(coming)) return;
    if (isComing(key.members, region)) return;
    const step = actsAsPrimary(key.members, region) ? changed : restated;
    this.#take(step({ ...key, here: [...key.here, coming] }));
  }

  /** A replica loses the imported material that its primary waits for. */
  lose(region: string): void {
    const key = this.keys.get(region);
    const coming = key?.shared.coming;
    if (key === undefined || coming === undefined || !this.#imported || !key.here.includes(coming)) return;
    if (actsAsPrimary(key.members, region)) return;
    this.#take(restated({ ...key, here: key.here.filter((id) => id !== coming) }));
  }

  /** Whether the primary knows who has the material that is to come. */
  get knowsWhoHolds(): boolean {
    const keys = [...this.keys.values()];
    const coming = this.primary?.shared.coming;
    const everyone = this.#imported && coming !== undefined && keys.every(({ here }) => here.includes(coming));
    return keys.every(({ members }) => members.everywhere === (everyone ? coming : undefined));
  }

  remove(region: string): void {
    const key = this.keys.get(region);
    if (key === undefined || key.members.handover !== undefined || actsAsPrimary(key.members, region)) return;
    this.keys.delete(region);
    this.#send(region, farewell(key));
  }

  /** `fate`: whether the copy arrives, is lost, or arrives and stays under way. */
  arrive(nth: number, fate: 'arrives' | 'is lost' | 'arrives twice'): void {
    const [parcel] = this.parcels.splice(nth % Math.max(this.parcels.length, 1), 1);
    if (parcel === undefined || fate === 'is lost') return;
    if (fate === 'arrives twice') this.parcels.push(parcel);
    const { from, message, to } = parcel;
    const place = `${to}>${from} ${slotOfAnswer(message)}`;
    const letter = this.letters.get(place);
    if (letter !== undefined && confirms(message, letter.message, from)) this.letters.delete(place);
    const { key, send } = receive(this.keys.get(to), parcel);
    if (key !== undefined) this.keys.set(to, key);
    this.#send(to, send);
  }

  resend(): void {
    this.parcels.push(...this.letters.values());
  }

  /** The network works again: everything that is on its way or sent again arrives. */
  heal(): void {
    for (let round = 0; round < 20 && (this.letters.size > 0 || this.parcels.length > 0); round++) {
      this.resend();
      while (this.parcels.length > 0) this.arrive(0, 'arrives');
    }
  }

  /** What must hold after every step, however bad the network: the names of what does not. */
  broken(): readonly string[] {
    const keys = [...this.keys.values()];
    const acting = keys.filter(({ members, region }) => actsAsPrimary(members, region));
    const newest = Math.max(...keys.map(({ members }) => members.version));
    const longest = keys.map(({ shared }) => ids(shared)).sort((one, other) => other.length - one.length)[0] ?? '';
    const arrived = keys.filter(({ members, region }) => !isComing(members, region));
    const current = arrived.map(({ shared }) => shared.current ?? 'none');
    const rules: readonly (readonly [rule: string, holds: boolean])[] = [
      ['one primary at most', acting.length <= 1],
      [
        'none only while the role is on its way',
        acting.length > 0 || keys.some(({ members }) => members.handover !== undefined),
      ],
      ['the primary has the newest version', acting.every(({ members }) => members.version === newest)],
      ['lists begin alike', keys.every(({ shared }) => longest.startsWith(ids(shared)))],
      // Imported material may go missing in one Region, which then uses none.
      [
        'used only when all have it',
        this.#imported || arrived.every(({ here }) => current.every((id) => here.includes(id))),
      ],
    ];
    return rules.flatMap(([rule, holds]) => (holds ? [] : [rule]));
  }

  get isConverged(): boolean {
    return converged([...this.keys.values()]);
  }
}

function ids({ materials }: RelatedKey['shared']): string {
  return materials.map(({ id }) => `${id} `).join('');
}
