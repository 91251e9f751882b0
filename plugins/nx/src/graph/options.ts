/** Options of the plugin in `nx.json`. */
export interface CliparityNxOptions {
  /** Folder of the roots, relative to the workspace; `cli_manifests` unless said. */
  readonly manifests?: string;
  /** What a root’s project is called; `{root}` stands for the root’s folder name, and alone is the default. */
  readonly projectName?: string;
  /** Further Nx inputs of every task: sources of plugins of your own that the configuration does not name as a path. */
  readonly inputs?: readonly string[];
}

/** Where roots are unless the options say something else. Options of a task leave it out then: a graph has thousands of tasks. */
export const USUAL_MANIFESTS = 'cli_manifests';

const NAMES: readonly string[] = ['manifests', 'projectName', 'inputs'] satisfies (keyof CliparityNxOptions)[];

/** Options that there are none of: a word in `nx.json` that does nothing would leave roots out without a word. */
export function unknownOptions(options: CliparityNxOptions | undefined): readonly string[] {
  return Object.keys(options ?? {}).filter((name) => !NAMES.includes(name));
}

/** The options with their defaults. */
export function withDefaults(options: CliparityNxOptions | undefined): Required<CliparityNxOptions> {
  const { manifests = USUAL_MANIFESTS, projectName = '{root}', inputs = [] } = options ?? {};
  return { manifests: manifests.replace(/^\.\//, '').replace(/\/+$/, ''), projectName, inputs };
}
