// What the package offers to programs: the stack, the commands on its database, and the readers of what it leaves behind.

export {
  migrateProject,
  queryProject,
  type QueryResult,
  resetProject,
} from './boot/administration/administer-project.ts'
export { backfillProject } from './boot/administration/backfill-project.ts'
export { examineProjectStorage } from './boot/administration/examine-project-storage.ts'
export { generateTypes } from './boot/administration/generate-types.ts'
export { seedProjectBuckets } from './boot/administration/seed-buckets.ts'
export { studioLink } from './boot/administration/studio-link.ts'
export {
  type ConfigOverrides,
  readDatabaseProject,
  readProjectConfig,
  stateDirOf,
} from './boot/config/read-project-config.ts'
export type { DatabaseProject, ProjectConfig } from './boot/config/project-config.ts'
export { runRestAlone } from './boot/rest-alone/run-rest-alone.ts'
export { findRunning } from './boot/running/find-running.ts'
export type { RunState, StatusLines } from './boot/running/run-state.ts'
export { probe } from './boot/running/probe.ts'
export { ownVersion } from './boot/running/stack-facts.ts'
export { recordStart, type StartTimes } from './boot/running/start-times.ts'
export { stopRunning } from './boot/running/stop-running.ts'
export { type Stack, type StackOptions, startStack } from './boot/start-stack.ts'
export type { EngineEvent } from './database/engines/engine.ts'
export { type AnyRefusal, isRefusal, Refusal, type RefusalCode } from './refusal/refusal.ts'
export { renderTerminal, type TerminalRefusal } from './refusal/render-terminal.ts'
export type { Examination as StorageExamination, Finding as StorageFinding } from './storage/doctor/finding.ts'
