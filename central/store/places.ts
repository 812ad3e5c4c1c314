// Columns of a statement whose values are few where the rows are many (whose they are, what kind): the values stand in an array
// of their own, and each row says only its place in it. Writing and reading the same ids a thousand times cost more than the
// rest of a row (bench upload). Pure.

export interface Places<Row> {
  /** The first row of each value. */
  firsts: Row[]
  /** Of each row, from 1 as SQL counts. */
  places: number[]
}

/** Rows come with their neighbours mostly alike. */
export function placesOf<Row>(rows: readonly Row[], isSame: (one: Row, other: Row) => boolean): Places<Row> {
  const firsts: Row[] = []
  let place = -1
  const places = rows.map((row) => {
    const before = firsts[place]
    if (before === undefined || !isSame(before, row)) {
      place = firsts.findIndex((first) => isSame(first, row))
      if (place === -1) place = firsts.push(row) - 1
    }
    return place + 1
  })
  return { firsts, places }
}
