// Fetches whole scopes: the manifest, the parts that are not here yet, each checked against the hash that names it, then the
// rows beside the mirror in small slices, then the exchange. Cut off anywhere, it goes on from what has arrived. The counter
// works all the while: no slice is longer than a redemption may wait.

import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { SCOPES, type Scope, type SnapshotManifest, snapshotManifest } from '../../contract/sync/snapshot.ts'
import { change, type Change } from '../../contract/sync/sync-protocol.ts'
import type { Counter } from '../acts/act.ts'
import { addToShadow, beginDownload, clearShadow, endDownload, exchangeShadow, hasPart, keepPart, readDownload, readPart } from '../store/shadow-mirror.ts'
import { currentCursor, syncState } from '../store/sync-state.ts'
import { applyChange } from './apply-answers.ts'
import type { CentralAnswer, CentralClient } from './central-client.ts'
import { NoAnswer } from './no-answer.ts'

export interface ScopeFetcherOptions {
  counter: Counter
  central: Pick<CentralClient, 'askSnapshot' | 'askSnapshotPart'>
  /** Lets everything else that waits have its turn. */
  pause: () => Promise<void>
  onProblem: (problem: string) => void
}

const ROWS_A_SLICE = 150
const PART_TEXT_BYTES_MAX = 4 * 1024 * 1024
/** A manifest may lapse at central while its parts are fetched. */
const ATTEMPTS_MAX = 3

/** `bodyOf` reads each answer and throws NoAnswer where central gave nothing to go on with; what has arrived is kept. */
export type FetchScopes = (scopes: readonly Scope[], bodyOf?: BodyOf) => Promise<void>
export type BodyOf = <Body>(answer: CentralAnswer<Body>) => Body

const HELLO_NEEDED = { kind: 'refused', error: 'hello_needed', retryAfterMs: null } as const

export function openScopeFetcher(options: ScopeFetcherOptions): FetchScopes {
  const { counter, central } = options
  const { database } = counter
  const { incarnation } = counter.identity

  async function manifestFor(scopes: readonly Scope[], bodyOf: BodyOf): Promise<SnapshotManifest> {
    const kept = readDownload(database.read)
    const known = kept === null ? null : snapshotManifest.safeParse(JSON.parse(kept))
    if (known?.success === true && scopes.every((scope) => known.data.scopes.some((own) => own.scope === scope)) && isStillOf(known.data)) return known.data
    const manifest = bodyOf(await central.askSnapshot({ incarnation, scopes: [...scopes] }))
    if (!scopes.every((scope) => manifest.scopes.some((own) => own.scope === scope))) throw new NoAnswer('a snapshot without the scopes that were asked for', null)
    // Central was restored since this file's first word, and a copy of it that central takes for the same has said its own: what this one was told is to be told anew first.
    if (isOfAnotherHistory(manifest)) return bodyOf(HELLO_NEEDED)
    database.write((writer) => beginDownload(writer, manifest))
    return manifest
  }

  /**
   * Of the history central is in, and no older than the news that are here: a part of the mirror must not go back behind its
   * cursor, and what an earlier history lent is not to be received any more. All scopes together bring their cursor along.
   */
  function isStillOf(manifest: SnapshotManifest): boolean {
    if (isOfAnotherHistory(manifest)) return false
    const { cursor, scopes } = manifest
    const own = currentCursor(database.read)
    return own === null || isEverything(scopes) || (own.history === cursor.history && own.number <= cursor.number)
  }

  function isOfAnotherHistory({ cursor }: SnapshotManifest): boolean {
    const { acknowledgedHistory } = syncState(database.read)
    return acknowledgedHistory !== null && acknowledgedHistory !== cursor.history
  }

  /** false: central has let go of this snapshot. */
  async function fetchParts(manifest: SnapshotManifest, bodyOf: BodyOf): Promise<boolean> {
    for (const { sha256, bytes: length } of manifest.scopes.flatMap(({ parts }) => parts)) {
      if (hasPart(database.read, sha256)) continue
      const answer = await central.askSnapshotPart({ incarnation, snapshot: manifest.snapshot, sha256 })
      if (answer.kind === 'refused' && answer.error === 'snapshot_unknown') return false
      const bytes = bodyOf(answer)
      if (bytes.length !== length || createHash('sha256').update(bytes).digest('hex') !== sha256) throw new NoAnswer('a part of a snapshot that is not what it is named', null)
      database.write((writer) => keepPart(writer, sha256, bytes))
    }
    return true
  }

  async function unpack(manifest: SnapshotManifest): Promise<void> {
    database.write(clearShadow)
    for (const { scope, parts, rows } of manifest.scopes) {
      let read = 0
      for (const { sha256 } of parts) {
        const changes = linesOf(readPart(database.read, sha256), scope)
        read += changes.length
        for (let at = 0; at < changes.length; at += ROWS_A_SLICE) {
          await options.pause()
          takeSlice(changes.slice(at, at + ROWS_A_SLICE))
        }
      }
      if (read !== rows) throw new NoAnswer(`a snapshot of ${rows} rows with ${read} in it`, null)
    }
  }

  function takeSlice(lines: readonly unknown[]): void {
    const changes = lines.map((line) => change.parse(line))
    database.write((writer) => {
      for (const one of changes) {
        if (isToldOnce(one)) applyChange(counter, writer, one)
        else addToShadow(writer, one)
      }
    })
  }

  return async (scopes, bodyOf = answered) => {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      const manifest = await manifestFor(scopes, bodyOf)
      if (!(await fetchParts(manifest, bodyOf))) {
        database.write(endDownload)
        continue
      }
      try {
        await unpack(manifest)
      } catch (error) {
        // What can not be read will not be readable the next time either: it is asked for anew.
        database.write(endDownload)
        throw error
      }
      await options.pause()
      database.write((writer) => exchangeShadow(writer, manifest, isEverything(manifest.scopes)))
      return
    }
    throw new NoAnswer('central lets go of its snapshots before they are fetched', null)
  }
}

function isEverything(scopes: SnapshotManifest['scopes']): boolean {
  return SCOPES.every((scope) => scopes.some((own) => own.scope === scope))
}

function isToldOnce(one: Change): one is Extract<Change, { kind: 'grant' | 'earning_slice' | 'seat_block' | 'entry' | 'recall' }> {
  return one.kind === 'grant' || one.kind === 'earning_slice' || one.kind === 'seat_block' || one.kind === 'entry' || one.kind === 'recall'
}

/** Each line is [kind, key, number, row]. */
function linesOf(bytes: Uint8Array | null, scope: Scope): unknown[] {
  if (bytes === null) throw new NoAnswer('a part of a snapshot is gone', null)
  const text = gunzipSync(bytes, { maxOutputLength: PART_TEXT_BYTES_MAX }).toString('utf8')
  return text.split('\n').flatMap((line) => {
    if (line === '') return []
    const parsed = parseLine(line)
    if (!Array.isArray(parsed) || parsed.length !== 4) throw new NoAnswer('a line of a snapshot that is none', null)
    const [kind, key, number, row] = parsed as unknown[]
    return [{ kind, scope, key, number, row }]
  })
}

/** null where it is not JSON: the parser's own words would repeat a piece of a person's row in the log. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function answered<Body>(answer: CentralAnswer<Body>): Body {
  switch (answer.kind) {
    case 'answered':
      return answer.body
    case 'refused':
      throw new NoAnswer(`central refuses: ${answer.error}`, answer.retryAfterMs)
    case 'unreachable':
      throw new NoAnswer(answer.reason, null)
  }
}
