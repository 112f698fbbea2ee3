// One numbered SQL file of the bootstrap, as data: pieces that must succeed and pieces the platform can do without.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A piece of SQL that runs as one. An optional piece that Postgres refuses becomes a Degradation. */
export interface Piece {
  readonly kind: 'required' | 'optional'
  readonly text: string
  /** A boolean SQL expression; where it is true the piece has nothing to do. */
  readonly unless: string | null
  readonly feature: string
  /** A privilege; or CREATEROLE, ` | `, and what helps where that is held or does not suffice. */
  readonly needs: string
  /** As many alternatives; `{user}`, `{database}` and `{roles}` stand for what is known at the time. */
  readonly grant: string
}

export interface BootstrapStep {
  /** The file's name without its ending, such as `01-roles`. */
  readonly version: string
  readonly text: string
  readonly pieces: readonly Piece[]
}

const optionalPiece =
  /^-- degrades: (?<feature>.+)\n-- needs: (?<needs>.+)\n-- grant: (?<grant>.+)\n(?:-- unless: (?<unless>.+)\n)?(?<text>[\s\S]*?)^-- end$/gm

/** Splits a step into its pieces, in order. What no `degrades:` heading introduces is required. */
export function parseBootstrapStep(version: string, text: string): BootstrapStep {
  const pieces: Piece[] = []
  let position = 0
  for (const match of text.matchAll(optionalPiece)) {
    addRequired(pieces, text.slice(position, match.index))
    const { feature = '', needs = '', grant = '', unless, text: body = '' } = match.groups ?? {}
    pieces.push({ kind: 'optional', text: body, unless: unless ?? null, feature, needs, grant })
    position = match.index + match[0].length
  }
  addRequired(pieces, text.slice(position))
  return { version, text, pieces }
}

function addRequired(pieces: Piece[], text: string): void {
  const isOnlyComments = text.split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
  if (!isOnlyComments) pieces.push({ kind: 'required', text, unless: null, feature: '', needs: '', grant: '' })
}

/** Reads the steps that stand beside this file, in the order of their numbers. */
export async function readBootstrapSteps(): Promise<readonly BootstrapStep[]> {
  const folder = join(import.meta.dirname, 'steps')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return await Promise.all(
    names.map(async (name) =>
      parseBootstrapStep(name.replace(/\.sql$/, ''), await readFile(join(folder, name), 'utf8')),
    ),
  )
}
