import { UsageError } from '@cliparity/model';
import type { RootContext } from '../base/root-context.js';

/** What a test is about. */
export interface UnderTest {
  /** Absolute path of the executable. */
  readonly binary: string;
  readonly version: string;
  readonly target: string;
}

/**
 * The wrapper's own test command: the words typed, else the manifest's.
 * @throws UsageError TEST_COMMAND_MISSING
 */
export function testCommandOf(root: RootContext, typed: readonly string[]): readonly string[] {
  const command = typed.length > 0 ? typed : (root.manifest.wrapper?.test ?? []);
  if (command.length > 0) return command;
  throw new UsageError('TEST_COMMAND_MISSING', `nothing says how the wrapper of ${root.name} is tested`, {
    where: root.ref(root.layout.manifest).name,
    remedy: `Set wrapper.test, for example ["npm", "test"], or type the command: cliparity verify ${root.name} newest -- npm test`,
  });
}

/** The command with its placeholders filled in; other braces stay as they are. */
export function filledCommand(command: readonly string[], under: UnderTest): readonly string[] {
  return command.map((word) => word.replace(/\{(binary|version|target)\}/g, (_, name: keyof UnderTest) => under[name]));
}

/** The same facts as the command finds them in its environment. */
export function testEnvironment({ binary, version, target }: UnderTest): Readonly<Record<string, string>> {
  return { CLIPARITY_BINARY: binary, CLIPARITY_VERSION: version, CLIPARITY_TARGET: target };
}

const SECRET_NAME = /TOKEN|SECRET|PASSW|CREDENTIAL|(?:API|ACCESS|PRIVATE|SIGNING)_?KEY|(?:^|_)AUTH(?:_|$)/i;

const isSecret = (name: string, value: string): boolean => SECRET_NAME.test(name) && !/^\d*$/.test(value);

/** The values of an environment that must not reach a log, told by their names. Plain numbers are limits and sizes. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value = '']) => (isSecret(name, value) ? [value] : []));
}
