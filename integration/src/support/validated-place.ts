import { join } from 'node:path';
import { mustRun } from './command.js';
import { HOST_TARGET, makeUpstream, PAGES, publish } from './fake-upstream.js';
import { makePlace, put, type Place } from './place.js';

const VERSIONS = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'] as const;

/** Each version has one more flag at `run`, so that every one has something new. */
function pagesOf(version: string) {
  const flags = VERSIONS.slice(1, VERSIONS.indexOf(version as (typeof VERSIONS)[number]) + 1);
  const rows = flags.map((_, i) => `      --new-${String(i + 1)}  Came later\n`).join('');
  return { ...PAGES, run: PAGES.run.replace('  -h, --help     Print help\n', `${rows}  -h, --help     Print help\n`) };
}

/**
 * A place where 1.0.0, 1.1.0 and 1.2.0 are validated by a test that passes, the last of them is promoted, and 1.3.0 is reported. The wrapper
 * handles what 1.1.0 added, and nothing that came after it.
 */
export async function makeValidatedPlace(): Promise<Place> {
  const place = makePlace({ promotion: { mode: 'tests_first_v1' } });
  put(join(place.root, 'wrapper_coverage.json'), {
    schema_version: 2,
    wrapper: 'fake-wrapper',
    coverage: [
      { path: [], level: 'explicit', flags: [{ key: '--verbose', level: 'explicit' }] },
      { path: ['run'], level: 'explicit', flags: [{ key: '--new-1', level: 'explicit' }] },
    ],
  });
  for (const version of VERSIONS) {
    const program = await makeUpstream(join(place.base, `program-${version}`), {
      version: `fake ${version}\n`,
      pages: pagesOf(version),
    });
    publish(place.upstream, program.path, version);
    await mustRun(place, ['lock', 'fake', version]);
    await mustRun(place, ['report', 'fake', version, '--chain']);
    if (version === '1.3.0') continue;
    await mustRun(place, ['verify', 'fake', version, '--target', HOST_TARGET, '--', 'true']);
  }
  await mustRun(place, ['promote', 'fake', '1.2.0']);
  return place;
}
