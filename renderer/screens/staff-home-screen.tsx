// What a volunteer may do here, in big words, and what is the matter: what central does not have yet, why nothing goes out.

import type { ScreenProps } from '../flow/screen-props.ts'
import { syncStanding } from '../flow/sync-items.ts'
import { runningOut } from '../flow/selectors.ts'
import type { FlowState } from '../flow/flow-state.ts'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'
import type { Catalogue } from '../text/catalogue.ts'

export function StaffHomeScreen({ state, screen, text, tap }: ScreenProps<'staff_home'>) {
  const { session, lines } = screen.staff
  const { hosted } = session
  const trouble = state.view?.trouble ?? null
  const standing = syncStanding(state, screen.staff)
  const isQuiet = trouble === null && (state.view?.outbox.parked ?? 0) === 0
  const rows = state.lowReach ? 0 : state.layout.orientation === 'portrait' ? 4 : isQuiet ? 3 : 0
  const outbox = state.view?.outbox ?? { depth: 0, parked: 0 }
  return (
    <Frame
      at="staff_home"
      state={state}
      text={text}
      tap={tap}
      finish
      sides
      head={<HeadWords title={text.staffHome.hello(session.maskedName, session.role)} />}
      read={
        <>
          <ul className="health">
            <li className="health-line" data-tone={outbox.depth === 0 ? 'good' : 'calm'}>
              <Icon name={outbox.depth === 0 ? 'check' : 'clock'} />
              <span>{outbox.depth === 0 ? text.staffHome.outboxEmpty : text.staffHome.outbox(outbox.depth)}</span>
            </li>
            {trouble === null ? null : (
              <li className="health-line" data-tone="warm">
                <Icon name="warning" />
                <span>{text.troubleForStaff[trouble.code]}</span>
              </li>
            )}
            {outbox.parked === 0 ? null : (
              <li className="health-line" data-tone="warm">
                <Icon name="warning" />
                <span>{text.staffHome.parked(outbox.parked)}</span>
              </li>
            )}
          </ul>
          {rows === 0 ? null : <RunningOut state={state} text={text} kinds={rows} />}
        </>
      }
      touch={
        <div className="staff-acts" data-tiles="four">
          <button type="button" className="touch tile tile-act" onClick={() => tap({ do: 'show_restock' })}>
            <Icon name="box" />
            <span className="tile-word">{text.staffHome.restock}</span>
            <span className="tile-hint">{lines.length === 0 ? text.staffHome.restockHint : text.staffHome.counted(lines.length)}</span>
          </button>
          <button type="button" className="touch tile tile-plain" onClick={() => tap({ do: 'show_redemptions' })}>
            <Icon name="list" />
            <span className="tile-word">{text.redemptions.title}</span>
            <span className="tile-hint">{text.staffHome.redemptionsHint}</span>
          </button>
          <button type="button" className="touch tile tile-plain" onClick={() => tap({ do: 'show_attendance' })}>
            <Icon name="calendar" />
            <span className="tile-word">{text.attendance.title}</span>
            <span className="tile-hint">{text.attendance.homeHint(hosted.length, hosted.reduce((sum, { came }) => sum + came, 0))}</span>
          </button>
          <button type="button" className="touch tile tile-plain" data-tone={standing.kind === 'to_do' ? 'warm' : undefined} onClick={() => tap({ do: 'show_sync_report' })}>
            <Icon name={standing.kind === 'to_do' ? 'warning' : standing.kind === 'offline' ? 'offline' : 'online'} />
            <span className="tile-word">{text.syncReport.title}</span>
            <span className="tile-hint">{text.staffHome.syncHint(standing)}</span>
          </button>
        </div>
      }
    />
  )
}

function RunningOut({ state, text, kinds }: { state: FlowState; text: Catalogue; kinds: number }) {
  const entries = runningOut(state, kinds)
  if (entries.length === 0) return null
  return (
    <section className="running-out">
      <h2 className="panel-title">{text.staffHome.runningOut}</h2>
      <ul className="running-out-rows">
        {entries.map((entry) => (
          <li key={entry.item} className="running-out-row">
            <ItemPicture picture={entry.picture} tint={entry.tint} />
            <span className="running-out-name">{text.of(entry.name)}</span>
            <span className="running-out-left">{entry.onShelf === 0 ? text.shelf.soldOut : text.shelf.left(entry.onShelf)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
