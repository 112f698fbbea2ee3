// The ways `tenon status` shows a running stack: for reading, for a shell, for a program.

/** How to print; `env` is made to be `eval`ed. */
export type StatusFormat = 'pretty' | 'env' | 'json'

type Variables = Readonly<Record<string, string>>

/** JSON of the variables of each further Clerk instance, by its name. */
const INSTANCES = 'CLERK_INSTANCES'

/** Renders the variables of a running stack. */
export function renderStatus(lines: Variables, format: StatusFormat): string {
  switch (format) {
    case 'json':
      return JSON.stringify(lines, null, 2)
    case 'env':
      return Object.entries(lines)
        .map(([name, value]) => `${name}=${shellQuoted(value)}`)
        .join('\n')
    case 'pretty':
      return pretty(lines)
  }
}

/** Double quotes, with what a shell would still expand inside them escaped. */
function shellQuoted(value: string): string {
  return `"${value.replaceAll(/[\\"$`]/g, String.raw`\$&`)}"`
}

function pretty(lines: Variables): string {
  const rows = Object.entries(lines).flatMap(([name, value]) =>
    name === INSTANCES ? instanceRows(value) : [[label(name), value] as const],
  )
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}

function instanceRows(text: string): readonly (readonly [name: string, value: string])[] {
  return Object.entries(readInstances(text)).flatMap(([instance, variables]) =>
    Object.entries(variables).map(([name, value]) => [`${label(name)} of ${instance}`, value] as const),
  )
}

/** The variables with those of another Clerk instance in place of the default one's; null where none has that name. */
export function linesOfInstance(lines: Variables, instance: string): Variables | null {
  const { [INSTANCES]: text = '{}', ...shared } = lines
  if (instance === 'default') return shared
  const instances = readInstances(text)
  return Object.hasOwn(instances, instance) ? { ...shared, ...instances[instance] } : null
}

function readInstances(text: string): Readonly<Record<string, Variables>> {
  return JSON.parse(text) as Record<string, Variables>
}

const UPPER = new Set(['API', 'REST', 'DB', 'URL', 'JWT', 'JWKS', 'S3'])

/** `CLERK_API_URL` → `Clerk API URL`. */
function label(name: string): string {
  const words = name.split('_').map((word) => (UPPER.has(word) ? word : word.toLowerCase()))
  const [first = '', ...rest] = words
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}
