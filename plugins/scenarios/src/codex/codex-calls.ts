import { responses } from '@cliparity/model-server';
import type { AnswerPart, ModelAnswer } from '@cliparity/plugin-api';
import { gte, lt } from 'semver';

/** A call of the shell tool that the version offers. `more` are further arguments, such as those that ask for escalation. */
export function shellCall(
  version: string,
  command: string,
  options: { readonly id?: string; readonly more?: Readonly<Record<string, unknown>> } = {},
): AnswerPart {
  const id = options.id ?? '1';
  return lt(version, '0.117.0')
    ? responses.functionCall({ name: 'shell_command', args: { command, timeout_ms: 10_000, ...options.more }, id })
    : responses.functionCall({
        name: 'exec_command',
        args: { cmd: command, yield_time_ms: 10_000, ...options.more },
        id,
      });
}

/** A call of a tool of an MCP server: how it is named differs from version to version. */
export function mcpCall(
  version: string,
  call: { readonly server: string; readonly tool: string; readonly args: unknown },
) {
  const { server, tool, args } = call;
  if (lt(version, '0.125.0')) return responses.functionCall({ name: `mcp__${server}__${tool}`, args });
  const namespace = gte(version, '0.169.0') ? `mcp__${server}` : `mcp__${server}__`;
  return responses.functionCall({ namespace, name: tool, args });
}

/**
 * Two answers around one tool call. Some versions lose the end of a command when the next answer comes at once, so it waits; see `SLOW` for commands.
 */
export function toolTurn(call: AnswerPart, text: string, delayMs = 600): readonly ModelAnswer[] {
  return [responses.answer(call), { ...responses.answer(responses.message(text, 'msg_2')), delayMs }];
}

/** Makes a command last long enough for its start and its end to be told apart by every version. */
export const slow = (command: string): string => `sleep 0.6; ${command}`;
