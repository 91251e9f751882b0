import { mcpCall, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';
import { MCP_CONFIG, MCP_SERVER } from '../codex/mcp-server.js';

/** A tool of an MCP server says that it failed. */
export default execScenario({
  id: 'codex-thread_mcp_error',
  revision: 1,
  settings: { more: MCP_CONFIG },
  files: { 'cwd/server.mjs': MCP_SERVER },
  runs: () => [{ prompt: 'Let the tool fail.', sandbox: 'danger-full-access' }],
  answers: (version) =>
    toolTurn(mcpCall(version, { server: 'mini', tool: 'echo', args: { fail: true } }), 'It failed.'),
});
