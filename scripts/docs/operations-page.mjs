// The page of the operations in the reference: TypeDoc shows a mapped type by its name alone, so it is written from the model of the API.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../run.mjs';

const introduction = `# KmsMethods

What \`sim.as(principal)\` answers: the operations of AWS KMS, each with what it takes and what it resolves to. A refusal rejects with a
[KmsError](/reference/kmsim/classes/KmsError). The members are those of AWS; the link of each operation leads to its page there.
`;

/** The text of the page. */
export function operationsPage() {
  const model = readFileSync(join(root, 'packages', 'kms', 'src', 'api', 'types.ts'), 'utf8');
  const outputs = new Map(rowsOf(model, 'OperationOutputs'));
  const sections = rowsOf(model, 'OperationInputs').map(([name, input]) =>
    section(model, name, input, outputs.get(name)),
  );
  return `${introduction}\n${sections.join('\n')}`;
}

function section(model, name, input, output) {
  const method = name[0].toLowerCase() + name.slice(1);
  const address = `https://docs.aws.amazon.com/kms/latest/APIReference/API_${name}.html`;
  const shapes = [input, output].flatMap((type) => shapeOf(model, type) ?? []);
  const code = [`${method}(input: ${input}): Promise<${output}>`, ...shapes].join('\n\n');
  return `## ${method}\n\n[${name}](${address})\n\n\`\`\`ts\n${code}\n\`\`\`\n`;
}

function rowsOf(model, table) {
  const [, rows = ''] = new RegExp(`export interface ${table} \\{\\n([\\s\\S]*?)\\n\\}`).exec(model) ?? [];
  return [...rows.matchAll(/^ {2}(?:readonly )?(\w+): ([^;]+);/gm)].map(([, name, type]) => [name, type]);
}

function shapeOf(model, type) {
  return new RegExp(`interface ${type} \\{[\\s\\S]*?\\n\\}`).exec(model)?.[0];
}
