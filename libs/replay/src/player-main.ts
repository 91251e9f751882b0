import { endAs, playNext } from './play.js';
import type { ReplayScript } from './replay-script.js';

// Put in front of this file, as text, when a stand-in is written.
const { cliparityReplay } = globalThis as unknown as { readonly cliparityReplay: ReplayScript };
void playNext(cliparityReplay, process.argv.slice(2)).then(endAs);
