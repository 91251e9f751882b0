/** What a status can ask for. */
export const REQUIREMENTS = [
  'required_target_seen',
  'reported',
  'supported_on_required_target',
  'passed_on_required_target',
  'union_complete',
  'supported_on_all_targets',
] as const;
export type Requirement = (typeof REQUIREMENTS)[number];

/** What each status asks for. A status also asks for everything that those below it ask for, `validated` excepted: `supported` is about coverage. */
export interface PromotionPolicy {
  readonly reported: readonly Requirement[];
  readonly validated: readonly Requirement[];
  readonly supported: readonly Requirement[];
}

/**
 * Policies by the name that `promotion.mode` of a manifest gives. `linux_first_v1` is the older format's: the required target alone decides
 * whether a version is validated, others follow when they can.
 */
export const POLICIES = {
  linux_first_v1: {
    reported: ['required_target_seen', 'reported'],
    validated: ['supported_on_required_target', 'passed_on_required_target'],
    supported: ['union_complete', 'supported_on_all_targets'],
  },
  /** For a wrapper that handles a part of its upstream on purpose: its tests decide, coverage is only reported. */
  tests_first_v1: {
    reported: ['required_target_seen', 'reported'],
    validated: ['passed_on_required_target'],
    supported: ['union_complete', 'supported_on_all_targets'],
  },
} as const satisfies Readonly<Record<string, PromotionPolicy>>;
export type PolicyName = keyof typeof POLICIES;
