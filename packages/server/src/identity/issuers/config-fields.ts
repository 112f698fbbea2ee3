// Reads single fields of one `[auth.third_party.<name>]` table, refusing values of the wrong kind by their full key.

import { isLoopbackUrl } from '../keys/loopback.ts'
import { IssuerConfigError } from './issuer-config-error.ts'

/** One table as the TOML reader leaves it, and its name for messages. */
export interface IssuerTable {
  readonly name: string
  readonly fields: Readonly<Record<string, unknown>>
}

const unresolvedEnv = /^env\((.*)\)$/

/** A text field; empty where it is absent. */
export function textField(table: IssuerTable, field: string): string {
  const value = table.fields[field]
  if (value === undefined) return ''
  if (typeof value === 'string') return value.trim()
  throw new IssuerConfigError(`auth.third_party.${table.name}.${field} must be a string.`)
}

/** A list of texts; one text counts as a list of one, absence as null. */
export function listField(table: IssuerTable, field: string): readonly string[] | null {
  const value = table.fields[field]
  if (value === undefined) return null
  const list: unknown[] = Array.isArray(value) ? value : [value]
  if (list.every((entry) => typeof entry === 'string' && entry !== '')) return list as string[]
  throw new IssuerConfigError(`auth.third_party.${table.name}.${field} must be a string or an array of strings.`)
}

/** A switch, with what its absence means. */
export function flagField(table: IssuerTable, field: string, absent: boolean): boolean {
  const value = table.fields[field]
  if (value === undefined) return absent
  if (typeof value === 'boolean') return value
  throw new IssuerConfigError(`auth.third_party.${table.name}.${field} must be true or false.`)
}

/** Refuses `env(NAME)` that the configuration reader could not replace. */
export function requireResolved(table: IssuerTable, field: string, value: string): void {
  const variable = unresolvedEnv.exec(value)?.[1]
  if (variable === undefined) return
  throw new IssuerConfigError(
    `auth.third_party.${table.name}.${field} reads env(${variable}), but the environment variable ${variable} is unset.`,
  )
}

/** An address keys may come from: https, or http on this machine. */
export function urlField(table: IssuerTable, field: string): string {
  const value = textField(table, field)
  if (value === '') return ''
  requireResolved(table, field, value)
  const url = URL.parse(value)
  if (url === null) throw new IssuerConfigError(`auth.third_party.${table.name}.${field} is not a URL: ${value}`)
  if (url.protocol !== 'https:' && !isLoopbackUrl(url)) {
    throw new IssuerConfigError(
      `auth.third_party.${table.name}.${field} must be an https URL (plain http only on loopback).`,
    )
  }
  return value
}
