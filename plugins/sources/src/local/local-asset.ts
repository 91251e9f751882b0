import { formatOf } from '@cliparity/acquisition';
import type { Asset, Target } from '@cliparity/plugin-api';
import { fill, targetWords } from '../placeholders.js';
import type { LocalSourceSettings } from './settings.js';

/** Where the assets lie unless the settings say otherwise. */
export const DEFAULT_TEMPLATE = '{version}/{target}/{name}';

/** An asset and its path below the mirror's base. */
export interface PlacedAsset {
  readonly path: string;
  readonly asset: Asset;
}

function optional(template: string | undefined, words: Readonly<Record<string, string>>): string | undefined {
  return template === undefined ? undefined : fill(template, words);
}

/** The asset that the settings describe for a version and target, located by `locate`; undefined when a placeholder has no value. Pure. */
export function localAsset(
  settings: LocalSourceSettings,
  at: { readonly version: string; readonly target: Target },
  locate: (path: string) => string,
): PlacedAsset | undefined {
  const words = { version: at.version, ...targetWords(at.target) };
  const template = settings.template ?? DEFAULT_TEMPLATE;
  const given = template.includes('{name}') ? optional(settings.name, words) : undefined;
  const path = fill(template, { ...words, ...(given !== undefined && { name: given }) });
  if (path === undefined) return undefined;
  const name = given ?? path.replace(/^.*\//, '');
  const [member, entry] = [optional(settings.member, words), optional(settings.entry, words)];
  const asset: Asset = {
    target: at.target.id,
    locator: locate(path),
    name,
    digests: {},
    kind: settings.kind ?? 'file',
    format: settings.format ?? formatOf(name),
    ...(member !== undefined && { member }),
    ...(entry !== undefined && { entry }),
  };
  return { path, asset };
}

/** The targets of a question that a source is there for. Pure. */
export function servedTargets(settings: LocalSourceSettings, targets: readonly Target[]): readonly Target[] {
  return targets.filter((target) => settings.targets === undefined || settings.targets.includes(target.id));
}
