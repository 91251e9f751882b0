/** Closed word lists shared by schemas, rules and reports. */
export const LEVELS = ['explicit', 'passthrough', 'unsupported', 'intentionally_unsupported', 'unknown'] as const;
export const OPERATING_SYSTEMS = ['linux', 'macos', 'windows', 'any'] as const;
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export const VERSION_STATUSES = ['snapshotted', 'reported', 'validated', 'supported'] as const;
export const ARCHIVE_FORMATS = ['tar.gz', 'tar.xz', 'tar.zst', 'tar', 'zip', 'gz', 'bare'] as const;
export const UNIT_KINDS = ['command', 'flag', 'arg'] as const;

export type Level = (typeof LEVELS)[number];
export type OperatingSystem = (typeof OPERATING_SYSTEMS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type VersionStatus = (typeof VERSION_STATUSES)[number];
export type ArchiveFormat = (typeof ARCHIVE_FORMATS)[number];
export type UnitKind = (typeof UNIT_KINDS)[number];

/** A target triple, or the name the upstream uses for one. */
export type TargetId = string;
/** A bare semantic version, never with a leading `v`. */
export type Semver = string;
/** The words of a command below the program's name; the root command is `[]`. */
export type CommandPath = readonly string[];
