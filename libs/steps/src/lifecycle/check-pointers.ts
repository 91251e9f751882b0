import { isPointerText } from '@cliparity/lifecycle';
import { FindingError, type TargetId } from '@cliparity/model';
import type { RootView } from '@cliparity/rules';

/**
 * A pointer that nobody can read must not be taken for one that names nothing: what it named may have been newer, or may be needed.
 * @param prefix what stands before paths in messages: the root's folder with a slash at its end
 * @throws FindingError POINTER_INVALID_VALUE
 */
export function checkPointers(view: RootView, prefix: string, expected: readonly TargetId[]): void {
  const kinds = ['latest_supported', 'latest_validated'];
  const ofTargets = kinds.flatMap((kind) => expected.map((target) => `pointers/${kind}/${target}.txt`));
  const odd = ['latest_validated.txt', 'min_supported.txt', ...ofTargets].find((path) => {
    const state = view.read(path);
    return (
      state.kind === 'unreadable' || (state.kind === 'file' && !isPointerText(new TextDecoder().decode(state.bytes)))
    );
  });
  if (odd === undefined) return;
  const file = prefix + odd;
  throw new FindingError('POINTER_INVALID_VALUE', `${file} holds neither a stable version nor none`, {
    where: file,
    remedy: 'Restore it from the repository’s history: what it named may have been newer.',
  });
}
