// How a rider stands to a training as one station may say it: what central last said, and on top of it what was done here since.
// Nothing flickers: an act counts until central's row says that it is inside. A request is "pending" until central has decided.

import type { SignupNote, SignupRefusal, SignupStanding } from './training-book.ts'

export interface CentralStanding {
  id: string
  standing: SignupStanding
  seat: number | null
  number: number | null
  offerEndsAtMs: number | null
  refusal: SignupRefusal | null
  note: SignupNote | null
  seenRevision: number
}

/** Done at this station, in the order of its events, and not yet inside what central said. */
export type OwnAct =
  | { act: 'seated'; id: string; seat: number; revision: number }
  | { act: 'requested'; id: string; revision: number; refused: boolean }
  | { act: 'cancelled'; id: string }
  | { act: 'answered'; id: string; accept: boolean }
  | { act: 'attended'; id: string; revision: number }
  | { act: 'seen'; revision: number }

export interface OwnStanding extends Omit<CentralStanding, 'standing'> {
  standing: SignupStanding | 'pending'
}

export function standingAfter(central: CentralStanding | null, acts: readonly OwnAct[]): OwnStanding | null {
  let standing: OwnStanding | null = central
  for (const act of acts) standing = afterAct(standing, act)
  return standing
}

function afterAct(before: OwnStanding | null, act: OwnAct): OwnStanding | null {
  switch (act.act) {
    case 'seated':
      return { ...begun(act.id, act.revision), standing: 'seated', seat: act.seat }
    case 'requested':
      if (isActiveStanding(before)) return before
      return act.refused ? { ...begun(act.id, act.revision), standing: 'refused', note: 'refused' } : begun(act.id, act.revision)
    case 'cancelled':
      if (before === null || before.id !== act.id || before.standing === 'attended') return before
      return { ...before, standing: 'cancelled', seat: null, number: null, offerEndsAtMs: null }
    case 'answered':
      if (before === null || before.id !== act.id || (before.standing !== 'offered' && before.standing !== 'declined')) return before
      return { ...before, standing: act.accept ? 'pending' : 'declined', offerEndsAtMs: null }
    case 'attended':
      return { ...(before ?? begun(act.id, act.revision)), standing: 'attended', number: null, offerEndsAtMs: null, note: null }
    case 'seen':
      return before === null ? null : { ...before, seenRevision: Math.max(before.seenRevision, act.revision), note: null }
  }
}

function begun(id: string, revision: number): OwnStanding {
  return { id, standing: 'pending', seat: null, number: null, offerEndsAtMs: null, refusal: null, note: null, seenRevision: revision }
}

/** He has a place, waits for one or for central's word, or was offered one. */
export function isActiveStanding(standing: OwnStanding | null): standing is OwnStanding {
  return standing !== null && ['pending', 'seated', 'waiting', 'offered', 'attended'].includes(standing.standing)
}
