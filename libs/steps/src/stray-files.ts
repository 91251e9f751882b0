import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finding, SEMVER_PATTERN, type Finding } from '@cliparity/model';
import type { RootContext } from './root-context.js';

const VERSION = new RegExp(SEMVER_PATTERN);

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? [...readdirSync(folder)].sort() : []);

function stray(root: RootContext, path: string): Finding {
  const { name } = root.ref(path);
  return finding({
    code: 'STRAY_FILE',
    message: `${name} has no place in a root: nothing reads it, and it can pass for what it is not`,
    file: name,
    help: 'Remove it, or give it the name that the layout wants (docs/formats.md).',
  });
}

/** What lies in the folders of derived files but is none of them: misspelt targets, forgotten versions, notes. */
export function strayFiles(root: RootContext): readonly Finding[] {
  const { expected } = root.manifest.targets;
  const folders = [
    { folder: root.layout.snapshots, allowed: [...expected, 'union'].map((name) => `${name}.json`) },
    { folder: root.layout.reports, allowed: [...expected, 'any', 'all'].map((name) => `coverage.${name}.json`) },
  ];
  return folders.flatMap(({ folder, allowed }) =>
    namesIn(folder).flatMap((version) => {
      const path = join(folder, version);
      const hasSnapshots = existsSync(join(root.layout.snapshots, version));
      if (!VERSION.test(version) || !hasSnapshots) return [stray(root, path)];
      const odd = namesIn(path).filter((name) => !allowed.includes(name) && !name.endsWith('.cliparity-tmp'));
      return odd.map((name) => stray(root, join(path, name)));
    }),
  );
}
