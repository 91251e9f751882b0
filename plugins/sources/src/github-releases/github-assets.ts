import { formatOf } from '@cliparity/acquisition';
import type { Asset, Target } from '@cliparity/plugin-api';
import { satisfies } from 'semver';
import { fill, targetWords } from '../placeholders.js';
import type { AssetAnswer } from './answers.js';
import { downloadUrl, type Places } from './places.js';
import type { AssetLayout, GithubSettings } from './settings.js';
import { tagOf } from './tags.js';

/** What the settings say about a version and a target. */
export interface PlannedAsset {
  readonly target: Target;
  readonly name: string;
  readonly layout: AssetLayout;
  readonly member?: string;
  readonly entry?: string;
}

function fitting(settings: GithubSettings, version: string, target: Target): AssetLayout | undefined {
  return settings.assets.find(
    ({ fits = '*', targets }) =>
      satisfies(version, fits, { includePrerelease: true }) && (targets === undefined || targets.includes(target.id)),
  );
}

/** How the asset of a version and a target is called and packed; undefined when no layout fits. Pure. */
export function planAsset(settings: GithubSettings, version: string, target: Target): PlannedAsset | undefined {
  const layout = fitting(settings, version, target);
  if (layout === undefined) return undefined;
  const binary = settings.binary ?? settings.repository.replace(/^.*\//, '');
  const words = { version, binary, ...targetWords(target) };
  const name = fill(layout.name, words);
  const [member, entry] = [layout.member, layout.entry].map((template) =>
    template === undefined ? undefined : fill(template, words),
  );
  if (name === undefined || (layout.member !== undefined && member === undefined)) return undefined;
  if (layout.entry !== undefined && entry === undefined) return undefined;
  return { target, name, layout, ...(member !== undefined && { member }), ...(entry !== undefined && { entry }) };
}

function sha256Of(digest: string | null | undefined): string | undefined {
  return /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1];
}

/** The asset of a plan, with what the API says about it. Pure. */
export function assetOf(
  plan: PlannedAsset,
  found: AssetAnswer,
  at: { readonly places: Places; readonly settings: GithubSettings; readonly version: string },
): Asset {
  const { target, name, layout, member, entry } = plan;
  const sha256 = sha256Of(found.digest);
  return {
    target: target.id,
    locator: downloadUrl(at.places, tagOf(at.settings, at.version), name),
    name,
    size: found.size,
    digests: sha256 === undefined ? {} : { sha256 },
    kind: layout.kind ?? 'file',
    format: layout.format ?? formatOf(name),
    ...(member !== undefined && { member }),
    ...(entry !== undefined && { entry }),
  };
}
