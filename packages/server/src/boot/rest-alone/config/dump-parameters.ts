// `--dump-config`: the configuration in force as a file that could be read again, line for line as PostgREST sorts it.

import type { Parameter, ReadParameters } from './parameters.ts'

/** Ends with a line end. */
export function dumpParameters({
  parameters,
  appSettings,
}: Pick<ReadParameters, 'parameters' | 'appSettings'>): string {
  const { 'jwt-secret': secret, 'jwt-secret-is-base64': isBase64 } = parameters
  const shown: Readonly<Record<string, Parameter>> = {
    ...parameters,
    'jwt-secret': secret === null ? null : secret.toString(isBase64 ? 'base64' : 'utf8'),
    ...Object.fromEntries(appSettings),
  }
  const lines = Object.entries(shown).map(([name, value]) => `${name} = ${written(value)}`)
  return `${lines.sort().join('\n')}\n`
}

function written(value: Parameter): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return '""'
  const text = typeof value === 'string' ? value : value.join(',')
  return `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('$', '$$$$')}"`
}
