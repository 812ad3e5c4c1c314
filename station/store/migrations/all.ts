// Every migration in order. A migration is never edited once it has shipped; a new one is added below.

import * as firstLine from './0001-first-line.ts'
import * as sync from './0002-sync.ts'
import * as snapshots from './0003-snapshots.ts'
import * as wishes from './0004-wishes.ts'
import * as sealedWords from './0005-sealed-words.ts'
import * as people from './0006-people.ts'
import * as trainings from './0007-trainings.ts'

export interface Migration {
  number: number
  name: string
  sql: string
}

export const MIGRATIONS: readonly Migration[] = [firstLine, sync, snapshots, wishes, sealedWords, people, trainings]
