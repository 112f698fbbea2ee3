// Marks the place of a problem in an editor, with the message below its line, until the text changes.

import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view'

/** `from` is an index into the text. */
export interface Problem {
  readonly from: number
  readonly message: string
}

const setProblem = StateEffect.define<Problem | null>()

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, transaction) {
    const effect = transaction.effects.findLast((each) => each.is(setProblem))
    if (effect !== undefined) return effect.value === null ? Decoration.none : marksOf(transaction.newDoc, effect.value)
    return transaction.docChanged ? Decoration.none : shown
  },
  provide: (field) => EditorView.decorations.from(field),
})

type Doc = EditorView['state']['doc']

function marksOf(doc: Doc, { from, message }: Problem): DecorationSet {
  const at = Math.min(Math.max(0, from), doc.length)
  const line = doc.lineAt(at)
  const word = /^[\w$"]+|^\S/.exec(line.text.slice(at - line.from))?.[0] ?? ''
  const start = word === '' ? Math.max(line.from, at - 1) : at
  const end = word === '' ? at : at + word.length
  const below = Decoration.widget({ widget: new Message(message), block: true, side: 1 }).range(line.to)
  if (start === end) return Decoration.set([below])
  return Decoration.set([Decoration.mark({ class: 'cm-problem' }).range(start, end), below])
}

class Message extends WidgetType {
  readonly #text: string

  constructor(text: string) {
    super()
    this.#text = text
  }

  override eq(other: WidgetType): boolean {
    return other instanceof Message && other.#text === this.#text
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('div')
    element.className = 'cm-problem-message'
    element.textContent = `↑ ${this.#text}`
    return element
  }
}

const look = EditorView.theme({
  '.cm-problem': { textDecoration: 'underline wavy var(--danger)', textUnderlineOffset: '3px' },
  '.cm-problem-message': {
    margin: '2px 0 2px 6px',
    padding: '1px 8px',
    borderLeft: '3px solid var(--danger)',
    backgroundColor: 'var(--danger-soft)',
    color: 'var(--danger)',
    fontFamily: 'var(--font-sans)',
    fontSize: '12px',
  },
})

/** Makes an editor able to show one. */
export const problemMarks: Extension = [marks, look]

/** Shows it and brings it into view; null takes the mark away. */
export function showProblem(view: EditorView, problem: Problem | null): void {
  const effects: StateEffect<unknown>[] = [setProblem.of(problem)]
  if (problem !== null) {
    effects.push(EditorView.scrollIntoView(Math.min(problem.from, view.state.doc.length), { y: 'center' }))
  }
  view.dispatch({ effects })
}
