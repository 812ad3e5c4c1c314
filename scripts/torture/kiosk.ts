// A screen at a station, as the real one speaks: says hello, keeps the last view, asks and gets one answer each, over the
// loopback web socket or over the channel of the process that started the station. A line that breaks is a value, because the station is
// killed on purpose. Every frame is checked against the contract.

import type { ChildProcess } from 'node:child_process'
import { WebSocket } from 'ws'
import { KIOSK_PROTOCOL_VERSION, stationFrame } from '../../contract/kiosk/kiosk-frames.ts'
import type { KioskAnswer, KioskInput, KioskRequestName } from '../../contract/kiosk/kiosk-requests.ts'
import type { KioskView } from '../../contract/kiosk/kiosk-view.ts'
import { fromStation, type ToStation } from '../../contract/kiosk/station-process.ts'

export interface Kiosk {
  view(): KioskView | null
  ask<Name extends KioskRequestName>(name: Name, input: KioskInput<Name>): Promise<KioskAnswer<Name> | 'line_broken'>
  /** Whether the view became so in time. */
  shows(what: (view: KioskView) => boolean, msMax: number): Promise<boolean>
  isBroken(): boolean
  close(): void
}

interface Line {
  send(text: string): void
  close(): void
}

type Connect = (onText: (text: string) => void, onGone: () => void) => Line

const ANSWER_MS_MAX = 15_000

export function connectByChannel(child: ChildProcess, screen: number): Connect {
  return (onText, onGone) => {
    const say = (message: ToStation): void => {
      if (child.connected) child.send(message, () => undefined)
      else onGone()
    }
    const hear = (raw: unknown): void => {
      const said = fromStation.safeParse(raw)
      if (said.success && said.data.type === 'frame' && said.data.screen === screen) onText(said.data.text)
    }
    child.on('message', hear)
    child.once('exit', onGone)
    say({ type: 'screen_opened', screen })
    return {
      send: (text) => say({ type: 'frame', screen, text }),
      close: () => {
        child.off('message', hear)
        child.off('exit', onGone)
        if (child.connected) say({ type: 'screen_closed', screen })
      },
    }
  }
}

export function connectByLoopback(kioskUrl: string): Connect {
  return (onText, onGone) => {
    const { host, hash } = new URL(kioskUrl)
    const socket = new WebSocket(`ws://${host}/ws`, [`boai.${hash.replace('#token=', '')}`], { origin: `http://${host}` })
    const early: string[] = []
    socket.on('open', () => {
      for (const text of early.splice(0)) socket.send(text)
    })
    socket.on('message', (data: Buffer) => onText(data.toString('utf8')))
    socket.on('error', () => socket.terminate())
    socket.on('close', onGone)
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
        else early.push(text)
      },
      close: () => socket.terminate(),
    }
  }
}

export function openKiosk(connect: Connect): Kiosk {
  const waiting = new Map<number, (answer: KioskAnswer | 'line_broken') => void>()
  const watching = new Set<() => void>()
  let view: KioskView | null = null
  let lastId = 0
  let broken = false

  const hang = (): void => {
    broken = true
    for (const answer of waiting.values()) answer('line_broken')
    waiting.clear()
    for (const look of watching) look()
  }
  const hear = (text: string): void => {
    const frame = stationFrame.parse(JSON.parse(text))
    switch (frame.type) {
      case 'view':
        view = frame.view
        for (const look of watching) look()
        return
      case 'answer':
        waiting.get(frame.id)?.({ ok: true, output: frame.output } as KioskAnswer)
        return
      case 'refusal':
        waiting.get(frame.id)?.({ ok: false, refusal: frame.refusal })
        return
      case 'replaced':
        hang()
        return
      case 'welcome':
      case 'scanned':
      case 'beat':
    }
  }
  const line = connect(hear, hang)
  line.send(JSON.stringify({ type: 'hello', protocol: KIOSK_PROTOCOL_VERSION }))

  return {
    view: () => view,
    isBroken: () => broken,
    ask: (name, input) => {
      if (broken) return Promise.resolve('line_broken')
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle('line_broken'), ANSWER_MS_MAX)
        const settle = (answer: KioskAnswer | 'line_broken'): void => {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(answer as KioskAnswer<typeof name> | 'line_broken')
        }
        waiting.set(id, settle)
        line.send(JSON.stringify({ type: 'request', id, name, input }))
      })
    },
    shows: (what, msMax) =>
      new Promise((resolve) => {
        const finish = (holds: boolean): void => {
          clearTimeout(timer)
          watching.delete(look)
          resolve(holds)
        }
        const look = (): void => {
          if (broken) finish(false)
          else if (view !== null && what(view)) finish(true)
        }
        const timer = setTimeout(() => finish(false), msMax)
        watching.add(look)
        look()
      }),
    close: () => {
      line.close()
      hang()
    },
  }
}
