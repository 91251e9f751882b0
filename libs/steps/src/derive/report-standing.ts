import { pointerVersion } from '@cliparity/lifecycle';
import { readBytes, readJsonIfThere } from '@cliparity/manifest-store';
import {
  CliparityError,
  compareVersions,
  UnionSchema,
  WaiversSchema,
  type Union,
  type Waivers,
} from '@cliparity/model';
import type { RootContext } from '../base/root-context.js';
import { versionStatuses } from '../lifecycle/version-statuses.js';

/** What a version’s coverage is seen against: waivers of units, and the last validated version before it. */
export interface Standing {
  readonly waivers: Waivers | undefined;
  /** The union of the newest validated version that is older; undefined when there is none. */
  readonly baseline: Union | undefined;
}

/** What `latest_validated.txt` names; undefined for none, and for a root in which nothing was promoted. */
export async function latestValidatedOf({ layout }: Pick<RootContext, 'layout'>): Promise<string | undefined> {
  try {
    return pointerVersion(new TextDecoder().decode(await readBytes(layout.latestValidated)));
  } catch (error) {
    if (error instanceof CliparityError && error.code === 'FILE_MISSING') return undefined;
    throw error;
  }
}

/** The validated versions older than one, oldest first: by their metadata, and the one that the pointer names. */
async function validatedBefore(root: RootContext, version: string): Promise<readonly string[]> {
  const latest = await latestValidatedOf(root);
  const stated = [...versionStatuses(root.layout)].filter(
    ([, status]) => status === 'validated' || status === 'supported',
  );
  const all = new Set([...stated.map(([name]) => name), ...(latest === undefined ? [] : [latest])]);
  return [...all].filter((name) => compareVersions(name, version) < 0).sort(compareVersions);
}

/** Reads waivers and baseline. Errors: those of `readJson` over waivers.json and the union of the baseline. */
export async function standingOf(root: RootContext, version: string): Promise<Standing> {
  const waiversFile = root.ref(root.layout.waivers);
  const waivers = await readJsonIfThere(waiversFile.path, WaiversSchema, { name: waiversFile.name });
  const before = (await validatedBefore(root, version)).at(-1);
  if (before === undefined) return { waivers, baseline: undefined };
  const { name, path } = root.ref(root.layout.union(before));
  return { waivers, baseline: await readJsonIfThere(path, UnionSchema, { name }) };
}
