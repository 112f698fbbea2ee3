// `npm run bench -- <name> [--json]`: runs one benchmark and prints its figures, or one JSON object.

import { parseArgs } from 'node:util'
import { type BenchOptions, benchRestRead } from './rest-read/bench-rest-read.ts'
import { renderReport } from './rest-read/render-report.ts'
import { benchRest } from './rest/bench-rest.ts'
import { benchRestStages } from './rest/bench-rest-stages.ts'
import { renderRest, renderStages } from './rest/render-rest.ts'
import { benchRealtimeBroadcast } from './realtime-broadcast/bench-realtime-broadcast.ts'
import { renderRealtimeBroadcast } from './realtime-broadcast/render-realtime-broadcast.ts'
import { benchRealtimeChanges } from './realtime-changes/bench-realtime-changes.ts'
import { renderRealtimeChanges } from './realtime-changes/render-realtime-changes.ts'
import { benchRealtimeFeed } from './realtime-feed/bench-realtime-feed.ts'
import { renderRealtimeFeed } from './realtime-feed/render-realtime-feed.ts'
import { benchStorageDownload } from './storage-download/bench-storage-download.ts'
import { renderStorageDownload } from './storage-download/render-storage-download.ts'
import { benchStudioGrid } from './studio-grid/bench-studio-grid.ts'
import { renderStudioGrid } from './studio-grid/render-studio-grid.ts'
import { benchStorageUpload } from './storage-upload/bench-storage-upload.ts'
import { renderStorageUpload } from './storage-upload/render-storage-upload.ts'
import { benchTokenMint } from './token-mint/bench-token-mint.ts'
import { renderTokenMint } from './token-mint/render-token-mint.ts'

const BENCHES = [
  'rest-read',
  'rest',
  'rest-stages',
  'token-mint',
  'studio-grid',
  'realtime-broadcast',
  'realtime-feed',
  'realtime-changes',
  'storage-upload',
  'storage-download',
] as const

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    pool: { type: 'string', default: '10' },
  },
})

const [name] = positionals
if (name === 'rest-read') {
  const report = await benchRestRead(options())
  print(report, renderReport(report))
} else if (name === 'rest') {
  const report = await benchRest(options())
  print(report, renderRest(report))
} else if (name === 'rest-stages') {
  const report = await benchRestStages(options())
  print(report, renderStages(report))
} else if (name === 'token-mint') {
  const report = await benchTokenMint(options())
  print(report, renderTokenMint(report))
} else if (name === 'studio-grid') {
  const report = await benchStudioGrid(options())
  print(report, renderStudioGrid(report))
} else if (name === 'realtime-broadcast') {
  const report = await benchRealtimeBroadcast(options())
  print(report, renderRealtimeBroadcast(report))
} else if (name === 'realtime-changes') {
  const report = await benchRealtimeChanges(options())
  print(report, renderRealtimeChanges(report))
} else if (name === 'realtime-feed') {
  const report = await benchRealtimeFeed(options())
  print(report, renderRealtimeFeed(report))
} else if (name === 'storage-upload') {
  const report = await benchStorageUpload(options())
  print(report, renderStorageUpload(report))
} else if (name === 'storage-download') {
  const report = await benchStorageDownload(options())
  print(report, renderStorageDownload(report))
} else {
  process.stderr.write(`Say which benchmark to run: npm run bench -- ${BENCHES.join(' | ')} [--json]\n`)
  process.exitCode = 2
}

function options(): BenchOptions {
  return {
    rounds: wholeNumber('rounds'),
    seconds: wholeNumber('seconds'),
    connections: wholeNumber('connections'),
    pool: wholeNumber('pool'),
    progress: (line) => process.stderr.write(`${line}\n`),
  }
}

function print(report: object, text: string): void {
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : text)
}

function wholeNumber(option: 'rounds' | 'seconds' | 'connections' | 'pool'): number {
  const value = Number(values[option])
  if (Number.isInteger(value) && value > 0) return value
  process.stderr.write(`--${option} is a whole number above 0.\n`)
  process.exit(2)
}
