// A restored file reads again what it had told: central's copy of its own events, the very bytes, each following on the one
// before by the chain, each with the effect it had. It spends again once it has reached the place its marker names. At one that
// this program can not read it stops: what follows may stand on that one's effect, and central keeps it for a newer program.

import { decodeHeader, type EventHeader } from '../../contract/sync/event-envelope.ts'
import type { OwnEventsAnswer } from '../../contract/sync/hello.ts'
import type { Counter } from '../acts/act.ts'
import { readFact, type ReadFact, repeatEffect, type UnreadFact } from '../acts/effects.ts'
import { raiseFence } from '../store/fence.ts'
import { appendOwnEvent, hashOfEvent, lastEvent, lastSeq } from '../store/outbox.ts'
import { syncState } from '../store/sync-state.ts'

/** Only with a marker beside it: without one another machine may go on under this name. */
export function mayReread(counter: Counter): boolean {
  const { fence, markerSeq, mustReachSeq } = syncState(counter.database.read)
  return fence === 'behind' && markerSeq !== null && mustReachSeq !== null
}

/** Where reading has to stop, and why; `left_out`: central does not tell what comes next. */
export interface RereadStop {
  seq: number
  why: UnreadFact | 'header_unreadable' | 'left_out'
}

interface OwnEvent {
  header: EventHeader
  bytes: Uint8Array
  fact: ReadFact
}

/** One page, in one transaction, up to where it can be read; null: all of it. */
export function applyOwnEvents(counter: Counter, answer: OwnEventsAnswer): RereadStop | null {
  return counter.database.write((writer) => {
    for (const told of answer.events) {
      const seq = lastSeq(writer) + 1
      const read = readOwn(told)
      if (typeof read === 'string') return { seq, why: read }
      const event = appendOwnEvent(writer, counter.identity, read.header, read.bytes)
      if (event === null) return { seq, why: 'left_out' }
      repeatEffect(writer, event, read.fact)
      // Central had acknowledged it, which this older file did not know: should central be set back to before it, this is the proof.
      writer.run('UPDATE sync_state SET highest_acknowledged_seq = max(highest_acknowledged_seq, ?)', seq)
    }
    return null
  })
}

function readOwn(told: OwnEventsAnswer['events'][number]): OwnEvent | Exclude<RereadStop['why'], 'left_out'> {
  const header = decodeHeader(told.header)
  if (header === null) return 'header_unreadable'
  const bytes = 'body' in told ? Buffer.from(told.body, 'utf8') : Buffer.from(told.bodyBase64, 'base64')
  const fact = readFact(header.kind, header.version, bytes)
  return typeof fact === 'string' ? fact : { header, bytes, fact }
}

/** After the last page. `lastHash`: of central's last event, in hex. */
export function endReread(counter: Counter, central: { lastSeq: number; lastHash: string }): void {
  counter.database.write((writer) => {
    const own = lastEvent(writer)
    const { markerSeq, markerHash, mustReachSeq } = syncState(writer)
    if (own === undefined || markerSeq === null || markerHash === null || mustReachSeq === null) return
    const isOneChain = own.seq !== central.lastSeq || Buffer.from(own.hash).toString('hex') === central.lastHash
    if (!isOneChain) raiseFence(writer, 'quarantined')
    // Central has less than this file once had: what came in between is nowhere any more.
    else if (own.seq < mustReachSeq) return
    else if (hashOfEvent(writer, markerSeq)?.every((byte, index) => byte === markerHash[index]) !== true) raiseFence(writer, 'quarantined')
    else writer.run('UPDATE sync_state SET fence = NULL, must_reach_seq = NULL, marker_seq = NULL, marker_hash = NULL, acknowledged_seq = ?', Math.min(own.seq, central.lastSeq))
  })
}
