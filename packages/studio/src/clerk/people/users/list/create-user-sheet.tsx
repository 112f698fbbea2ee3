// Creates a user as an administrator: nothing has to be verified.

import { useState } from 'react'

import { RequestRefused } from '../../../../api/request.ts'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import { FormSheet } from '../../../../ui/overlay/form-sheet.tsx'
import { nameOfUser, type User } from '../user.ts'

interface CreateUserSheetProps {
  readonly onClose: () => void
  readonly onCreated: (user: User) => void
}

const fields = [
  { name: 'first_name', label: 'First name' },
  { name: 'last_name', label: 'Last name' },
  { name: 'email_address', label: 'Email address', type: 'email' },
  { name: 'phone_number', label: 'Phone number', type: 'tel', hint: 'With its country: +15555550100.' },
  { name: 'username', label: 'Username' },
  { name: 'password', label: 'Password', type: 'password' },
] as const

type Form = { readonly [Name in (typeof fields)[number]['name']]: string }

const empty: Form = { first_name: '', last_name: '', email_address: '', phone_number: '', username: '', password: '' }

export function CreateUserSheet({ onClose, onCreated }: CreateUserSheetProps) {
  const [form, setForm] = useState(empty)
  const create = useClerkChange<Form, User>((typed) => ({ method: 'POST', path: '/users', body: bodyOf(typed) }))
  const wanted = wantedBy(create.error)
  const submit = () =>
    create.mutate(form, {
      onSuccess: (user) => {
        toast.good(`${nameOfUser(user)} was created.`)
        onCreated(user)
      },
    })
  return (
    <FormSheet
      title="Create user"
      description="An e-mail address, a phone number or a username; they count as verified."
      action="Create"
      dirty={Object.values(form).some((value) => value !== '')}
      busy={create.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      {fields.map((field) => (
        <Field
          key={field.name}
          label={field.label}
          optional={!wanted.includes(field.name)}
          hint={'hint' in field ? field.hint : undefined}
          error={wanted.includes(field.name) ? 'This instance asks for it.' : complaintAt(create.error, field.name)}
        >
          <Input
            type={'type' in field ? field.type : 'text'}
            autoComplete={field.name === 'password' ? 'new-password' : 'off'}
            value={form[field.name]}
            onChange={(event) => setForm({ ...form, [field.name]: event.target.value })}
          />
        </Field>
      ))}
      {wanted.length === 0 && <RefusalNote error={complaintBeside(create.error, ...fields.map(({ name }) => name))} />}
    </FormSheet>
  )
}

/** The fields that the instance does not do without: Clerk names them in front of its sentence, as a list in JSON. */
function wantedBy(error: unknown): readonly string[] {
  if (!(error instanceof RequestRefused) || error.code !== 'form_data_missing') return []
  return [...error.message.matchAll(/"(\w+)"/g)].map(([, name = '']) => name)
}

/** Without what was left empty. A password is not asked for here. */
function bodyOf({ email_address: email, phone_number: phone, ...single }: Form): object {
  return {
    ...Object.fromEntries(Object.entries(single).filter(([, value]) => value !== '')),
    ...(email !== '' && { email_address: [email.trim()] }),
    ...(phone !== '' && { phone_number: [phone.trim()] }),
    ...(single.password === '' && { skip_password_requirement: true }),
  }
}
