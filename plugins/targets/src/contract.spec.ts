import { describe, expect, it } from '@jest/globals';
import type { Target } from '@cliparity/plugin-api';
import { describeTarget } from '@cliparity/testkit';
import { targetsPlugin } from './index.js';

const modules = await Promise.all(targetsPlugin.contributions.map(({ load }) => load()));
const targets = modules.map((module) => module.default as Target);

targets.forEach((target) => describeTarget(target));

describe('the built-in targets', () => {
  it('are those of their manifests', () => {
    expect(targets.map(({ id, revision }) => [id, revision])).toEqual(
      targetsPlugin.contributions.map(({ id, revision }) => [id, revision]),
    );
  });

  it('have aliases that are npm names of the same system and machine, one target each', () => {
    const aliased = targets.flatMap((target) => (target.aliases ?? []).map((alias) => [alias, target] as const));
    expect(aliased.map(([alias]) => alias).sort()).toEqual(
      targets.map(({ id }) => id).filter((id) => /^(?:linux|darwin|win32)-/.test(id)),
    );
    for (const [alias, { os, arch }] of aliased)
      expect(targets.find(({ id }) => id === alias)).toMatchObject({ os, arch });
  });
});
