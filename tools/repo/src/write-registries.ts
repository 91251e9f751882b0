// Run: SWC_NODE_PROJECT=tsconfig.base.json node --import @swc-node/register/esm-register tools/repo/src/write-registries.ts
import { resolve } from 'node:path';
import { writeRegistries } from './generate-registries.js';

const written = await writeRegistries(resolve(import.meta.dirname, '../../..'));
console.log(written.length === 0 ? 'every registry is up to date' : written.join('\n'));
