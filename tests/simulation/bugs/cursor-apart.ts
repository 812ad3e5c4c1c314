// The cursor is committed before the rows of its page, in a transaction of its own: a kill in between skips the page. Within the
// hour a checksum would find that and mend it; it is blinded too, so that the bug itself is seen.

import type { StationDatabase, Writer } from '../../../station/store/database.ts'
import type { PlantedBug } from '../world/planted-bug.ts'
import { storeWith } from './store-with.ts'

type Statement = Parameters<Writer['run']>

export function cursorApart(): PlantedBug {
  return {
    name: 'cursor-apart',
    wrapDatabase: (database) => ({ ...database, write: (act) => writeCursorFirst(database, act) }),
    wrapStore: (store) =>
      storeWith(store, (transaction) => ({ readScopeSum: async (question) => ({ ...(await transaction.readScopeSum(question)), newest: Number.MAX_SAFE_INTEGER }) })),
  }
}

class OnlyLooked extends Error {}

function writeCursorFirst<Result>(database: StationDatabase, act: (writer: Writer) => Result): Result {
  const cursors: Statement[] = []
  let statements = 0
  try {
    database.write((writer) => {
      act({
        ...writer,
        run(...statement) {
          statements += 1
          if (/^\s*UPDATE sync_state SET history = \?, cursor_number = \?/.test(statement[0])) cursors.push(statement)
          return writer.run(...statement)
        },
      })
      throw new OnlyLooked()
    })
  } catch (error) {
    if (!(error instanceof OnlyLooked)) throw error
  }
  if (cursors.length > 0 && statements > cursors.length) {
    database.write((writer) => {
      for (const cursor of cursors) writer.run(...cursor)
    })
  }
  return database.write(act)
}
