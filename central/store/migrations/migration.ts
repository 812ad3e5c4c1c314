// What a migration is: a step with a number and a purpose. A step that has been released is never edited; a mistake in it
// is a new step.

export interface Migration {
  /** 1, 2, 3 … without a hole. */
  number: number
  name: string
  sql: string
}
