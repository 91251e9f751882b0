import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder below which recordings happen, absolute. Outside of any repository: codex looks for one around its folder, and what it finds
 * changes the stream. A user's own: in a folder that another user made nobody else can make one.
 */
export const harvestScratch = (): string => join(tmpdir(), `cliparity-harvest-${process.getuid?.() ?? 'runs'}`);
