// How a person is signed in: with which organization active, in which role there, how long after her second factor.

import { useClerkOf } from '../../api/clerk/ask-clerk.ts'
import type { ClerkUser } from '../../api/clerk/people.ts'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Select } from '../../ui/form/select.tsx'
import type { ClerkSession, Membership } from './clerk-session.ts'

export type SessionChoice = Pick<ClerkSession, 'organization' | 'role' | 'secondFactorAge'>

/** No organization active, no second factor. */
export const usualSession: SessionChoice = { organization: null, role: null, secondFactorAge: -1 }

const NONE = 'none'
const OWN = 'own'

interface SessionFieldsProps {
  readonly instance: string | null
  readonly user: ClerkUser
  readonly value: SessionChoice
  readonly onChange: (value: SessionChoice) => void
}

export function SessionFields({ instance, user, value, onChange }: SessionFieldsProps) {
  const memberships = useClerkOf<{ readonly data: readonly Membership[] }>(
    instance,
    `/users/${encodeURIComponent(user.id)}/organization_memberships?limit=100`,
  )
  const belongs = memberships.data?.data ?? []
  const organizations = belongs.map(({ organization }) => organization)
  const own = belongs.find(({ organization }) => organization.id === value.organization?.id)?.role
  const roles = [...new Set(['org:admin', 'org:member', ...belongs.map(({ role }) => role)])]
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <RefusalNote error={memberships.error} />
      <Field label="Active organization">
        <Select
          value={value.organization?.id ?? NONE}
          onChange={(id) => {
            onChange({ ...value, organization: organizations.find((each) => each.id === id) ?? null, role: null })
          }}
          options={[
            { value: NONE, label: 'None' },
            ...organizations.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </Field>
      {value.organization !== null && (
        <Field label="Role there">
          <Select
            value={value.role ?? OWN}
            onChange={(role) => onChange({ ...value, role: role === OWN ? null : role })}
            options={[
              { value: OWN, label: `Her own (${own ?? 'unknown'})` },
              ...roles.map((role) => ({ value: role, label: role })),
            ]}
          />
        </Field>
      )}
      <Field label="Second factor" hint="The second age in fva.">
        <Select
          value={String(value.secondFactorAge)}
          onChange={(age) => onChange({ ...value, secondFactorAge: Number(age) })}
          options={[
            { value: '-1', label: 'Not verified' },
            { value: '0', label: 'Just now' },
            { value: '10', label: '10 minutes ago' },
            { value: '60', label: 'An hour ago' },
            { value: '1440', label: 'A day ago' },
          ]}
        />
      </Field>
    </div>
  )
}
