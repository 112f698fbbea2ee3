// The command as a library: for its launcher, and for programs that do something with a stack once it answers.

export type { WhenReady } from './commands/start.ts'
export { main } from './main.ts'
