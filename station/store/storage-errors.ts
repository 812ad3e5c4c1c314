// Every way in which the station's file can fail, by code; each has a paragraph in docs/runbook.md (invariant 10).

export const STORAGE_CODES = ['disk_full', 'storage_failing', 'database_newer', 'database_damaged', 'database_foreign', 'sqlite_too_old', 'in_use', 'not_configured'] as const
export type StorageCode = (typeof STORAGE_CODES)[number]

export class StorageError extends Error {
  readonly code: StorageCode

  constructor(code: StorageCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StorageError'
    this.code = code
  }
}

/** A failure of the medium as a StorageError; anything else (a bug) as it is. */
export function storageErrorOf(error: unknown): unknown {
  const code = sqliteCode(error)
  if (code === null) return error
  if (code === 'SQLITE_FULL') return new StorageError('disk_full', 'the disk is full', error)
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN')) {
    return new StorageError('storage_failing', `the disk does not take writes (${code})`, error)
  }
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return new StorageError('database_damaged', `the database is damaged (${code})`, error)
  return error
}

/** SQLite's own code of an error, or null where the error is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_') ? error.code : null
}

/** A failure of a plain file's medium as a StorageError; null where it is something else. */
export function storageErrorOfFile(error: unknown): StorageError | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return new StorageError('disk_full', 'the disk is full', error)
  return /^E[A-Z0-9]+$/.test(error.code) ? new StorageError('storage_failing', `the medium does not take writes (${error.code})`, error) : null
}
