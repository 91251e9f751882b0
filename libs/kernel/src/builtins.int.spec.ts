import { describe, expect, it } from '@jest/globals';
import type { Reporter } from '@cliparity/plugin-api';
import { bootWith } from './fake-plugins.js';
import { builtins } from './builtins.js';
import { checkPlugin } from './plugins/check-plugin.js';

describe('the built-in plugins', () => {
  it.each(builtins.map((plugin) => [plugin.name, plugin] as const))(
    '%s has a manifest that the schema accepts',
    async (_, plugin) => {
      expect(checkPlugin(plugin, 'built in')).toBe(plugin);
    },
  );

  it('boot together, and every contribution but the sources loads', async () => {
    const kernel = await bootWith(builtins);
    const reporters: Reporter[] = [];
    // One after the other: jest's module loader trips over parallel imports that share modules.
    for (const { kind, id } of kernel.contributions) if (kind === 'reporter') reporters.push(await kernel.reporter(id));
    const loaded = [
      await kernel.targets.all(),
      await kernel.dialects(),
      await kernel.gates(),
      await kernel.scenarios(),
      reporters,
    ];
    const counted = kernel.contributions.filter(({ kind }) => kind !== 'source').length;
    expect(counted).toBeGreaterThan(0);
    expect(loaded.flat()).toHaveLength(counted);
    for (const part of loaded.flat()) expect(part.revision).toBeGreaterThan(0);
    await kernel.dispose();
  });
});
