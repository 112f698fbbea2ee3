// A plan as a tree, each step with its part of the whole.

import { TriangleAlert } from 'lucide-react'

import { type PlanNode, type PlanTree } from './plan-tree.ts'

/** Steps below another feed it. */
export function PlanView({ tree }: { readonly tree: PlanTree }) {
  const { root, planningTime, executionTime } = tree
  const analyzed = executionTime !== null
  return (
    <div className="flex flex-col gap-2 p-3">
      <p className="text-xs text-quiet">
        {analyzed
          ? `Ran in ${milliseconds(executionTime)}, planned in ${milliseconds(planningTime ?? 0)}; whatever it changed was undone.`
          : 'Planned only: nothing was run, and the shares are of the estimated cost.'}
      </p>
      <ul aria-label="Query plan">
        <Step node={root} analyzed={analyzed} />
      </ul>
    </div>
  )
}

interface StepProps {
  readonly node: PlanNode
  readonly analyzed: boolean
}

function Step({ node, analyzed }: StepProps) {
  const { title, conditions, share, advice, children } = node
  return (
    <li className="flex flex-col gap-1 border-l-2 border-line py-1 pl-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <span className="text-sm font-medium break-all">{title}</span>
        <span className="text-xs text-quiet tabular-nums">{figures(node)}</span>
      </div>
      <div className="flex items-center gap-2" title={analyzed ? 'Share of the time' : 'Share of the cost'}>
        <div className="h-1.5 w-32 overflow-hidden rounded bg-sunken" aria-hidden>
          <div className={share > 0.5 ? 'h-full bg-danger' : 'h-full bg-brand'} style={{ width: `${share * 100}%` }} />
        </div>
        <span className="text-xs tabular-nums">{Math.round(share * 100)} %</span>
      </div>
      {conditions.map(({ name, text }) => (
        <p key={name} className="font-mono text-xs break-all text-quiet">
          {name}: {text}
        </p>
      ))}
      {advice.map((sentence) => (
        <p key={sentence} className="flex items-start gap-1.5 rounded bg-warning-soft px-2 py-1 text-xs text-warning">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" aria-hidden />
          {sentence}
        </p>
      ))}
      {children.length > 0 && (
        <ul className="ml-2">
          {children.map((child, index) => (
            <Step key={index} node={child} analyzed={analyzed} />
          ))}
        </ul>
      )}
    </li>
  )
}

function figures({ cost, rowsPlanned, rowsMet, loops, milliseconds: own, buffers }: PlanNode): string {
  const parts = [`cost ${cost.toLocaleString('en')}`, `${rowsPlanned.toLocaleString('en')} rows estimated`]
  if (rowsMet !== null) parts.push(`${rowsMet.toLocaleString('en')} actual`)
  if (loops !== null && loops !== 1) parts.push(`${loops.toLocaleString('en')} loops`)
  if (own !== null) parts.push(milliseconds(own))
  if (buffers !== null)
    parts.push(`${(buffers.hit + buffers.read).toLocaleString('en')} pages (${buffers.read} from disk)`)
  return parts.join(' · ')
}

function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : Math.round(value)} ms`
}
