import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFakeCli, type FakeCli, type FakeCliSpec } from '@cliparity/testkit';

/** The tool id, on purpose another word than the root's name. */
export const TOOL = 'fake-cli';

const HERE: Readonly<Record<string, string>> = {
  'linux-x64': 'x86_64-unknown-linux-musl',
  'linux-arm64': 'aarch64-unknown-linux-musl',
  'darwin-x64': 'x86_64-apple-darwin',
  'darwin-arm64': 'aarch64-apple-darwin',
};

/** The target whose binaries this machine runs. */
export const HOST_TARGET = HERE[`${process.platform}-${process.arch}`] ?? 'x86_64-unknown-linux-musl';
/** A target that no POSIX machine runs natively. */
export const OTHER_TARGET = 'x86_64-pc-windows-msvc';

const ROOT_PAGE = `Does made-up things

Usage: fake [OPTIONS] <COMMAND>

Commands:
  run   Run one task
  list  List the tasks
  help  Print this message or the help of the given subcommand(s)

Options:
  -v, --verbose      Say more
      --depth <N>    How deep to look [default: 3]
  -h, --help         Print help
  -V, --version      Print version
`;
const RUN_PAGE = `Run one task

Usage: fake run [OPTIONS] <TASK>

Arguments:
  <TASK>  The task to run

Options:
      --dry-run  Only say what would be done
  -h, --help     Print help
`;
const LIST_PAGE = `List the tasks

Usage: fake list [OPTIONS]

Options:
      --all   Finished ones too
  -h, --help  Print help
`;

/** What a well-behaved fake upstream prints. */
export const PAGES = { '': ROOT_PAGE, run: RUN_PAGE, list: LIST_PAGE } as const;

/** A fake upstream; well-behaved where the spec is silent. */
export async function makeUpstream(folder: string, spec: Partial<FakeCliSpec> = {}): Promise<FakeCli> {
  mkdirSync(folder, { recursive: true });
  return makeFakeCli(folder, { name: 'fake', version: 'fake 1.0.0\n', ...spec, pages: { ...PAGES, ...spec.pages } });
}

/** Where the local source finds the asset of a version. */
export const assetPath = (upstream: string, version: string, target: string): string =>
  join(upstream, version, target, 'fake');

/** Publishes one program for both targets. Tests do not run the other one, so the same bytes do. */
export function publish(upstream: string, program: string, version = '1.0.0'): void {
  for (const target of [HOST_TARGET, OTHER_TARGET]) {
    const path = assetPath(upstream, version, target);
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(program, path);
  }
}
