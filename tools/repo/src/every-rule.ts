import { homedir } from 'node:os';
import {
  containerStaysHome,
  kebabNames,
  noActiveWorkflow,
  noPathOfThisMachine,
  noRegistryHost,
  noSilencer,
  type HouseRule,
} from './house-rules.js';

/** All rules over single files, with the folders of this machine filled in. */
export function everyRule(workspace: string): readonly HouseRule[] {
  // A home such as /root is a word of documentation too; the workspace is not.
  const own = [workspace, homedir()].filter((folder) => folder.split('/').length > 2);
  return [noRegistryHost, noSilencer, kebabNames, containerStaysHome, noActiveWorkflow, noPathOfThisMachine(own)];
}
