// For whom a preview is made: a user, and one of her organizations or none.

import { Field } from '../../../ui/form/field.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { UserChoice } from '../../people/users/user-choice.tsx'

export interface Subject {
  readonly userId: string
  /** Empty for none. */
  readonly organizationId: string
}

/** Before somebody is chosen. */
export const nobody: Subject = { userId: '', organizationId: '' }

interface PreviewSubjectProps {
  readonly subject: Subject
  readonly onChange: (subject: Subject) => void
}

interface Memberships {
  readonly data: readonly {
    readonly organization: { readonly id: string; readonly name: string }
    readonly role: string
  }[]
}

const NONE = 'none'

/** Two choices; the second appears for somebody who has an organization. */
export function PreviewSubject({ subject, onChange }: PreviewSubjectProps) {
  const { userId, organizationId } = subject
  const memberships = useClerk<Memberships>(
    userId === '' ? null : `/users/${userId}/organization_memberships?limit=100`,
  ).data?.data
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <UserChoice
        label="Preview for"
        value={userId}
        onChange={(next) => onChange({ userId: next, organizationId: '' })}
      />
      {memberships !== undefined && memberships.length > 0 && (
        <Field label="In organization">
          <Select
            value={organizationId === '' ? NONE : organizationId}
            onChange={(next) => onChange({ userId, organizationId: next === NONE ? '' : next })}
            options={[
              { value: NONE, label: 'None: her personal account' },
              ...memberships.map(({ organization, role }) => ({
                value: organization.id,
                label: organization.name,
                hint: role,
              })),
            ]}
          />
        </Field>
      )}
    </div>
  )
}
