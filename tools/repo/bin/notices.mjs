// What a bundle holds of others, with their licences: every package that esbuild read files of.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FOLDER = /^(.*?node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** The folder of the package that a file of a bundle is from; undefined for our own. A nested package is one of its own. */
function packageOf(path) {
  const nested = path.lastIndexOf('node_modules/');
  if (nested < 0) return undefined;
  return `${path.slice(0, nested)}${FOLDER.exec(`${path.slice(nested)}`)?.[1] ?? ''}`;
}

function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.|$)/i.test(entry));
  const text =
    file === undefined ? '(its package has no licence file)' : readFileSync(join(folder, file), 'utf8').trim();
  return { key: `${name}@${version}`, text: `${name} ${version} (${license ?? 'licence not stated'})\n\n${text}\n` };
}

/**
 * @param {{ inputs: Record<string, unknown> }} metafile of esbuild
 * @param {string} to the file to write
 * @param {string} [base] the folder that the build ran in: paths of the metafile are relative to it
 */
export function writeNotices(metafile, to, base = process.cwd()) {
  const folders = new Set(Object.keys(metafile.inputs).flatMap((path) => packageOf(path.replaceAll('\\', '/')) ?? []));
  const notices = [...folders].map((folder) => noticeOf(resolve(base, folder)));
  const texts = [...new Map(notices.map(({ key, text }) => [key, text])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const head = 'This package holds code of the following packages.\n';
  writeFileSync(to, [head, ...texts.map(([, text]) => text)].join(`\n${'-'.repeat(72)}\n\n`));
}
