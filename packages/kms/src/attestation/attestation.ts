// Attestation in one simulation: whom it trusts, and the desk where documents are shown.

import type { NotLoaded } from '@kmsim/hsm-core';
import type { World } from '@kmsim/world';
import { decodeBase64, encodeBase64 } from '../api/base64.ts';
import type { AttestationLibrary, AttestationOptions, RecipientDesk } from './library.ts';

export interface OpenDesk {
  readonly library: AttestationLibrary;
  readonly desk: RecipientDesk;
}

export class Attestation {
  /** Roots of trust as DER, beside the simulation's own. */
  readonly roots: readonly Uint8Array[];
  readonly #load: AttestationOptions['load'];
  readonly #world: World;
  #open: OpenDesk | undefined;

  constructor(world: World, options: AttestationOptions | undefined) {
    this.#world = world;
    this.#load = options?.load ?? (() => 'not installed');
    this.roots = options?.roots ?? [];
  }

  /** What the simulation's own authority is made of. */
  secret(): Uint8Array {
    return this.#world.key('attestation authority');
  }

  /** What a trace begins with, so that whoever plays it again trusts the same. */
  origin(): { readonly attestationRoots?: readonly string[] } {
    return this.roots.length === 0 ? {} : { attestationRoots: this.roots.map(encodeBase64) };
  }

  /** Undefined: the library is not installed. */
  open(): OpenDesk | NotLoaded | undefined {
    if (this.#open !== undefined) return this.#open;
    const library = this.#load();
    if (library instanceof Promise) return library;
    if (library === 'not installed') return undefined;
    this.#open = { library, desk: library.openDesk(this.roots, this.secret()) };
    return this.#open;
  }
}

/** The roots of a trace; undefined when they were not written by `origin`. */
export function readRoots(given: unknown): readonly Uint8Array[] | undefined {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return undefined;
  const roots = given.map((text) => (typeof text === 'string' ? decodeBase64(text) : undefined));
  return roots.every((root) => root !== undefined) ? roots : undefined;
}
