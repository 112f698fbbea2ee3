// Preloaded into the server that is measured: on SIGUSR2 it collects garbage and writes what is left to a file.

import { renameSync, writeFileSync } from 'node:fs'

const file = process.env['BENCH_MEMORY_FILE']

process.on('SIGUSR2', () => {
  for (let round = 0; round < 3; round++) globalThis.gc?.()
  if (file === undefined) return
  writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()))
  renameSync(`${file}.new`, file)
})
