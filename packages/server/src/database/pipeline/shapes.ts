// The shape of a statement: its text and whose plan it is. Requests that differ only in their values share a
// shape, and a shape's name is what a connection prepares it under.

import type { Sql } from '../sql.ts'
import type { Setting } from '../statement.ts'
import { settingsSelect } from './sql/settings-select.ts'

/** One text under one role. Compared by identity. */
export interface Shape {
  readonly text: Sql
  /** Unique in this process; at most 63 bytes, as Postgres names are. */
  readonly name: string
}

interface SettingsShape extends Shape {
  readonly names: readonly string[]
}

const MOST_SHAPES = 4_000
const MOST_SETTINGS_SHAPES = 64

/**
 * Gives equal statements the same shape. A plan holds the policies of the role it was made under and Postgres
 * discards it when another role comes with the same name, so each role has shapes of its own.
 * Bounded in two generations: a shape unused while `MOST_SHAPES` others were met is forgotten and made anew
 * under another name; connections let the old name age out.
 */
export class Shapes {
  #current = new Map<string, Map<string, Shape>>()
  #previous = new Map<string, Map<string, Shape>>()
  #met = 0
  #made = 0
  #settings: SettingsShape[] = []

  /** The shape of `text` under `role`. */
  of(role: string, text: Sql): Shape {
    const known = this.#current.get(role)?.get(text)
    if (known !== undefined) return known
    const shape = this.#previous.get(role)?.get(text) ?? this.#make(text)
    this.#keep(role, shape)
    return shape
  }

  /** The shape of the select that sets these names in this order. */
  ofSettings(settings: readonly Setting[]): Shape {
    for (const shape of this.#settings) if (sameNames(shape.names, settings)) return shape
    const names = settings.map(([name]) => name)
    const made: SettingsShape = { ...this.#make(settingsSelect(names)), names }
    this.#settings = [made, ...this.#settings.slice(0, MOST_SETTINGS_SHAPES - 1)]
    return made
  }

  #make(text: Sql): Shape {
    return { text, name: `tenon_${++this.#made}` }
  }

  #keep(role: string, shape: Shape): void {
    if (++this.#met > MOST_SHAPES) {
      this.#previous = this.#current
      this.#current = new Map()
      this.#met = 1
    }
    const ofRole = this.#current.get(role)
    if (ofRole === undefined) this.#current.set(role, new Map([[shape.text, shape]]))
    else ofRole.set(shape.text, shape)
  }
}

function sameNames(names: readonly string[], settings: readonly Setting[]): boolean {
  if (names.length !== settings.length) return false
  for (let index = 0; index < names.length; index++) if (names[index] !== settings[index]?.[0]) return false
  return true
}
