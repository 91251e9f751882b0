import { sha256 } from '@cliparity/model';
import type { Command, Features } from '@cliparity/model';
import { digestText } from './unit-merge.js';

interface Texted {
  readonly about?: string | undefined;
  readonly about_sha256?: string | undefined;
  readonly choice_about?: Readonly<Record<string, string>> | undefined;
}

function withoutTexts<T extends Texted>(unit: T): T {
  const { about, choice_about, ...rest } = unit;
  return {
    ...rest,
    ...(about !== undefined && { about_sha256: sha256(about) }),
    ...(choice_about !== undefined && {
      choice_about: Object.fromEntries(Object.entries(choice_about).map(([name, text]) => [name, digestText(text)])),
    }),
  } as T;
}

/**
 * A command whose texts are kept as digests only, for upstreams whose help must not be published: `about` becomes `about_sha256`; usage
 * lines, texts about choices and unexplained rows become `sha256:<hex>`. Names, choices, defaults and headings are facts and stay.
 */
export function digestTexts(command: Command): Command {
  const { usage, unexplained, args, flags } = command;
  return {
    ...withoutTexts(command),
    ...(usage !== undefined && { usage: usage.map(digestText) }),
    ...(args !== undefined && { args: args.map(withoutTexts) }),
    ...(flags !== undefined && { flags: flags.map(withoutTexts) }),
    ...(unexplained !== undefined && { unexplained: unexplained.map(digestText) }),
  };
}

/** Features whose probe error, a text of the upstream, is kept as a digest. */
export function digestFeatureTexts(features: Features): Features {
  const { probe_error } = features;
  return probe_error === undefined ? features : { ...features, probe_error: digestText(probe_error) };
}
