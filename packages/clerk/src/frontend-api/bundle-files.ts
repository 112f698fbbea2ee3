// The scripts that pages load from their Frontend API: clerk-js and its components, each an entry file and the
// chunks that entry asks for. A published package carries copies of them; the workspace has the packages themselves.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Entry files by package name, below the scope `@clerk`. */
const entries = { 'clerk-js': 'clerk.browser.js', ui: 'ui.browser.js' } as const

/** A package of Clerk's that browsers load. */
export type BundleName = keyof typeof entries

/** One package's browser files. */
export interface Bundle {
  readonly folder: string
  readonly entry: string
  /** Files named by a hash of their content; they never change. */
  readonly chunks: ReadonlySet<string>
}

/** The copies' folder, beside the module that a published package consists of. */
const copies = join(import.meta.dirname, 'bundles')

/** The packages there are. */
export const bundleNames = Object.keys(entries) as readonly BundleName[]

/** The browser files of a package, found beside this code or else in `node_modules`. */
export function findBundle(name: BundleName): Bundle {
  const copied = join(copies, name)
  return readBundle(name, existsSync(copied) ? copied : installedFolder(name))
}

/** Where npm put the package's built files: its main file lies among them. */
function installedFolder(name: BundleName): string {
  return dirname(createRequire(import.meta.url).resolve(`@clerk/${name}`))
}

/**
 * A package holds several builds beside each other, and each chunk's name carries the hash of its build: an entry's
 * own chunks are those whose hash stands in its text.
 */
function readBundle(name: BundleName, folder: string): Bundle {
  const entry = entries[name]
  const text = readFileSync(join(folder, entry), 'utf8')
  const isOwn = (file: string): boolean => {
    const hash = /_(?<hash>[0-9a-f]{6})_[\d.]+\.js$/.exec(file)?.groups?.['hash']
    return hash !== undefined && text.includes(`"${hash}`)
  }
  return { folder, entry, chunks: new Set(readdirSync(folder).filter(isOwn)) }
}
