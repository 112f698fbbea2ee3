// What Postgres refused, where, and what became of the rest.

import type { RunAnswer, StatementError } from '../run/run-answer.ts'

interface ErrorPanelProps {
  readonly error: StatementError
  readonly answer: RunAnswer
  /** Lines of the tab before what was run. */
  readonly line: number
}

export function ErrorPanel({ error, answer, line }: ErrorPanelProps) {
  const { message, detail, hint, context, position, statement, sqlstate, cancelled } = error
  return (
    <div role="alert" className="flex flex-col gap-1 overflow-auto bg-danger-soft px-3 py-2 text-sm">
      <p className="font-medium break-words text-danger">
        {cancelled ? 'The query was cancelled.' : `ERROR: ${message}`}
      </p>
      {position !== null && (
        <p>
          Line {position.line + line}, column {position.column}
          {answer.results.length > 0 && `, in statement ${statement}`}
        </p>
      )}
      {detail !== null && <p className="break-words">{detail}</p>}
      {hint !== null && <p className="break-words">Hint: {hint}</p>}
      {context !== null && (
        <pre className="font-mono text-xs break-words whitespace-pre-wrap text-quiet">{context}</pre>
      )}
      <p className="text-xs text-quiet">{fateOf(answer, error)}</p>
      <p className="font-mono text-xs text-quiet">{sqlstate}</p>
    </div>
  )
}

function fateOf({ outcome, results }: RunAnswer, { statement }: StatementError): string {
  if (outcome === 'as-written') return 'The statements before it stand, as far as they were committed.'
  if (statement === null) return 'It failed at the commit: nothing was kept.'
  return results.length === 0 ? 'Nothing was changed.' : 'What ran before it was rolled back: nothing was kept.'
}
