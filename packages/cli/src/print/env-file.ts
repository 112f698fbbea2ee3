// An app's file of variables (`.env.local`), of which one marked block is ours and every other line is its owner's.

const begin = '# >>> tenon: `tenon env --write` replaces the lines down to the closing mark'
const end = '# <<< tenon'

/** The variables as lines of such a file. */
export function renderEnvFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join('\n')
}

/**
 * `text` with our block replaced, or put at its end. A reader of the file takes the last line of a name: the block
 * wins over what stands above it, and its owner's lines below the block win over it.
 */
export function mergeEnvFile(text: string, variables: Readonly<Record<string, string>>): string {
  const block = `${begin}\n${renderEnvFile(variables)}\n${end}`
  const from = text.lastIndexOf(begin)
  const to = text.indexOf(end, from)
  if (from !== -1 && to !== -1) return text.slice(0, from) + block + text.slice(to + end.length)
  const above = text.trimEnd()
  return `${above === '' ? '' : `${above}\n\n`}${block}\n`
}

/** Next.js puts variables in place of `$NAME`, also inside quotes. */
function quoted(value: string): string {
  const plain = value.replaceAll('$', String.raw`\$`)
  return /[\s#"']/.test(plain) ? `"${plain}"` : plain
}
