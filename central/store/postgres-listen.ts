// A connection of its own that hears what other central processes commit. Where it breaks it is opened again, without end and
// without haste; what was told in between is lost, and said to be.

import { Client, type ClientConfig } from 'pg'
import { WAKEUP_CHANNEL, type WakeupListener } from './wakeups.ts'

const AGAIN_FIRST_MS = 250
const AGAIN_LONGEST_MS = 10_000

/** Resolves when it hears. The answer ends it. */
export async function listenOnPostgres(config: ClientConfig, listener: WakeupListener, onError: (error: Error) => void): Promise<() => Promise<void>> {
  let isClosed = false
  let client: Client | null = null
  let timer: NodeJS.Timeout | null = null
  let againMs = AGAIN_FIRST_MS

  async function open(): Promise<void> {
    const opened = new Client({ ...config, keepAlive: true })
    let isOver = false
    const over = (error: Error | null): void => {
      if (isOver || isClosed) return
      isOver = true
      client = null
      if (error !== null) onError(error)
      timer = setTimeout(reopen, againMs)
      againMs = Math.min(againMs * 2, AGAIN_LONGEST_MS)
    }
    opened.on('error', over)
    opened.on('end', () => over(null))
    opened.on('notification', ({ payload }) => listener.onPayload(payload ?? ''))
    await opened.connect()
    await opened.query(`LISTEN ${WAKEUP_CHANNEL}`)
    client = opened
    againMs = AGAIN_FIRST_MS
  }

  function reopen(): void {
    if (isClosed) return
    open().then(
      () => listener.onLost(),
      // A failed attempt has said so by its own error event; what has not is tried again all the same.
      (error: unknown) => {
        if (timer !== null) clearTimeout(timer)
        if (!isClosed) timer = setTimeout(reopen, againMs)
        onError(error instanceof Error ? error : new Error(String(error)))
      },
    )
  }

  await open()
  return async () => {
    isClosed = true
    if (timer !== null) clearTimeout(timer)
    await client?.end()
  }
}
