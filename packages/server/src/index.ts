// What the package offers to programs: the running pieces and the readers of what they leave behind.

export { readProjectConfig, type ConfigOverrides } from './boot/config/read-project-config.ts'
export type { ProjectConfig } from './boot/config/project-config.ts'
export { findRunning } from './boot/running/find-running.ts'
export type { RunState, StatusLines } from './boot/running/run-state.ts'
export { stopRunning } from './boot/running/stop-running.ts'
export { isRefusal, Refusal, type AnyRefusal, type RefusalCode } from './refusal/refusal.ts'
