// What a migration is: a step with a number and a purpose. A step that has been released is never edited; a mistake in it
// is a new step.

export interface Migration {
  /** Each once, ascending. A hole is no harm: what several people build at a time has numbers set aside, and a step that comes later is taken later. */
  number: number
  name: string
  sql: string
}
