// Which failures of the database pass by themselves, whichever database it is. Runs no SQL, so rules may ask it too.

/** Too much at once, and it passes: no connection in time, a lock or a statement that took too long, attempts used up. */
const BUSY_CODES = new Set(['40001', '40P01', '53300', '55P03', '57014', '57P03'])

/** No connection came free in time. */
export class DatabaseBusyError extends Error {
  override name = 'DatabaseBusyError'
}

/** Whether the same question may well be answered a little later. */
export function isDatabaseBusy(error: unknown): boolean {
  return error instanceof DatabaseBusyError || BUSY_CODES.has(sqlStateOf(error) ?? '')
}

/** PostgreSQL's five-sign code of an error, or null where it is no error of the database. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null
}
