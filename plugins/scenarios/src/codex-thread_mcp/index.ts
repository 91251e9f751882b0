import { mcpCall, toolTurn } from '../codex/codex-calls.js';
import { execScenario } from '../codex/exec-scenario.js';
import { MCP_CONFIG, MCP_SERVER } from '../codex/mcp-server.js';

/** A tool of an MCP server is called and answers with text and structured content. */
export default execScenario({
  id: 'codex-thread_mcp',
  revision: 1,
  settings: { more: MCP_CONFIG },
  files: { 'cwd/server.mjs': MCP_SERVER },
  runs: () => [{ prompt: 'Echo through the tool.', sandbox: 'danger-full-access' }],
  answers: (version) =>
    toolTurn(mcpCall(version, { server: 'mini', tool: 'echo', args: { text: 'hi' } }), 'It echoed.'),
});
