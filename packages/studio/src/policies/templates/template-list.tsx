// The side bar of templates.

import { Badge } from '../../ui/display/badge.tsx'
import { groups, type PolicyTemplate, policyTemplates } from './policy-templates.ts'

interface TemplateListProps {
  /** `schema.table`, for templates that are for one table alone. */
  readonly table: string
  readonly onChoose: (template: PolicyTemplate) => void
}

const notes = {
  Clerk: 'Fit the ids and organizations of Clerk’s tokens.',
  General: 'For any issuer.',
  'auth.uid()': 'Need UUID ids: with Clerk’s ids, which are text, Postgres raises an error.',
} as const

/** All templates by group; choosing one fills in the form. */
export function TemplateList({ table, onChoose }: TemplateListProps) {
  return (
    <section aria-label="Templates" className="flex flex-col gap-4">
      <h3 className="text-sm font-semibold">Templates</h3>
      {groups.map((group) => (
        <div key={group} className="flex flex-col gap-1">
          <h4 className="text-xs font-semibold">{group}</h4>
          <p className="text-xs text-quiet">{notes[group]}</p>
          <ul className="flex flex-col gap-1">
            {policyTemplates
              .filter((template) => template.group === group && (template.only ?? table) === table)
              .map((template) => (
                <li key={template.title}>
                  <Template template={template} onChoose={onChoose} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

interface TemplateProps {
  readonly template: PolicyTemplate
  readonly onChoose: (template: PolicyTemplate) => void
}

function Template({ template, onChoose }: TemplateProps) {
  const { title, about, command, behaviour } = template
  return (
    <button
      type="button"
      onClick={() => onChoose(template)}
      className="flex w-full flex-col gap-0.5 rounded-md border border-line px-2.5 py-1.5 text-left hover:bg-sunken"
    >
      <span className="text-sm font-medium">{title}</span>
      <span className="flex flex-wrap gap-1">
        <Badge>{command}</Badge>
        {behaviour === 'restrictive' && <Badge tone="warning">restrictive</Badge>}
      </span>
      <span className="text-xs text-quiet">{about}</span>
    </button>
  )
}
