// The scripts that pages load from their Frontend API: clerk-js and its components, each an entry file and the
// chunks that entry asks for. A published package carries copies of them; the workspace has the packages themselves.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** By package name, below the scope `@clerk`. A package's main file lies among its built files. */
const packages = {
  'clerk-js': { entry: 'clerk.browser.js', main: () => require.resolve('@clerk/clerk-js') },
  ui: { entry: 'ui.browser.js', main: () => require.resolve('@clerk/ui') },
} as const

/** A package of Clerk's that browsers load. */
export type BundleName = keyof typeof packages

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
export const bundleNames = Object.keys(packages) as readonly BundleName[]

/** The browser files of a package, found beside this code or else in `node_modules`. */
export function findBundle(name: BundleName): Bundle {
  const copied = join(copies, name)
  return readBundle(name, existsSync(copied) ? copied : dirname(packages[name].main()))
}

/**
 * A package holds several builds beside each other, and each chunk's name carries the hash of its build: an entry's
 * own chunks are those whose hash stands in its text.
 */
function readBundle(name: BundleName, folder: string): Bundle {
  const { entry } = packages[name]
  const text = readFileSync(join(folder, entry), 'utf8')
  const isOwn = (file: string): boolean => {
    const hash = /_(?<hash>[0-9a-f]{6})_[\d.]+\.js$/.exec(file)?.groups?.['hash']
    return hash !== undefined && text.includes(`"${hash}`)
  }
  return { folder, entry, chunks: new Set(readdirSync(folder).filter(isOwn)) }
}
