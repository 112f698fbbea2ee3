// Runs the REST door alone, configured by PGRST_* variables, until SIGINT or SIGTERM.

import { startRestAlone } from './start-rest-alone.ts'

const note = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

try {
  const alone = await startRestAlone(process.env, note)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void alone.stop().then(() => process.exit(0))
    })
  }
} catch (thrown) {
  note(thrown instanceof Error ? thrown.message : String(thrown))
  process.exit(1)
}
