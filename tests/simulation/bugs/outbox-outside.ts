// The outbox row is committed by itself, and the effect in a transaction after it: a kill in between leaves a fact without its
// effect.

import type { Writer } from '../../../station/store/database.ts'
import type { PlantedBug } from '../world/planted-bug.ts'

export function outboxOutside(): PlantedBug {
  return { name: 'outbox-outside', wrapDatabase: (database) => ({ ...database, write: (act) => database.write((writer) => act(committingEvents(writer))) }) }
}

function committingEvents(writer: Writer): Writer {
  return {
    ...writer,
    run(sql, ...values) {
      const changed = writer.run(sql, ...values)
      if (/^\s*INSERT INTO outbox\b/.test(sql)) {
        writer.run('COMMIT')
        writer.run('BEGIN IMMEDIATE')
      }
      return changed
    },
  }
}

