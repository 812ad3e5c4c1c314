// Who has signed in here. Every question goes through it, so that a session that has ended is noticed wherever that happens.

import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import type { ConsoleDoor } from '../../contract/console/console-door.ts'
import { signOutDoor, whoAmIDoor, type WhoIsSignedIn } from '../../contract/console/session.ts'
import { askDoor, type Outcome, type Refusal } from './ask-door.ts'

export type Ask = <Asked, Answer>(door: ConsoleDoor<string, Asked, Answer>, asked: NoInfer<Asked>, signal?: AbortSignal) => Promise<Outcome<Answer>>

interface Session {
  /** undefined: it is being asked. */
  who: WhoIsSignedIn | null | undefined
  /** The one before ended by itself. */
  hasEnded: boolean
  /** Central's clock minus this browser's. */
  skewMs: number
  ask: Ask
  begin: (who: WhoIsSignedIn) => void
  end: () => Promise<void>
}

const SessionContext = createContext<Session | null>(null)

export function SessionOf({ children }: { children: ReactNode }): ReactNode {
  const [who, setWho] = useState<WhoIsSignedIn | null>()
  const [hasEnded, setEnded] = useState(false)
  const [skewMs, setSkewMs] = useState(0)
  const begin = useCallback((begun: WhoIsSignedIn) => {
    setEnded(false)
    setSkewMs(begun.nowMs - Date.now())
    setWho(begun)
  }, [])
  const ask: Ask = useCallback(async (door, asked, signal) => {
    const outcome = await askDoor(door, asked, signal)
    if (!outcome.ok && outcome.error === 'not_signed_in') {
      setWho(null)
      setEnded(true)
    }
    return outcome
  }, [])
  const end = useCallback(async () => {
    await askDoor(signOutDoor, {})
    setWho(null)
  }, [])
  useEffect(() => {
    void askDoor(whoAmIDoor, {}).then((outcome) => (outcome.ok ? begin(outcome.answer) : setWho(null)))
  }, [begin])
  const session = useMemo(() => ({ who, hasEnded, skewMs, ask, begin, end }), [who, hasEnded, skewMs, ask, begin, end])
  return <SessionContext.Provider value={session}>{children}</SessionContext.Provider>
}

export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('a page stands outside of its session')
  return session
}

/** Of a page that is only shown to who has signed in. */
export function useWho(): WhoIsSignedIn {
  const { who } = useSession()
  if (who === null || who === undefined) throw new Error('nobody has signed in')
  return who
}

export interface Asked<Answer> {
  answer: Answer | null
  error: Refusal | null
  isAsking: boolean
  again: () => void
}

/** Asks when the page opens and when `asked` changes. What was answered stays while it is asked again. */
export function useDoor<Request, Answer>(door: ConsoleDoor<string, Request, Answer>, asked: NoInfer<Request>): Asked<Answer> {
  const { ask } = useSession()
  const [state, setState] = useState<{ key: string; answer: Answer | null; error: Refusal | null }>({ key: '', answer: null, error: null })
  const [turn, setTurn] = useState(0)
  // The question as text, and which time it is asked: another text is another question.
  const key = `${turn}\n${JSON.stringify(asked)}`
  useEffect(() => {
    const stop = new AbortController()
    void ask(door, JSON.parse(key.slice(key.indexOf('\n'))) as Request, stop.signal).then((outcome) => {
      if (stop.signal.aborted) return
      setState((before) => (outcome.ok ? { key, answer: outcome.answer, error: null } : { key, answer: before.answer, error: outcome.error }))
    })
    return () => stop.abort()
  }, [ask, door, key])
  return { answer: state.answer, error: state.error, isAsking: state.key !== key, again: useCallback(() => setTurn((before) => before + 1), []) }
}
