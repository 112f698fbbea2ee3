// The command as a library: for its launcher, and for programs that start a stack the way `tenon start` does.

export { start, type StartFlags, type WhenReady } from './commands/start.ts'
export { main } from './main.ts'
