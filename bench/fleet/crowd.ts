// What the fleet does together, and what is noted of it: the words between the bench and the process in which its stations are.

import type { BatchShape } from './bare-station.ts'

export type CrowdOrder =
  | { order: 'make_keys'; stations: number }
  | { order: 'join'; url: string; members: readonly CrowdMember[] }
  /** Answered when every station has pulled it. */
  | { order: 'watch'; itemKey: string; tint: string }
  | { order: 'push'; shape: BatchShape; ms: number; batchesEach: number; pullsWhenWoken: boolean }
  | { order: 'end' }

export interface CrowdMember {
  station: string
  riders: readonly string[]
  item: { id: string; pricePoints: number }
}

export interface PushFigures {
  facts: number
  /** Acknowledged within the time. */
  factsInTime: number
  seconds: number
  notRecorded: number
  busy: number
  /** What ended a station's pushing: none of it may. */
  failures: string[]
  /** Connections that broke under a batch; it came again. */
  cut: number
  answerMs: { p50: number; p99: number }
  pulls: number
  stationsListening: number
}

export type CrowdWord =
  | { word: 'keys'; keys: string[] }
  | { word: 'joined'; listening: number }
  | { word: 'watching' }
  | { word: 'all_pulled'; atMs: number }
  | { word: 'ready_to_push' }
  | { word: 'pushed'; figures: PushFigures }
  | { word: 'failed'; message: string }
