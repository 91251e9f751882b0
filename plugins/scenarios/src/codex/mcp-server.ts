/** The server's place in `config.toml`. */
export const MCP_CONFIG = `
[mcp_servers.mini]
command = "{{node}}"
args = ["{{cwd}}/server.mjs"]
`;

/** A small MCP server on standard input and output with one tool, `echo`. */
export const MCP_SERVER = `
import { createInterface } from 'node:readline';
const tool = {
  name: 'echo',
  description: 'Echoes a text.',
  inputSchema: { type: 'object', properties: { text: { type: 'string' }, fail: { type: 'boolean' } } },
};
const results = {
  initialize: (params) => ({
    protocolVersion: params.protocolVersion,
    capabilities: { tools: {} },
    serverInfo: { name: 'mini', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: [tool] }),
  'tools/call': ({ arguments: { text, fail } }) =>
    fail
      ? { content: [{ type: 'text', text: 'cannot echo' }], isError: true }
      : { content: [{ type: 'text', text }], structuredContent: { echoed: text } },
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) return;
  const make = results[method];
  const answer = make === undefined ? { error: { code: -32601, message: 'unknown method' } } : { result: make(params) };
  process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, ...answer }) + '\\n');
});
`;
