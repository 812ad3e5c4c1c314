// A row that the tables refuse, with the five signs by which PostgreSQL says the same, so that one question (`sqlStateOf`) reads both.

const CODES = { unique: '23505', reference: '23503', check: '23514', read_only: '25006' } as const

export class ConstraintError extends Error {
  override name = 'ConstraintError'
  readonly code: string

  constructor(kind: keyof typeof CODES, table: string, what: string) {
    super(`${table}: ${what}`)
    this.code = CODES[kind]
  }
}
