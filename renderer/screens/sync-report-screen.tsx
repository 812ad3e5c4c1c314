// This station and central, for staff: what must be done, in plain sentences with their remedies; what it costs at worst; how
// it stands and which rules hold. Whole pages of it; one act where this file cannot go on by itself.

import type { ScreenProps } from '../flow/screen-props.ts'
import { isToDo, mayBeginAnew, type SyncItem, syncReportPage, thingsToDo } from '../flow/sync-items.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon, type IconName } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import type { Catalogue } from '../text/catalogue.ts'

export function SyncReportScreen({ state, screen, text, tap }: ScreenProps<'sync_report'>) {
  const { page, pages, said, facts } = syncReportPage(state, screen.staff, screen.page)
  const things = thingsToDo(state, screen.staff)
  const anew = mayBeginAnew(state, screen.staff)
  return (
    <Frame
      at="sync_report"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill="read"
      head={<HeadWords title={text.syncReport.title} sub={things === 0 ? text.syncReport.allWell : text.syncReport.toDo(things)} />}
      read={
        <div className="sync-page">
          {said.length === 0 ? null : (
            <ul className="sync-saids" data-calm={said.some(isToDo) ? undefined : ''}>
              {said.map((item) => (
                <SyncItemRow key={item.kind === 'alarm' ? item.alarm : item.kind} item={item} text={text} />
              ))}
            </ul>
          )}
          {facts.length === 0 ? null : (
            <ul className="sync-facts">
              {facts.map((item) => (
                <SyncItemRow key={item.kind} item={item} text={text} />
              ))}
            </ul>
          )}
        </div>
      }
      {...(pages === 1 && !anew
        ? {}
        : {
            act: (
              <div className="act-row my-points-bar">
                {anew ? (
                  <Button className="begin-anew" icon="warning" onPress={() => tap({ do: 'show_begin_anew' })}>
                    {text.syncReport.beginAnew}
                  </Button>
                ) : null}
                {pages === 1 ? null : (
                  <Pager
                    label={text.parts.page(page + 1, pages)}
                    previousWord={text.parts.previousPage}
                    nextWord={text.parts.nextPage}
                    position={`${page + 1} / ${pages}`}
                    atStart={page === 0}
                    atEnd={page >= pages - 1}
                    onTurn={(to) => tap({ do: 'turn_page', to })}
                  />
                )}
              </div>
            ),
          })}
    />
  )
}

function SyncItemRow({ item, text }: { item: SyncItem; text: Catalogue }) {
  const told = toldOf(item, text)
  if ('next' in told) {
    return (
      <li className="sync-item sync-said" data-tone={isToDo(item) ? 'warm' : 'cost'}>
        <Icon name={told.icon} />
        <span className="sync-words">
          <strong>{told.what}</strong>
          <span className="sync-next">{told.next}</span>
        </span>
      </li>
    )
  }
  return (
    <li className="sync-item sync-fact">
      <span className="sync-label">{told.label}</span>
      <strong className="sync-value">{told.value}</strong>
    </li>
  )
}

type Told = { icon: IconName; what: string; next: string } | { label: string; value: string }

function toldOf(item: SyncItem, text: Catalogue): Told {
  const { syncReport: words } = text
  const ago = (ms: number | null): string => (ms === null ? words.never : text.ago(ms))
  switch (item.kind) {
    case 'trouble':
      return { icon: 'warning', what: text.outOfOrder.trouble[item.code].why, next: text.troubleForStaff[item.code] }
    case 'alarm':
      return { icon: 'warning', ...words.alarm[item.alarm] }
    case 'parked':
      return { icon: 'warning', ...words.parked(item.parked) }
    case 'stranded':
      return { icon: 'offline', ...words.stranded(item.points) }
    case 'cloned':
      return { icon: 'box', ...words.cloned(item.points) }
    case 'outbox':
      return { label: words.fact.outbox, value: item.depth === 0 ? words.outboxEmpty : words.outbox(item.depth, item.oldestAgeMs === null ? null : text.ago(item.oldestAgeMs)) }
    case 'contact':
      return { label: words.fact.contact, value: ago(item.agoMs) }
    case 'hello':
      return { label: words.fact.hello, value: ago(item.agoMs) }
    case 'clock':
      return { label: words.fact.clock, value: words.clock(item.offsetMs, text.duration(item.offsetMs ?? 0)) }
    case 'held':
      return { label: words.fact.held, value: words.held(item.riders, item.points) }
    case 'earning':
      return { label: words.fact.earning, value: words.upTo(item.points) }
    case 'standing':
      return { label: words.fact.standing, value: words.eachRider(item.points) }
    case 'topUp':
      return { label: words.fact.topUp, value: words.upTo(item.points) }
    case 'slice':
      return { label: words.fact.slice, value: words.upTo(item.points) }
    case 'beforeHello':
      return { label: words.fact.beforeHello, value: words.beforeHello(item.allowed) }
  }
}
