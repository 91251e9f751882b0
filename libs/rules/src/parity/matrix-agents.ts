import type { MatrixAgent } from './support-matrix.js';

const REGISTRY = /^\s*(?:(\[\[?)\s*([\w.-]+)\s*\]\]?|(\w+)\s*=\s*(?:"([^"]*)"|(true|false)))\s*(?:#.*)?$/;

interface Entry {
  agent?: string;
  root?: string;
  enabled?: string;
}
/** The lines that are read: table and key, and what they say. */
const FIELDS: Readonly<Record<string, keyof Entry>> = {
  'agents agent_id': 'agent',
  'agents manifest_root': 'root',
  'agents.publication support_matrix_enabled': 'enabled',
};

/**
 * The roots that take part in the support matrix, out of `crates/xtask/data/agent_registry.toml`: `[[agents]]` with `agent_id`,
 * `manifest_root` and, under `[agents.publication]`, `support_matrix_enabled`. Only these lines are read.
 */
export function matrixAgents(registry: string): readonly MatrixAgent[] {
  const entries: Entry[] = [];
  let table = '';
  for (const line of registry.split('\n')) {
    const [, bracket, name = '', key = '', text, truth] = REGISTRY.exec(line.trimEnd()) ?? [];
    if (bracket !== undefined) table = name;
    if (bracket === '[[' && name === 'agents') entries.push({});
    const field = FIELDS[`${table} ${key}`];
    const last = entries.at(-1);
    if (field !== undefined && last !== undefined) last[field] = text ?? truth ?? '';
  }
  const enabled = entries.filter((entry) => entry.enabled === 'true');
  return enabled.map(({ agent = '', root = '' }) => ({ agent, root }));
}
