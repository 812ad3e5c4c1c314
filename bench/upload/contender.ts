// One way to bring a station's recorded events to where they are durable. Each takes the same bytes; each is timed from the
// moment the network is there until the last event is safe, as far as that way makes anything safe.

export interface OutboxEvent {
  seq: number
  id: string
  header: string
  body: string
}

export interface Contender {
  readonly name: string
  /** Milliseconds for all events, from a fresh server each time. */
  round(): Promise<number>
  stop(): Promise<void>
}
