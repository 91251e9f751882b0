import { CliparityError, UsageError } from '@cliparity/model';
import type { Contribution } from '@cliparity/plugin-api';

/** One contribution and who brought it. */
export interface CatalogEntry {
  readonly contribution: Contribution;
  /** The plugin's name. */
  readonly plugin: string;
  /** Absolute path of the plugin's file, or `built in`. */
  readonly file: string;
}

/** `kind/id`, as configuration writes it. */
export const labelOf = ({ kind, id }: Pick<Contribution, 'kind' | 'id'>): string => `${kind}/${id}`;

/** `plugin "x" (file)`, how every message names a plugin. */
export const pluginText = ({ plugin, file }: Pick<CatalogEntry, 'plugin' | 'file'>): string =>
  `plugin "${plugin}" (${file})`;

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

/** A contribution that cannot be had. One of ours passes through: it says already which contribution failed. */
export function contributionFailed(entry: CatalogEntry, cause: unknown): CliparityError {
  if (cause instanceof CliparityError && cause.code.startsWith('PLUGIN_')) return cause;
  return badContribution(entry, `failed: ${reasonOf(cause)}`, cause);
}

/** A contribution that came but is not what it claims to be. */
export function badContribution(entry: CatalogEntry, what: string, cause?: unknown): UsageError {
  const label = labelOf(entry.contribution);
  return new UsageError('PLUGIN_CONTRIBUTION_FAILED', `${pluginText(entry)}: ${label} ${what}`, {
    where: entry.file,
    remedy: `Mend the plugin, or leave it out with "disable": ["${label}"] in the configuration.`,
    cause,
  });
}
