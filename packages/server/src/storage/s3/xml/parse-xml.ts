// XML as requests bring it, in time that grows with its length alone: elements and their texts. Attributes, comments and
// instructions are passed over, and document types are refused. A parser that knows all of XML spends seconds on a few
// megabytes, and whoever may sign, which with the public key is everybody, may send them. A long document is read in turns,
// between which others get theirs.

import { setImmediate as turn } from 'node:timers/promises'

import { Refusal } from '../../../refusal/refusal.ts'

export interface XmlBounds {
  /** Elements that are an array however often they stand there. */
  readonly lists: readonly string[]
  /** How many tags, comments and the like there may be. */
  readonly tags: number
}

interface OpenElement {
  /** With its prefix. */
  readonly name: string
  readonly children: Map<string, unknown[]>
  text: string
}

const DEEPEST = 16
/** Characters: a key has 1024, and a reference to one at most ten. */
const LONGEST_TEXT = 1024 * 10
/** Characters read in one turn: some milliseconds, whatever they are. */
const TURN = 128 * 1024
/** Groups: whether it closes, the name, and what else there is. */
const TAG = /<(\/)?([^\s<>/=!?"'&]+)(?=[\s/>])([^<>]*)>/y
const PASSED_OVER = [
  ['<!--', '-->'],
  ['<?', '?>'],
] as const
const CDATA = ['<![CDATA[', ']]>'] as const

/** An element without others in it is its text; any other is an object by names without prefixes. Refuses with `s3.xml-malformed`. */
export async function parseXml(text: string, { lists, tags }: XmlBounds): Promise<unknown> {
  const root = opened('')
  const open = [root]
  let [left, turns] = [tags, 1]
  for (let at = 0; at < text.length; left -= 1) {
    if (left < 0) throw malformed('it has more elements than any request needs')
    if (at > turns * TURN) {
      turns = Math.ceil(at / TURN)
      await turn()
    }
    const start = text.indexOf('<', at)
    addText(open, decodeText(text.slice(at, start === -1 ? text.length : start)))
    at = start === -1 ? text.length : afterMarkup(text, start, open, lists)
  }
  if (open.length > 1) throw malformed(`${open.at(-1)?.name ?? ''} is not closed`)
  if ([...root.children.values()].flat().length !== 1) throw malformed('it is not one element')
  return contentOf(root, lists)
}

/** What begins at `start` is done; where it ends. */
function afterMarkup(text: string, start: number, open: OpenElement[], lists: readonly string[]): number {
  for (const [begin, end] of PASSED_OVER)
    if (text.startsWith(begin, start)) return endOf(text, start + begin.length, end)
  const [begin, end] = CDATA
  if (text.startsWith(begin, start)) {
    const after = endOf(text, start + begin.length, end)
    addText(open, text.slice(start + begin.length, after - end.length))
    return after
  }
  TAG.lastIndex = start
  const [tag, closes, name = '', rest = ''] = TAG.exec(text) ?? []
  if (tag === undefined)
    throw malformed(text.startsWith('<!', start) ? 'document types are not read' : 'a tag is broken')
  if (closes === undefined) open.push(opened(name))
  if (open.length > DEEPEST) throw malformed('it is nested too deeply')
  if (closes !== undefined || rest.endsWith('/')) close(open, name, lists)
  return start + tag.length
}

function opened(name: string): OpenElement {
  return { name, children: new Map(), text: '' }
}

function close(open: OpenElement[], name: string, lists: readonly string[]): void {
  const element = open.pop()
  const parent = open.at(-1)
  if (element?.name !== name || parent === undefined) throw malformed(`${name} is closed and was not opened`)
  const local = name.slice(name.indexOf(':') + 1)
  const content = contentOf(element, lists)
  const siblings = parent.children.get(local)
  if (siblings === undefined) parent.children.set(local, [content])
  else siblings.push(content)
}

function contentOf({ children, text }: OpenElement, lists: readonly string[]): unknown {
  if (children.size === 0) return text
  return Object.fromEntries(
    [...children].map(([name, contents]) => [
      name,
      contents.length === 1 && !lists.includes(name) ? contents[0] : contents,
    ]),
  )
}

function addText(open: readonly OpenElement[], text: string): void {
  const element = open.at(-1)
  if (element === undefined || text === '') return
  if (open.length === 1 && text.trim() !== '') throw malformed('there is text outside of the element')
  element.text += text
  if (element.text.length > LONGEST_TEXT) throw malformed('a text in it is too long')
}

function endOf(text: string, from: number, end: string): number {
  const at = text.indexOf(end, from)
  if (at === -1) throw malformed('it breaks off')
  return at + end.length
}

const REFERENCE = /&(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));|&/g
const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

function decodeText(text: string): string {
  if (text.length > LONGEST_TEXT) throw malformed('a text in it is too long')
  if (!text.includes('&')) return text
  return text.replaceAll(REFERENCE, (reference, decimal?: string, hex?: string) => {
    if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10))
    if (hex !== undefined) return characterOf(Number.parseInt(hex, 16))
    const named = NAMED[reference]
    if (named === undefined) throw malformed('a reference in it is unknown')
    return named
  })
}

function characterOf(point: number): string {
  if (point === 0 || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))
    throw malformed('a character reference names no character')
  return String.fromCodePoint(point)
}

function malformed(reason: string): Refusal {
  return new Refusal('s3.xml-malformed', { reason })
}
