// What the load says in serializer 2.0.0, and where in a broadcast its payload begins.

export const TOPIC = 'realtime:bench'
const EVENT = 'tick'
/** Bytes of a message's payload. */
export const PAYLOAD_BYTES = 300

export const join = JSON.stringify([
  '1',
  '1',
  TOPIC,
  'phx_join',
  { config: { broadcast: { ack: false, self: false }, presence: { key: '', enabled: false }, postgres_changes: [] } },
])

export const heartbeat = JSON.stringify([null, '2', 'phoenix', 'heartbeat', {}])

/** Kind, three lengths and the encoding, the texts, and the beginning of the JSON. */
export const PAYLOAD_AT = 5 + TOPIC.length + EVENT.length + '{"at":"'.length

/** A broadcast as the current client pushes it, frame kind 3. */
export function push(at: string): Buffer {
  const json = `{"at":"${at}","pad":"${PAD}"}`
  const header = Buffer.of(3, 1, 1, TOPIC.length, EVENT.length, 0, 1)
  return Buffer.concat([header, Buffer.from(`13${TOPIC}${EVENT}${json}`)])
}

const PAD = 'x'.repeat(PAYLOAD_BYTES - '{"at":"","pad":""}'.length - 14)

/** The status of a join's reply. */
export function decodeReply(data: Buffer): string {
  const [, , , event, payload] = JSON.parse(data.toString()) as [unknown, unknown, unknown, string, { status: string }]
  return event === 'phx_reply' ? payload.status : event
}
