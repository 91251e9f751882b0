import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const beside = fileURLToPath(new URL('../../../../shared/reference/data', import.meta.url));
const folder = join(process.env['CLIPARITY_REFERENCE'] ?? beside, 'unified-agent-api/codex');

/** Whether the older root that these tests read is on this machine; without it they are skipped, visibly. */
export const hasReference = existsSync(folder);
export const referenceText = (path: string): string => readFileSync(join(folder, path), 'utf8');
export const referenceJson = <T>(path: string): T => JSON.parse(referenceText(path)) as T;
export const referenceHas = (path: string): boolean => existsSync(join(folder, path));
