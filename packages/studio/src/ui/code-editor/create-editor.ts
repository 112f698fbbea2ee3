// How the editors look and behave.

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { PostgreSQL, sql, type SQLNamespace } from '@codemirror/lang-sql'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers, placeholder } from '@codemirror/view'
import { tags } from '@lezer/highlight'

import { escapeCompletion } from './escape-completion.ts'
import { problemMarks } from './problem-mark.ts'

/** A stretch of the text; `from` is where it begins. */
export interface TextRange {
  readonly text: string
  readonly from: number
}

export interface EditorSettings {
  /** What the editor is called for who cannot see it. */
  readonly label: string
  readonly language: 'sql' | 'json'
  readonly onChange: (value: string) => void
  /** The selection, or the whole text where nothing is selected. */
  readonly onRun: (text: string, from: number) => void
  /** Null where nothing is selected. */
  readonly onSelect?: (selection: TextRange | null) => void
  /** Names to complete, by schema and table. */
  readonly schema?: SQLNamespace
  readonly readOnly?: boolean
  readonly minLines?: number
  readonly placeholder?: string
  readonly extensions?: readonly Extension[]
}

/** Makes an editor in `parent`. */
export function createEditor(parent: HTMLElement, text: string, settings: EditorSettings): EditorView {
  return new EditorView({ parent, state: EditorState.create({ doc: text, extensions: extensionsOf(settings) }) })
}

function extensionsOf(settings: EditorSettings): Extension[] {
  const { label, readOnly = false, minLines = 4, extensions = [] } = settings
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    escapeCompletion,
    EditorView.domEventHandlers({ blur: (_event, view) => void closeCompletion(view) }),
    highlightSelectionMatches(),
    highlightActiveLine(),
    Prec.highest(keymap.of([{ key: 'Mod-Enter', run: (view) => runText(view, settings.onRun) }])),
    // Tab leaves the editor: whoever has no mouse must get out again.
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    language.of(languageOf(settings)),
    problemMarks,
    look(minLines),
    syntaxHighlighting(colours),
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.lineWrapping,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) settings.onChange(update.state.doc.toString())
      if (update.docChanged || update.selectionSet) settings.onSelect?.(selectionOf(update.view))
    }),
    ...(settings.placeholder === undefined ? [] : [placeholder(settings.placeholder)]),
    ...(readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : []),
    ...extensions,
  ]
}

const language = new Compartment()

/** Takes the names to complete that became known since the editor was made. */
export function completeFrom(view: EditorView, settings: Pick<EditorSettings, 'language' | 'schema'>): void {
  view.dispatch({ effects: language.reconfigure(languageOf(settings)) })
}

function languageOf(settings: Pick<EditorSettings, 'language' | 'schema'>): Extension {
  const { schema } = settings
  if (settings.language === 'json') return json()
  return sql({ dialect: PostgreSQL, ...(schema !== undefined && { schema, defaultSchema: 'public' }) })
}

function runText(view: EditorView, run: EditorSettings['onRun']): boolean {
  closeCompletion(view)
  const { text, from } = selectionOf(view) ?? { text: view.state.doc.toString(), from: 0 }
  run(text, from)
  return true
}

function selectionOf({ state }: EditorView): TextRange | null {
  const { from, to, empty } = state.selection.main
  return empty ? null : { text: state.sliceDoc(from, to), from }
}

function look(minLines: number): Extension {
  return EditorView.theme({
    '&': { fontSize: '13px', backgroundColor: 'transparent', color: 'var(--text)' },
    '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '-2px' },
    '.cm-content, .cm-gutter': { minHeight: `${minLines * 1.5}em` },
    '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.5' },
    '.cm-content': { caretColor: 'var(--text)' },
    '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--quiet)', borderRight: '1px solid var(--line)' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--brand) 6%, transparent)' },
    '.cm-cursor': { borderLeftColor: 'var(--text)' },
    '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
      backgroundColor: 'color-mix(in srgb, var(--brand) 28%, transparent) !important',
    },
    '.cm-placeholder': { color: 'var(--quiet)' },
    '.cm-tooltip': { backgroundColor: 'var(--raised)', border: '1px solid var(--line)', color: 'var(--text)' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--brand-soft)', color: 'var(--text)' },
    '.cm-panels': { backgroundColor: 'var(--raised)', color: 'var(--text)' },
  })
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--brand-strong)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warning)' },
  { tag: [tags.comment], color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.propertyName], color: 'var(--brand-strong)' },
])
