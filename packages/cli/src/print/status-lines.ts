// The ways `tenon status` shows a running stack: for reading, for a shell, for a program.

/** How to print; `env` is made to be `eval`ed. */
export type StatusFormat = 'pretty' | 'env' | 'json'

/** Renders the variables of a running stack. */
export function renderStatus(lines: Readonly<Record<string, string>>, format: StatusFormat): string {
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

function pretty(lines: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(lines).map((name) => name.length))
  return Object.entries(lines)
    .map(([name, value]) => `  ${label(name).padEnd(width)}  ${value}`)
    .join('\n')
}

const UPPER = new Set(['API', 'REST', 'DB', 'URL', 'JWT', 'JWKS', 'S3'])

/** `CLERK_API_URL` → `Clerk API URL`. */
function label(name: string): string {
  const words = name.split('_').map((word) => (UPPER.has(word) ? word : word.toLowerCase()))
  const [first = '', ...rest] = words
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(' ')
}
