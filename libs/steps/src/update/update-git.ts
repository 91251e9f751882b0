import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CouldNotRun, UsageError } from '@cliparity/model';
import type { RootContext } from '../base/root-context.js';

const exec = promisify(execFile);

/** The repository that a root lies in. Every path is relative to the workspace. */
export interface Repository {
  /** Lines of `git status` for what must not be mixed with an update. */
  readonly changes: () => Promise<readonly string[]>;
  readonly hasBranch: (name: string) => Promise<boolean>;
  /** Makes the branch, commits the root’s folder there, and stays on it. Nothing of it is left when a part fails. @returns the commit’s id */
  readonly commit: (branch: string, message: string) => Promise<string>;
}

interface GitFailure {
  readonly code?: number | string;
  readonly stderr?: string;
}

function failed(words: readonly string[], thrown: unknown, where: string): CouldNotRun {
  const { code, stderr = '' } = thrown as GitFailure;
  if (code === 'ENOENT') {
    return new CouldNotRun('GIT_MISSING', 'git is not installed, and a branch is made with it', {
      where,
      remedy: 'Install git, or run without --branch: the files are left in the work tree.',
      cause: thrown,
    });
  }
  const said = stderr.trim();
  // The text that Node makes of it holds the whole command, and with it the whole message of a commit.
  const cause = said === '' ? thrown : new Error(said, { cause: thrown });
  return new CouldNotRun('GIT_FAILED', `git ${words[0] ?? ''} failed: ${said.split('\n')[0] || String(code)}`, {
    where,
    remedy: 'Mend what git says, then run again; the root is as it was before.',
    cause,
  });
}

type Git = (...words: readonly string[]) => Promise<string>;

function gitIn(folder: string): Git {
  const env = { ...process.env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  return async (...words) => {
    try {
      return (await exec('git', words, { cwd: folder, env, maxBuffer: 2 ** 28 })).stdout;
    } catch (thrown) {
      throw failed(words, thrown, folder);
    }
  };
}

const asks = (question: Promise<string>): Promise<boolean> =>
  question.then(
    () => true,
    (error: CouldNotRun) => {
      if (error.code === 'GIT_FAILED') return false;
      throw error;
    },
  );

async function commitOn(git: Git, folder: string, { branch, message }: { branch: string; message: string }) {
  const before = (await git('rev-parse', '--abbrev-ref', 'HEAD')).trim();
  const start = (await git('rev-parse', 'HEAD')).trim();
  await git('switch', '--quiet', '--create', branch);
  try {
    await git('add', '--all', '--', folder);
    await git('commit', '--quiet', '--message', message, '--', folder);
    return (await git('rev-parse', 'HEAD')).trim();
  } catch (error) {
    await git('reset', '--quiet', '--', folder);
    await git('switch', '--quiet', ...(before === 'HEAD' ? ['--detach', start] : [before]));
    await git('branch', '--quiet', '--delete', '--force', branch);
    throw error;
  }
}

/** Whether a folder is in a repository. Without git none is; that is an error only for whoever needs one. */
async function isInside(git: Git, needed: boolean): Promise<boolean> {
  const inside = asks(git('rev-parse', '--git-dir'));
  return needed ? inside : inside.catch(() => false);
}

/**
 * The repository of an open root; undefined when it lies in none.
 * @param needed whether to fail without git. @throws CouldNotRun GIT_MISSING
 */
export async function repositoryOf(root: RootContext, needed: boolean): Promise<Repository | undefined> {
  const git = gitIn(root.workspace);
  const folder = root.ref(root.path).name;
  if (!(await isInside(git, needed))) return undefined;
  return {
    changes: async () => {
      const tracked = await git('status', '--porcelain', '--untracked-files=no');
      const own = await git('status', '--porcelain', '--untracked-files=all', '--', folder);
      return [...new Set(`${tracked}${own}`.split('\n').filter((line) => line !== ''))];
    },
    hasBranch: (name) => asks(git('show-ref', '--verify', '--quiet', `refs/heads/${name}`)),
    commit: (branch, message) => commitOn(git, folder, { branch, message }),
  };
}

/** @throws UsageError GIT_NO_REPOSITORY, UPDATE_TREE_DIRTY, UPDATE_BRANCH_EXISTS */
export async function mustBeReady(
  root: RootContext,
  repository: Repository | undefined,
  branch: string | undefined,
): Promise<void> {
  if (repository === undefined) {
    if (branch === undefined) return;
    throw new UsageError('GIT_NO_REPOSITORY', `${root.name} lies in no git repository, so no branch can be made`, {
      where: root.workspace,
      remedy: 'Run without --branch, or make the repository first: git init.',
    });
  }
  const changes = await repository.changes();
  if (changes.length > 0) {
    const shown = changes.slice(0, 5).map((line) => line.slice(3));
    const rest = changes.length > shown.length ? `, and ${changes.length - shown.length} more` : '';
    throw new UsageError('UPDATE_TREE_DIRTY', `the work tree has changes: ${shown.join(', ')}${rest}`, {
      where: root.workspace,
      remedy: 'Commit or stash them first: an update must be all that changes.',
    });
  }
  if (branch !== undefined && (await repository.hasBranch(branch))) {
    throw new UsageError('UPDATE_BRANCH_EXISTS', `there is a branch ${branch} already`, {
      where: branch,
      remedy: `Look at it, then delete it to make it anew: git branch --delete --force ${branch}`,
    });
  }
}
