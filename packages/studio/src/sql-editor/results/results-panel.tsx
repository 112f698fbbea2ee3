// What came of a tab's last run.

import { useState } from 'react'

import { Badge } from '../../ui/display/badge.tsx'
import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Select } from '../../ui/form/select.tsx'
import { counted } from '../../ui/words/amounts.ts'
import type { RunAnswer, StatementResult } from '../run/run-answer.ts'
import type { Run, RunOrder } from '../run/runs.ts'
import { ErrorPanel } from './error-panel.tsx'
import { ExportMenu } from './export/export-menu.tsx'
import { Notices } from './notices.tsx'
import { ResultView } from './result-view.tsx'

/** Undefined where nothing was run yet. */
export function ResultsPanel({ run }: { readonly run: Run | undefined }) {
  return (
    <section
      aria-label="Results"
      className="flex min-h-64 min-w-0 flex-1 flex-col overflow-hidden rounded-md border border-line bg-surface"
    >
      {run === undefined && (
        <p className="p-4 text-sm text-quiet">
          Run a query to see its rows here. Ctrl+Enter runs the selection, or everything.
        </p>
      )}
      {run?.kind === 'running' && <Loading label="Running" />}
      {run?.kind === 'refused' && (
        <div className="p-3">
          <RefusalNote error={run.error} />
        </div>
      )}
      {run?.kind === 'answered' && <Answer key={keyOf(run.answer)} answer={run.answer} order={run.order} />}
    </section>
  )
}

const keys = new WeakMap<RunAnswer, number>()
let made = 0

/** Each answer begins with its own last result in view. */
function keyOf(answer: RunAnswer): number {
  const key = keys.get(answer) ?? (made += 1)
  keys.set(answer, key)
  return key
}

interface AnswerProps {
  readonly answer: RunAnswer
  readonly order: RunOrder
}

function Answer({ answer, order }: AnswerProps) {
  const { results, error } = answer
  const [chosen, setChosen] = useState(() => usual(results))
  const shown = error === null ? (results.find(({ statement }) => statement === chosen) ?? null) : null
  return (
    <>
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 text-xs text-quiet">
        {results.length > 1 && error === null && (
          <Select
            label="Result"
            className="h-7 w-56 text-xs"
            value={String(chosen)}
            onChange={(next) => setChosen(Number(next))}
            options={worthChoosing(results).map(optionOf)}
          />
        )}
        {order.viewAs !== null && <Badge tone="warning">as {order.viewAs.label}</Badge>}
        {shown !== null && shown.plan === null && shown.columns.length > 0 && <span>{countOf(shown)}</span>}
        <span className="tabular-nums">{Math.round(answer.milliseconds)} ms</span>
        <span>{outcomeOf(answer, order)}</span>
        <span className="ml-auto">{shown !== null && <ExportMenu result={shown} order={order} />}</span>
      </header>
      {error !== null && <ErrorPanel error={error} answer={answer} line={order.linesBefore} />}
      {shown !== null && <ResultView result={shown} />}
      {error === null && results.length === 0 && <p className="p-4 text-sm">There is nothing to run in this text.</p>}
      <Notices notices={[...results.flatMap(({ notices }) => notices), ...(error?.notices ?? [])]} />
    </>
  )
}

/** The last that has rows, else the last. */
function usual(results: readonly StatementResult[]): number {
  const withRows = results.findLast(({ columns, plan }) => columns.length > 0 || plan !== null)
  return (withRows ?? results.at(-1))?.statement ?? 0
}

/** Of a long script's many, those that have something to show, and the last. */
function worthChoosing(results: readonly StatementResult[]): readonly StatementResult[] {
  if (results.length <= MOST_OPTIONS) return results
  return results
    .filter((result, index) => result.columns.length > 0 || index === results.length - 1)
    .slice(-MOST_OPTIONS)
}

const MOST_OPTIONS = 100

function optionOf({ statement, tag, text }: StatementResult) {
  const hint = text.replaceAll(/\s+/g, ' ').slice(0, 60)
  return { value: String(statement), label: `${statement}. ${tag ?? 'SELECT'}`, hint }
}

function countOf({ rows, more }: StatementResult): string {
  return more ? `first ${counted(rows.length, 'row')}, there are more` : counted(rows.length, 'row')
}

function outcomeOf({ outcome, leftOpen, error }: RunAnswer, order: RunOrder): string {
  if (leftOpen) return 'The transaction was left open, and rolled back.'
  return outcome === 'rolled-back' && error === null && order.explain === 'analyze' ? 'Rolled back.' : ''
}
