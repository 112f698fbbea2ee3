// Builds Studio's page where it is missing or older than its sources. Run by npm after an install and before what
// serves or packs the page; a second or two where there is something to do, nothing otherwise.

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const studio = join(import.meta.dirname, '..', 'packages', 'studio')
const vite = join(import.meta.dirname, '..', 'node_modules', 'vite', 'bin', 'vite.js')
const sources = ['src', 'public', 'index.html', 'package.json', 'vite.config.ts']

/** When the newest file at or below `path` was written, in Unix milliseconds. */
function newest(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' }).map((name) => join(path, name))
  return Math.max(0, ...files.map((file) => statSync(file).mtimeMs))
}

function isFresh(): boolean {
  const built = join(studio, 'dist', 'index.html')
  if (!existsSync(built)) return false
  return statSync(built).mtimeMs >= Math.max(...sources.map((name) => newest(join(studio, name))))
}

if (!existsSync(vite)) console.log('Studio is not built: its tools were not installed.')
else if (!isFresh())
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: studio, stdio: 'inherit' })
