import { expect, test } from 'vitest'

import { takes } from '../protected-table.ts'
import { fieldsFrom, policyTemplates } from './policy-templates.ts'

const text = (name: string) => ({ name, type: 'text' })

function template(title: string) {
  const found = policyTemplates.find((candidate) => candidate.title === title)
  if (found === undefined) throw new Error(`no template ${title}`)
  return found
}

test('a template names the column of the table that fits', () => {
  const { fields, missing } = fieldsFrom(template('People see their own rows'), [text('id'), text('created_by')])
  expect(fields).toMatchObject({ command: 'SELECT', using: `(select auth.jwt()->>'sub') = created_by`, check: null })
  expect(missing).toBe(null)
})

test('a column of another type does not fit, and what is missing is told', () => {
  const { fields, missing } = fieldsFrom(template('People see their own rows'), [{ name: 'user_id', type: 'uuid' }])
  expect(fields.using).toContain('= user_id')
  expect(missing).toBe('user_id')
  const byUuid = fieldsFrom(template('See own rows by auth.uid()'), [{ name: 'user_id', type: 'uuid' }])
  expect(byUuid.missing).toBe(null)
})

test('every template has the expressions its command takes, and no other', () => {
  const wrong = policyTemplates.filter(({ command, using, check }) => {
    const { using: mayLook, check: mayCheck } = takes(command)
    return (using !== undefined && !mayLook) || (check !== undefined && !mayCheck) || (using ?? check) === undefined
  })
  expect(wrong).toEqual([])
})

test('organisations are read from tokens of both versions', () => {
  const { fields } = fieldsFrom(template('Admins insert rows of their organization'), [text('org_id')])
  expect(fields.check).toContain(`coalesce(auth.jwt()->>'org_id', auth.jwt()->'o'->>'id')) = org_id`)
  expect(fields.check).toContain(`in ('org:admin', 'admin')`)
})

test('what is for one table alone says so where it is chosen', () => {
  const particular = policyTemplates.filter(({ only }) => only !== undefined)
  expect(new Set(particular.map(({ only }) => only))).toEqual(new Set(['storage.objects', 'realtime.messages']))
  expect(particular.filter(({ about, only = '' }) => !about.endsWith(`For ${only}.`))).toEqual([])
})
