// Run by npm around `npm pack` in a package's folder: `publish` builds `dist/` and turns the manifest
// towards it, `restore` turns it back to the sources that the workspace runs.

import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const MANIFEST = 'package.json'
const KEPT = 'package.json.workspace'

interface Manifest {
  exports?: unknown
  bin?: Record<string, string>
  scripts?: unknown
  devDependencies?: unknown
}

/** Builds and rewrites the manifest for consumers, keeping the workspace's beside it. */
function publish(): void {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST)
  execFileSync('tsdown', { stdio: ['ignore', 'ignore', 'inherit'] })
  const text = readFileSync(MANIFEST, 'utf8')
  writeFileSync(KEPT, text)
  const { scripts: _scripts, devDependencies: _development, ...manifest } = JSON.parse(text) as Manifest
  const bin = manifest.bin && Object.fromEntries(Object.keys(manifest.bin).map((name) => [name, `./dist/${name}.js`]))
  const published = {
    ...manifest,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    ...(bin && { bin }),
  }
  writeFileSync(MANIFEST, `${JSON.stringify(published, null, 2)}\n`)
}

function restore(): void {
  if (existsSync(KEPT)) renameSync(KEPT, MANIFEST)
}

const verbs: Readonly<Record<string, () => void>> = { publish, restore }
const verb = verbs[process.argv[2] ?? '']
if (verb === undefined) throw new Error('publish-manifest.ts takes publish or restore')
verb()
