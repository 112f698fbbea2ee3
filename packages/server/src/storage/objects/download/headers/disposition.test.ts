import { describe, expect, it } from 'vitest'

import { disposition } from './disposition.ts'

describe('what ?download asks for', () => {
  it('is nothing where it is not there', () => {
    expect(disposition(undefined)).toBeNull()
  })

  it('is an attachment of no name where it is empty', () => {
    expect(disposition('')).toBe('attachment;')
  })

  it('is an attachment of that name, in both forms', () => {
    expect(disposition('testname.png')).toBe("attachment; filename=testname.png; filename*=UTF-8''testname.png")
    expect(disposition('übung (1).pdf')).toBe(
      "attachment; filename=%C3%BCbung%20(1).pdf; filename*=UTF-8''%C3%BCbung%20%281%29.pdf",
    )
  })

  it('is the first where it is there twice', () => {
    expect(disposition(['a', 'b'])).toBe("attachment; filename=a; filename*=UTF-8''a")
  })
})
