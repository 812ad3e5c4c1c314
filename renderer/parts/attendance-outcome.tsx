// What became of the last scan, for whoever stands two metres away: a sign, a word or two, a name. Never a colour alone.

import type { TrainingShown } from '../../contract/kiosk/training-view.ts'
import { lateAfterMs } from '../../domain/training/attendance.ts'
import { type AttendanceSaid, type AttendanceSaidKind, attendanceSaid, doorOpensAtMs } from '../flow/attendance.ts'
import type { FlowState, ScreenAt } from '../flow/flow-state.ts'
import { networkOf, utcOffsetOf } from '../flow/selectors.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { Icon, type IconName } from './icons.tsx'

type Tone = 'calm' | 'good' | 'warm'

const SIGNS: Record<AttendanceSaidKind, { icon: IconName; tone: Tone }> = {
  nothing_yet: { icon: 'scan', tone: 'calm' },
  came: { icon: 'check', tone: 'good' },
  late: { icon: 'clock', tone: 'good' },
  walk_in: { icon: 'seat', tone: 'good' },
  already: { icon: 'twice', tone: 'calm' },
  too_early: { icon: 'clock', tone: 'warm' },
  too_late: { icon: 'lock', tone: 'warm' },
  full: { icon: 'people', tone: 'warm' },
  no_walk_ins: { icon: 'people', tone: 'warm' },
  cancelled: { icon: 'close', tone: 'warm' },
  rider_unknown: { icon: 'unknown', tone: 'warm' },
  out_of_order: { icon: 'warning', tone: 'warm' },
  misread: { icon: 'scan-off', tone: 'warm' },
}

export interface AttendanceOutcomeProps {
  state: FlowState
  screen: ScreenAt<'attendance'>
  training: TrainingShown | null
  text: Catalogue
}

export function AttendanceOutcome({ state, screen, training, text }: AttendanceOutcomeProps) {
  const said = attendanceSaid(screen)
  const { icon, tone } = SIGNS[said.kind]
  const who = whoOf(said, text)
  return (
    <section className="arrival" data-tone={tone} data-kind={said.kind} aria-live="assertive">
      <span className="arrival-sign">
        <Icon name={icon} />
      </span>
      <div className="arrival-words">
        <div className="arrival-top">
          <h2 className="arrival-what">{said.kind === 'misread' ? text.attendance.misread[said.verdict] : text.attendance.what[said.kind]}</h2>
          {who === null ? null : <p className="arrival-who">{who}</p>}
        </div>
        {linesOf(said, state, training, text).map((line) => (
          <p key={line} className="arrival-line">
            {line}
          </p>
        ))}
      </div>
    </section>
  )
}

function whoOf(said: AttendanceSaid, text: Catalogue): string | null {
  if ('attended' in said) return said.attended.maskedName ?? text.attendance.unnamed
  return said.kind === 'already' ? (said.maskedName ?? text.attendance.unnamed) : null
}

function linesOf(said: AttendanceSaid, state: FlowState, training: TrainingShown | null, text: Catalogue): readonly string[] {
  const { attendance: words } = text
  const time = (atMs: number): string => text.time(atMs, utcOffsetOf(state))
  switch (said.kind) {
    case 'nothing_yet':
      return [words.scanNext]
    case 'came':
      return inOneLine(earned(said.attended, text))
    case 'late':
      return inOneLine([words.lateNext, ...earned(said.attended, text)])
    case 'walk_in':
      return inOneLine([words.walkInNext, ...earned(said.attended, text)])
    case 'already':
      return [words.alreadyNext]
    case 'too_early':
      return training === null ? [] : [words.tooEarlyNext(time(doorOpensAtMs(training)))]
    case 'too_late':
      return [words.tooLateNext]
    case 'full': {
      const keptUntilMs = training === null ? 0 : lateAfterMs(training)
      return [state.wallMs <= keptUntilMs ? words.fullForNow(time(keptUntilMs)) : words.fullForGood]
    }
    case 'no_walk_ins':
      return [words.noWalkInsNext]
    case 'cancelled':
      return [words.cancelledNext]
    case 'rider_unknown':
      return [words.unknownNext[networkOf(state) === 'online' ? 'online' : 'offline']]
    case 'out_of_order':
      return [words.outOfOrderNext]
    case 'misread':
      return [text.notUnderstood.staff[said.word]]
  }
}

function earned({ points, certificate }: { points: number; certificate: boolean }, { attendance: words }: Catalogue): readonly string[] {
  return [...(points === 0 ? [] : [words.points(points)]), ...(certificate ? [words.certificate] : [])]
}

function inOneLine(pieces: readonly string[]): readonly string[] {
  return pieces.length === 0 ? [] : [pieces.join(' · ')]
}
