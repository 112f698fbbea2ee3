// Escape closes the list of completions, and not the panel that the editor stands in.

import { closeCompletion, completionStatus } from '@codemirror/autocomplete'
import { type EditorView, ViewPlugin } from '@codemirror/view'

/** Hears the key before any panel does, as those listen to the document before the editor hears anything. */
class EscapeFirst {
  private readonly view: EditorView

  constructor(view: EditorView) {
    this.view = view
    window.addEventListener('keydown', this.hear, true)
  }

  destroy(): void {
    window.removeEventListener('keydown', this.hear, true)
  }

  private readonly hear = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.view.hasFocus || completionStatus(this.view.state) === null) return
    closeCompletion(this.view)
    event.stopPropagation()
    event.preventDefault()
  }
}

export const escapeCompletion = ViewPlugin.fromClass(EscapeFirst)
