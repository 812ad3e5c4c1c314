// Every entry and why: when, what for, where, how many points; what this machine has not sent yet is marked.

import type { PointEntry } from '../../contract/kiosk/kiosk-requests.ts'
import { pageGrids } from '../flow/page-grids.ts'
import { briefPointsLine, pointsLines } from '../flow/points-words.ts'
import { entryPages } from '../flow/rider-taps.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { pointsOf, utcOffsetOf } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { WholeWords } from '../parts/whole-words.tsx'

/** More goods than these in one entry are summed up. */
const LINES_NAMED_MAX = 3

type Props = ScreenProps<'my_points'>

export function MyPointsScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { entries } = screen
  const { session, balanceShown } = screen.rider
  const pages = entryPages(state, screen)
  const portrait = state.layout.orientation === 'portrait'
  const short = portrait || state.layout.compact
  return (
    <Frame
      at="my_points"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={text.myPoints.title} sub={(portrait ? null : briefPointsLine(state, screen.rider, text)) ?? (entries.total === 0 ? undefined : text.myPoints.total(entries.total))} />}
      read={
        <>
          {portrait ? <Balance {...props} /> : null}
          <EntryList {...props} />
        </>
      }
      act={
        <div className="act-row my-points-bar">
          {portrait ? null : <Balance {...props} />}
          {session.points === null ? null : (
            <Button onPress={() => tap({ do: 'toggle_balance' })}>{balanceShown ? text.greeting.hideHint : text.greeting.showHint}</Button>
          )}
          {session.points === null || (state.layout.compact && state.lowReach) ? null : (
            <Button {...(short ? {} : { icon: 'mobile' as const })} onPress={() => tap({ do: 'show_hand_off', purpose: 'my_points' })}>
              {short ? text.handOff.lookShort : text.handOff.look}
            </Button>
          )}
          <Pager
            label={text.parts.page(screen.page + 1, pages)}
            previousWord={text.parts.previousPage}
            nextWord={text.parts.nextPage}
            position={`${screen.page + 1} / ${pages}`}
            atStart={screen.page === 0}
            atEnd={screen.page >= pages - 1}
            onTurn={(to) => tap({ do: 'turn_page', to })}
          />
        </div>
      }
    />
  )
}

function Balance({ state, screen, text }: Props) {
  const points = pointsOf(screen.rider)
  if (points === null) return null
  if (points.balance === null) {
    return (
      <p className="balance" data-hidden="">
        {text.myPoints.balanceHidden}
      </p>
    )
  }
  const lines = state.layout.orientation === 'portrait' ? pointsLines(state, screen.rider, text) : []
  return (
    <div className="balance-words">
      <p className="balance" data-long={points.balance >= 1000 ? '' : undefined}>
        <strong>{points.balance.toLocaleString('en-US')}</strong>
        {text.parts.pointsUnit}
      </p>
      {lines.length === 0 ? null : (
        <ul className="balance-lines">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}

function EntryList({ state, screen, text }: Props) {
  const { list, failed } = screen.entries
  const grid = pageGrids(state.layout, state.lowReach).entries
  if (screen.rider.session.points === null) return <Say title={text.myPoints.unknown} line={null} />
  if (failed) return <Say title={text.myPoints.failed} line={null} />
  if (list === null) return <Say title={text.myPoints.loading} line={null} />
  if (list.length === 0) return <Say title={text.myPoints.empty} line={text.myPoints.emptyNext} />
  const hint = list.some((entry) => entry.reason === 'correction') ? text.myPoints.correctionHint : list.some((entry) => entry.waiting) ? text.myPoints.waitingHint : null
  return (
    <>
      <ul className="entries" style={gridStyle(grid)}>
        {list.map((entry) => (
          <EntryRow key={entry.id} entry={entry} offset={utcOffsetOf(state)} text={text} />
        ))}
      </ul>
      <p className="entries-hint">{hint}</p>
    </>
  )
}

function EntryRow({ entry, offset, text }: { entry: PointEntry; offset: number; text: Catalogue }) {
  const lines = entry.lines.map((line) => text.myPoints.line(text.of(line.name), line.quantity))
  const units = entry.lines.reduce((sum, line) => sum + line.quantity, 0)
  const goods = lines.length > LINES_NAMED_MAX ? [...lines.slice(0, LINES_NAMED_MAX - 1), text.shelf.cartMore(units)] : lines
  const what = goods.length > 0 ? goods.join(' · ') : entry.what === null ? text.myPoints.reason[entry.reason] : text.of(entry.what)
  const where = entry.stationName === null ? text.myPoints.atCentral : text.of(entry.stationName)
  return (
    <li className="entry">
      <span className="entry-words">
        <span className="entry-what">{what}</span>
        <span className="entry-when">
          {text.date(entry.atMs, offset)} {text.time(entry.atMs, offset)} · {where}
        </span>
      </span>
      {entry.waiting ? (
        <span className="entry-waiting">
          <Icon name="clock" />
          <span>{text.myPoints.waiting}</span>
        </span>
      ) : null}
      <span className="entry-points" data-sign={entry.points > 0 ? 'plus' : 'minus'}>
        {text.myPoints.signed(entry.points)}
      </span>
    </li>
  )
}

function Say({ title, line }: { title: string; line: string | null }) {
  return (
    <div className="plain-say">
      <h2 className="display"><WholeWords text={title} /></h2>
      {line === null ? null : <p className="lead">{line}</p>}
    </div>
  )
}
