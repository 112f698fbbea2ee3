// A process of a bench that does what it is told, one thing at a time, so that the load takes no turn of the server's.

import { fork } from 'node:child_process'
import { once } from 'node:events'

export interface LoadProcess<Command> {
  /** What the process answers to the command; rejects where it ends instead. */
  readonly ask: (command: Command) => Promise<unknown>
  readonly stop: () => Promise<void>
}

/** Starts the module, which answers each message with one. */
export function startLoadProcess<Command extends { readonly kind: string }>(module: URL): LoadProcess<Command> {
  const child = fork(module)
  const gone = once(child, 'exit')
  return {
    async ask(command) {
      const answered = once(child, 'message').then(([answer]: unknown[]) => ({ answer }))
      child.send(command)
      const answer = await Promise.race([answered, gone.then(() => null)])
      if (answer === null) throw new Error(`the audience ended at ${command.kind}`)
      return answer.answer
    },
    async stop() {
      child.kill()
      await gone
    },
  }
}
