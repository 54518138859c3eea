// The first page of the reference: what most people look for, and the entry points.

/** Its text. Links are checked when the site is built. */
export const firstPage = `# Reference

Every name that kmsim exports, from the comments at its types. Guides tell when to use what: [all pages](/all-pages).

| | |
|---|---|
| [createKmsim](/reference/kmsim/functions/createKmsim) | makes a simulation; [KmsimOptions](/reference/kmsim/interfaces/KmsimOptions) has all options |
| [Kmsim](/reference/kmsim/classes/Kmsim) | what a simulation can do: clients, the clock, faults, quotas, the trail, explanations |
| [KmsMethods](/reference/kmsim/type-aliases/KmsMethods) | the 56 operations as methods, with what they take and answer: \`sim.as()\` |
| [serve](/reference/kmsim/functions/serve) | the same behind HTTP; [ServeOptions](/reference/kmsim/interfaces/ServeOptions) |
| [KmsimError](/reference/kmsim/classes/KmsimError) | a mistake in using kmsim, with its [code](/reference/kmsim/type-aliases/KmsimErrorCode) and a hint |
| [KmsError](/reference/kmsim/classes/KmsError) | a refusal of the service |

## Entry points

| | |
|---|---|
| [kmsim](/reference/kmsim/) | the simulation |
| [kmsim/world](/reference/kmsim/world/) | world files |
| [kmsim/vitest](/reference/kmsim/vitest/), [kmsim/jest](/reference/kmsim/jest/), [kmsim/assert](/reference/kmsim/assert/) | test helpers |

Commands of the command line are in [Options and commands](/packages/kmsim/).
`;
