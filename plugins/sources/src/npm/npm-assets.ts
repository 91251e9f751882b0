import type { Asset, Target } from '@cliparity/plugin-api';
import { satisfies } from 'semver';
import { fill, targetWords } from '../placeholders.js';
import { npmProvenance } from './npm-provenance.js';
import type { PackedVersion } from './registry.js';
import type { NpmLayout, NpmSourceSettings } from './settings.js';

/** Where one target's artifact is, before the registry was asked. */
export interface PlannedAsset {
  readonly target: Target;
  readonly package: string;
  /** Exact version of that package. */
  readonly spec: string;
  readonly layout: NpmLayout;
  readonly member: string;
  readonly entry?: string;
}

function fitting(settings: NpmSourceSettings, version: string, target: Target): NpmLayout | undefined {
  return settings.layouts.find(
    (layout) =>
      satisfies(version, layout.fits, { includePrerelease: true }) &&
      (layout.targets === undefined || layout.targets.includes(target.id)),
  );
}

/** What the settings say about a version and a target: which package, which member. Undefined when no layout fits. Pure. */
export function planAsset(settings: NpmSourceSettings, version: string, target: Target): PlannedAsset | undefined {
  const layout = fitting(settings, version, target);
  if (layout === undefined) return undefined;
  const binary = settings.binary ?? settings.package.replace(/^.*\//, '');
  const words = { version, package: settings.package, binary, ...targetWords(target) };
  const name = fill(layout.package ?? '{package}', words);
  const spec = fill(layout.spec, words);
  const member = fill(layout.member, words);
  const entry = layout.entry === undefined ? undefined : fill(layout.entry, words);
  if (name === undefined || spec === undefined || member === undefined) return undefined;
  if (layout.entry !== undefined && entry === undefined) return undefined;
  const path = [settings.top ?? 'package', member].filter((part) => part !== '.').join('/');
  return { target, package: name, spec, layout, member: path, ...(entry !== undefined && { entry }) };
}

/** The asset of a plan, with the integrity the registry states and who vouches for it. Pure. */
export function assetOf(plan: PlannedAsset, packed: PackedVersion): Asset {
  const { integrity } = packed.dist;
  const provenance = npmProvenance(packed);
  const { target, spec, layout, member, entry } = plan;
  return {
    target: target.id,
    locator: `npm:${plan.package}@${spec}`,
    name: `${plan.package.replace(/^.*\//, '')}-${spec}.tgz`,
    digests: integrity === undefined ? {} : { integrity },
    kind: layout.kind ?? 'file',
    format: layout.format ?? 'tar.gz',
    member,
    ...(entry !== undefined && { entry }),
    ...(provenance !== undefined && { provenance }),
  };
}
