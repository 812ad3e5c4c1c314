// What the greeting says of trainings and wishes, in one order: the greeting has room for two lines, and a reminder of next week
// must not stand where somebody asks whether the gloves have arrived.

import type { FlowState, Rider } from './flow-state.ts'
import { type TrainingNote, trainingNotes } from './training-notes.ts'
import { todayOf, trainingDay } from './trainings.ts'
import { type WishNote, wishNotes } from './wishes.ts'

export type VisitNote = { of: 'training'; note: TrainingNote } | { of: 'wish'; note: WishNote }

const SOON_DAYS = 1

/** The most pressing first; those of one rank as the two lists have them. */
export function visitNotes(state: FlowState, rider: Rider): readonly VisitNote[] {
  const notes: VisitNote[] = [
    ...trainingNotes(state, rider).map((note): VisitNote => ({ of: 'training', note })),
    ...wishNotes(rider).map((note): VisitNote => ({ of: 'wish', note })),
  ]
  return notes.toSorted((a, b) => rankOf(state, a) - rankOf(state, b))
}

/** What is lost by waiting; what is today or tomorrow; what waits for his answer; what can wait. */
function rankOf(state: FlowState, { of, note }: VisitNote): number {
  if (of === 'wish') return note.kind === 'claimed' ? 4 : 2
  switch (note.kind) {
    case 'offer':
      return 0
    case 'told':
      return note.told.kind === 'refused' ? 3 : 0
    case 'remind':
      return trainingDay(state, note.training) - todayOf(state) <= SOON_DAYS ? 1 : 3
    case 'expiring':
      return 4
  }
}
