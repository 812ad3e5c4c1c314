// A restored file reads again what it had told: central's copy of its own events, the very bytes, each following on the one
// before by the chain, each with the effect it had. It spends again once it has reached the place its marker names.

import { decodeHeader } from '../../contract/sync/event-envelope.ts'
import type { OwnEventsAnswer } from '../../contract/sync/hello.ts'
import type { Counter } from '../acts/act.ts'
import { repeatEffect } from '../acts/effects.ts'
import { raiseFence } from '../store/fence.ts'
import { appendOwnEvent, hashOfEvent, lastEvent } from '../store/outbox.ts'
import { syncState } from '../store/sync-state.ts'

/** Only with a marker beside it: without one another machine may go on under this name. */
export function mayReread(counter: Counter): boolean {
  const { fence, markerSeq, mustReachSeq } = syncState(counter.database.read)
  return fence === 'behind' && markerSeq !== null && mustReachSeq !== null
}

/** One page, in one transaction. Throws where an event does not follow or is of a newer program: then nothing of the page is here. */
export function applyOwnEvents(counter: Counter, answer: OwnEventsAnswer): void {
  counter.database.write((writer) => {
    for (const told of answer.events) {
      const header = decodeHeader(told.header)
      if (header === null) throw new Error('an event of our own that has no header of the envelope')
      const bytes = 'body' in told ? Buffer.from(told.body, 'utf8') : Buffer.from(told.bodyBase64, 'base64')
      const event = appendOwnEvent(writer, counter.identity, header, bytes)
      if (event === null) throw new Error(`event ${header.seq} of our own does not follow on the last one here`)
      if (!repeatEffect(writer, event, header.kind, header.version, bytes)) throw new Error(`event ${header.seq} of our own is of a kind that this program does not know`)
    }
  })
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
