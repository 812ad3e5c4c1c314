// What several test processes make at once and one keeps: each makes its draft, the first one's name it is.

import { existsSync, renameSync, rmSync } from 'node:fs'

/** The draft becomes what is kept, or goes: another process was quicker, and its own is as good. */
export function keepFirst(draft: string, kept: string): void {
  try {
    renameSync(draft, kept)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(kept)) throw error
  }
}
