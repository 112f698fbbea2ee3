// Media types as the Accept and Content-Type headers write them, and as messages name them.

import type { MediaType } from './api-request.ts'

const known = new Set([
  'application/json',
  'application/geo+json',
  'text/csv',
  'text/plain',
  'text/xml',
  'application/x-www-form-urlencoded',
  'application/octet-stream',
  '*/*',
])

const planOptions = ['analyze', 'verbose', 'settings', 'buffers', 'wal'] as const

export type PlanOption = (typeof planOptions)[number]

/** What `application/vnd.pgrst.plan` asks for. */
export interface PlanRequest {
  readonly format: 'text' | 'json'
  /** The media type whose statement is to be explained. */
  readonly for: MediaType
  readonly options: readonly PlanOption[]
}

function plainType(essence: string): MediaType {
  return { essence, parameters: {}, written: essence }
}

function stripped(essence: string): MediaType {
  return { essence, parameters: { nulls: 'stripped' }, written: `${essence};nulls=stripped` }
}

const tokens = /^([\p{L}\p{N}.*]+)\/([\p{L}\p{N}.*+-]+)/u
const parameter = /\s*;\s*([\p{L}\p{N}-]+)\s*=\s*(?:"([^"]*)"|([\p{L}\p{N}|.-]+))/uy

function parametersFrom(text: string, start: number): Record<string, string> {
  const found: Record<string, string> = {}
  parameter.lastIndex = start
  for (let match = parameter.exec(text); match !== null; match = parameter.exec(text)) {
    const [, name = '', quoted, bare] = match
    found[name.toLowerCase()] = quoted ?? bare ?? ''
  }
  return found
}

function planType(format: 'text' | 'json', parameters: Record<string, string>): MediaType {
  const inner = parseMediaType(parameters['for'] ?? 'application/json').written
  const asked = new Set((parameters['options'] ?? '').split('|'))
  const options = planOptions.filter((option) => asked.has(option)).join('|')
  const essence = `application/vnd.pgrst.plan+${format}`
  return {
    essence,
    parameters: { for: inner, ...(options !== '' && { options }) },
    written: `${essence}; for="${inner}"${options === '' ? '' : `; options=${options}`}`,
  }
}

/** Reads one media type. Text that is none is a type nobody can make. */
export function parseMediaType(text: string): MediaType {
  const match = tokens.exec(text)
  if (match === null) return { essence: text.toLowerCase(), parameters: {}, written: text }
  const essence = match[0].toLowerCase()
  if (known.has(essence)) return plainType(essence)
  const parameters = parametersFrom(text, match[0].length)
  if (essence === 'application/openapi+json') return { ...plainType(essence), parameters }
  const stripsNulls = parameters['nulls'] === 'stripped'
  switch (essence) {
    case 'application/vnd.pgrst.object':
    case 'application/vnd.pgrst.object+json':
      return (stripsNulls ? stripped : plainType)('application/vnd.pgrst.object+json')
    case 'application/vnd.pgrst.array':
    case 'application/vnd.pgrst.array+json':
      return stripsNulls ? stripped('application/vnd.pgrst.array+json') : plainType('application/json')
    case 'application/vnd.pgrst.plan':
    case 'application/vnd.pgrst.plan+text':
      return planType('text', parameters)
    case 'application/vnd.pgrst.plan+json':
      return planType('json', parameters)
    default:
      return { essence, parameters, written: text }
  }
}

/** What a plan's media type asks for; null where it is another type. */
export function planRequestOf(mediaType: MediaType): PlanRequest | null {
  const match = /^application\/vnd\.pgrst\.plan\+(text|json)$/.exec(mediaType.essence)
  if (match === null) return null
  const asked = new Set((mediaType.parameters['options'] ?? '').split('|'))
  return {
    format: match[1] === 'json' ? 'json' : 'text',
    for: parseMediaType(mediaType.parameters['for'] ?? 'application/json'),
    options: planOptions.filter((option) => asked.has(option)),
  }
}

interface Wanted {
  readonly text: string
  readonly quality: number
  /** More parameters and fewer wildcards go before. */
  readonly specificity: number
}

function wanted(entry: string): Wanted {
  const text = entry.replaceAll(' ', '')
  const cut = text.indexOf(';q=')
  const type = cut < 0 ? text : text.slice(0, cut)
  const quality = cut < 0 ? null : /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/.exec(text.slice(cut + 3))
  return {
    text: type,
    quality: quality === null ? 1 : Number(quality[0]),
    specificity: type.split(';').length - type.split('*').length,
  }
}

const anything: readonly MediaType[] = [plainType('*/*')]
const json: readonly MediaType[] = [plainType('application/json')]

/** Reads an Accept header, most wanted first; everything is welcome where there is none. */
export function parseAccept(header: string | undefined): readonly MediaType[] {
  if (header === undefined || header.trim() === '' || header === '*/*') return anything
  if (header === 'application/json') return json
  return header
    .split(',')
    .map(wanted)
    .toSorted((a, b) => b.quality - a.quality || b.specificity - a.specificity)
    .map(({ text }) => parseMediaType(text))
}

/** The type of a body; JSON where the client did not say. */
export function parseContentType(header: string | undefined): MediaType {
  return parseMediaType(header ?? 'application/json')
}
