// Answers as XML. Elements keep the order in which they are given; what is undefined is left out.

export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | readonly XmlContent[]
  | { readonly [name: string]: XmlContent }

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'

/** A whole document; lists become an element for each of their items. */
export function writeXml(root: string, content: XmlContent): string {
  return `${DECLARATION}\n<${root} xmlns="${NAMESPACE}">${inner(content)}</${root}>`
}

/** Refusals stand in no namespace. */
export function writeErrorXml(content: XmlContent): string {
  return `${DECLARATION}\n<Error>${inner(content)}</Error>`
}

function inner(content: XmlContent): string {
  if (content === undefined) return ''
  if (typeof content !== 'object') return escape(`${content}`)
  return Object.entries(content)
    .map(([name, value]) => element(name, value))
    .join('')
}

function element(name: string, content: XmlContent): string {
  if (content === undefined) return ''
  if (isList(content)) return content.map((item) => element(name, item)).join('')
  return `<${name}>${inner(content)}</${name}>`
}

function isList(content: XmlContent): content is readonly XmlContent[] {
  return Array.isArray(content)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
}

/** A character that XML 1.0 has no way to write becomes U+FFFD. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '�')
    .replaceAll(/[&<>"\r]/g, (character) => ESCAPES[character] ?? character)
}
