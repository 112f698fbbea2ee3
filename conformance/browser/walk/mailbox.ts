// The codes that people read from their mail.

import { expect } from 'vitest'

interface Message {
  readonly id: string
  readonly data: { readonly otp_code?: string; readonly code?: string }
}

/** Reads the mailbox of a stack. */
export function openMailbox(url: string): { readonly nextCode: (address: string) => Promise<string> } {
  const read = new Set<string>()
  const newest = async (address: string): Promise<Message | undefined> => {
    const answer = await fetch(`${url}/api/v1/messages?recipient=${encodeURIComponent(address)}`)
    const { messages } = (await answer.json()) as { readonly messages: readonly Message[] }
    return messages.find(({ id }) => !read.has(id))
  }
  return {
    nextCode: async (address) => {
      await expect
        .poll(async () => await newest(address), { timeout: 10_000, message: `mail to ${address}` })
        .toBeDefined()
      const message = await newest(address)
      read.add(message?.id ?? '')
      return message?.data.otp_code ?? message?.data.code ?? ''
    },
  }
}
