import assert from 'node:assert/strict';
import { PageSurfaceSchema, type HelpPage, type PageSurface } from '@cliparity/model';
import type { Dialect } from '@cliparity/plugin-api';
import { assertData, assertSchema, deepFreeze, partChecks } from './assertions.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';
import { registerContract, type Check, type TestApi } from './test-api.js';

/** A help page of the dialect's own style, written for the test. */
export interface NamedPage {
  readonly name: string;
  readonly page: HelpPage;
}

function parseChecked(dialect: Dialect, page: HelpPage, what: string): PageSurface {
  const surface = dialect.parse(deepFreeze({ ...page }));
  assertSchema(PageSurfaceSchema, surface, what);
  assertData(surface, what);
  assert.deepEqual(dialect.parse(page), surface, `${what}: a second reading differs`);
  return surface;
}

function assertSure(dialect: Dialect, page: HelpPage, what: string): number {
  const sure = dialect.detect(deepFreeze({ ...page }));
  assert.ok(sure >= 0 && sure <= 1, `${what}: detect answers ${sure}`);
  assert.equal(dialect.detect(page), sure, `${what}: detect answers differently a second time`);
  return sure;
}

/** Spellings come from the page: a dialect reads, it does not invent. */
function assertFromPage({ flags, commands }: PageSurface, { text }: HelpPage, what: string): void {
  const missing = flags.filter(({ key, negatable }) => !text.includes(negatable === true ? key.slice(2) : key));
  assert.deepEqual(missing, [], `${what}: flags that the page does not print`);
  assert.deepEqual(
    commands.filter(({ name }) => !text.includes(name)),
    [],
    `${what}: commands that it does not print`,
  );
  const keys = flags.map(({ key }) => key);
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
    `${what}: flags with the same key`,
  );
}

/** The page cut after each of (at most 60 of) its lines: what a crash or a cap leaves. */
function* cutPages(page: HelpPage): Generator<HelpPage> {
  const lines = page.text.split('\n');
  const step = Math.max(1, Math.floor(lines.length / 60));
  for (let at = 0; at < lines.length; at += step) yield { ...page, text: lines.slice(0, at).join('\n') };
}

function channelChecks(dialect: Dialect): readonly Check[] {
  return (dialect.channels ?? []).flatMap((channel) => [
    ...partChecks(channel).map(({ name, run }) => ({ name: `channel ${channel.id} ${name}`, run })),
    {
      name: `channel ${channel.id} asks with words and reads anything`,
      run: () => {
        for (const word of channel.argv(['sub', 'command'])) assert.equal(typeof word, 'string');
        for (const text of Object.values(HOSTILE_TEXTS)) assert.ok(Array.isArray(channel.read({ text })));
      },
    },
  ]);
}

/**
 * What every dialect must do.
 * @param pages at least one page of its own style
 */
export function dialectContract(dialect: Dialect, pages: readonly NamedPage[]): readonly Check[] {
  return [
    ...partChecks(dialect),
    { name: 'is tried on a page of its own', run: () => assert.ok(pages.length > 0, 'pass at least one page') },
    ...pages.flatMap(({ name, page }): readonly Check[] => [
      {
        name: `knows ${name} for its own and reads units from it`,
        run: () => {
          assert.ok(assertSure(dialect, page, name) > 0, 'detect answers 0');
          const surface = parseChecked(dialect, page, name);
          assertFromPage(surface, page, name);
          assert.ok(surface.flags.length + surface.commands.length + surface.args.length > 0, 'nothing was read');
        },
      },
      {
        name: `reads ${name} cut short anywhere`,
        run: () => {
          for (const cut of cutPages(page)) parseChecked(dialect, cut, `${name}, cut`);
        },
      },
    ]),
    ...Object.entries(HOSTILE_TEXTS).map(([name, text]) => ({
      name: `survives ${name}`,
      run: () => {
        assertSure(dialect, { text }, name);
        parseChecked(dialect, { text }, name);
      },
    })),
    ...channelChecks(dialect),
  ];
}

/** Registers the contract of a dialect with the test runner. */
export function describeDialect(dialect: Dialect, pages: readonly NamedPage[], api?: TestApi): void {
  registerContract(`dialect ${dialect.id}`, dialectContract(dialect, pages), api);
}
