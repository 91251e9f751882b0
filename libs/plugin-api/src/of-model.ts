// What an author needs of the model, handed on: `@cliparity/model` itself is private to the workspace.
export { CouldNotRun, finding, FindingError, UsageError } from '@cliparity/model';
export type {
  Arg,
  AssetProvenance,
  CommandRow,
  Finding,
  FindingDraft,
  Flag,
  HelpPage,
  PageSurface,
  Result,
  ResultKind,
  Semver,
  TargetId,
  View,
} from '@cliparity/model';
