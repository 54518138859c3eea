// The files that `kmsim serve` is given: who there is, and what limits them, as createKmsim takes it.

import type { Kmsim } from '../create-kmsim.ts';
import { KmsimError } from '../kmsim-error.ts';
import { type Form, isRecord } from '../option-forms.ts';
import { optional } from '../optional-package.ts';
import { type AccessKey, type IdentityOptions, type KmsimWorld, kmsimOptionForms } from '../options.ts';
import type { OrganizationOptions } from '../organization.ts';
import type { InputFiles } from './input-files.ts';

/** What commander makes of the options that name files. */
export interface ServeFiles {
  readonly identities?: string;
  readonly organization?: string;
  readonly accessKeys?: string;
}

export async function accessKeysIn(files: InputFiles, path: string): Promise<readonly AccessKey[]> {
  return (await written(files, path, kmsimOptionForms.accessKeys)) as readonly AccessKey[];
}

/** Loaded when used: a library for YAML is behind it. */
export async function worldIn(path: string): Promise<KmsimWorld> {
  const { loadWorld } = await optional('yaml', () => import('../world.ts'));
  return loadWorld(path);
}

/** Defines what the files say, or raises an error that names the file. */
export async function fillFrom(sim: Kmsim, files: InputFiles, { identities, organization }: ServeFiles): Promise<void> {
  if (identities !== undefined) {
    const all = (await written(files, identities, kmsimOptionForms.identities)) as readonly IdentityOptions[];
    of(identities, () => {
      for (const one of all) sim.identities.put(one);
    });
  }
  if (organization !== undefined) {
    const one = (await written(files, organization, kmsimOptionForms.organization)) as OrganizationOptions;
    of(organization, () => sim.organization.put(one));
  }
}

/** The value of an option, from a file. */
export async function written(files: InputFiles, path: string, form: Form): Promise<unknown> {
  const value = await files.json(path);
  if (!form.is(value))
    throw new Error(`${path}: ${isRecord(value) ? 'an object' : 'what is written'} is not ${form.text}.`);
  return value;
}

function of(path: string, put: () => void): void {
  try {
    put();
  } catch (error) {
    if (error instanceof KmsimError) throw new Error(`${path}: ${error.problem} [${error.code}]`);
    throw error;
  }
}
