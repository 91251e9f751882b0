import type { Plugin } from '@cliparity/plugin-api';
import { dialectsPlugin } from '@cliparity/plugin-dialects';
import { reportersPlugin } from '@cliparity/plugin-reporters';
import { scenariosPlugin } from '@cliparity/plugin-scenarios';
import { sourcesPlugin } from '@cliparity/plugin-sources';
import { targetsPlugin } from '@cliparity/plugin-targets';

/** The plugins that are always there. Their contributions load when asked for. */
export const builtins: readonly Plugin[] = [
  targetsPlugin,
  sourcesPlugin,
  dialectsPlugin,
  reportersPlugin,
  scenariosPlugin,
];
