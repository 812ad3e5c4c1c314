// Today's redemptions at this machine, newest first and without names, for a volunteer who has to take one back; and the
// screen that says what undoing will do before the one tap that does it.

import type { RedemptionShown } from '../../contract/kiosk/kiosk-requests.ts'
import { pageGrids } from '../flow/page-grids.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { refusalSaid, utcOffsetOf } from '../flow/selectors.ts'
import { redemptionPages, redemptionPageSize } from '../flow/station-taps.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { gridStyle } from '../parts/grid-style.ts'
import { HeadWords } from '../parts/head-words.tsx'
import { Icon } from '../parts/icons.tsx'
import { Pager } from '../parts/pager.tsx'
import { SaidBlock } from '../parts/said-block.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'redemptions'>

export function RedemptionsScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { list } = screen.redemptions
  const { page, pages } = redemptionPages(state, screen)
  const count = list?.length ?? 0
  return (
    <Frame
      at="redemptions"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.redemptions.title} sub={count === 0 ? text.redemptions.line : text.redemptions.count(count)} />}
      {...(state.lowReach && count > 0 ? { read: <p className="display redemptions-line">{text.redemptions.line}</p> } : {})}
      touch={<RedemptionList {...props} />}
      {...(pages === 1
        ? {}
        : {
            act: (
              <div className="act-row my-points-bar">
                <Pager
                  label={text.parts.page(page + 1, pages)}
                  previousWord={text.parts.previousPage}
                  nextWord={text.parts.nextPage}
                  position={`${page + 1} / ${pages}`}
                  atStart={page === 0}
                  atEnd={page >= pages - 1}
                  onTurn={(to) => tap({ do: 'turn_page', to })}
                />
              </div>
            ),
          })}
    />
  )
}

function RedemptionList({ state, screen, text, tap }: Props) {
  const { list, failed } = screen.redemptions
  if (failed) return <Say title={text.redemptions.failed} line={null} />
  if (list === null) return <Say title={text.redemptions.loading} line={null} />
  if (list.length === 0) return <Say title={text.redemptions.empty} line={text.redemptions.emptyNext} />
  const { page } = redemptionPages(state, screen)
  const size = redemptionPageSize(state)
  return (
    <ul className="redemption-rows" style={gridStyle(pageGrids(state.layout, state.lowReach).redemptions)}>
      {list.slice(page * size, (page + 1) * size).map((redemption) => (
        <li key={redemption.receipt} className="redemption-row" data-undone={redemption.undone ? '' : undefined}>
          <span className="entry-words">
            <span className="entry-what">{goodsOf(redemption, state.layout.orientation === 'portrait' ? 2 : 1, text).join(' · ')}</span>
            <span className="entry-when">
              {text.time(redemption.atMs, utcOffsetOf(state))} · {redemption.receipt} · {text.parts.points(redemption.points)}
            </span>
          </span>
          {redemption.undone ? (
            <span className="redemption-undone">
              <Icon name="check" />
              <span>{text.redemptions.undone}</span>
            </span>
          ) : (
            <Button spoken={`${text.redemptions.undo} ${redemption.receipt}`} onPress={() => tap({ do: 'show_undo', receipt: redemption.receipt })}>
              {text.redemptions.undo}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}

function goodsOf(redemption: RedemptionShown, kindsMax: number, text: Catalogue): readonly string[] {
  const [first] = redemption.lines
  const units = redemption.lines.reduce((sum, line) => sum + line.quantity, 0)
  if (first !== undefined && redemption.lines.length > kindsMax) return [text.redemptions.andMore(text.of(first.name), units)]
  return redemption.lines.map((line) => text.myPoints.line(text.of(line.name), line.quantity))
}

export function UndoScreen({ state, screen, text, tap }: ScreenProps<'undo'>) {
  const { redemption, refusal, askedAtMs } = screen
  const { redemptions: words } = text
  return (
    <Frame
      at="undo"
      state={state}
      text={text}
      tap={tap}
      back={askedAtMs === null}
      finish
      fill="read"
      head={<HeadWords title={words.title} sub={`${text.time(redemption.atMs, utcOffsetOf(state))} · ${redemption.receipt}`} />}
      read={
        refusal !== null ? (
          <div className="refused">
            <SaidBlock said={refusal.code === 'out_of_order' ? words.notNow : refusalSaid(state, text, refusal)} icon="list" tone="warm" />
          </div>
        ) : (
          <div className="weigh">
            <h2 className="display">{words.sure}</h2>
            <ul className="weigh-lines">
              <WeighLine icon="person" words={words.willReturn(redemption.points)} />
              <WeighLine icon="box" words={words.willShelve} pieces={goodsOf(redemption, state.layout.compact ? 2 : 3, text)} />
              <WeighLine icon="list" words={words.willStay} />
            </ul>
            <p className="lead">{words.once}</p>
          </div>
        )
      }
      act={
        refusal !== null ? (
          <div className="act-row">
            <Button kind="primary" onPress={() => tap({ do: 'back' })}>
              {text.parts.close}
            </Button>
          </div>
        ) : (
          <div className="act-row weigh-bar">
            <Button dimmed={askedAtMs !== null} onPress={() => tap({ do: 'back' })}>
              {words.keep}
            </Button>
            <Button kind="primary" dimmed={askedAtMs !== null} onPress={() => tap({ do: 'undo' })}>
              {askedAtMs === null ? words.confirm : words.asking}
            </Button>
          </div>
        )
      }
    />
  )
}

/** `pieces` follow the words; none of them is broken in its middle. */
export function WeighLine({ icon, words, pieces = [] }: { icon: 'person' | 'box' | 'list' | 'check' | 'next'; words: string; pieces?: readonly string[] }) {
  return (
    <li className="weigh-line">
      <Icon name={icon} />
      <span>
        {words}
        {pieces.map((piece, index) => (
          <span key={piece}>
            <span className="whole">{index === pieces.length - 1 ? piece : `${piece} ·`}</span>{' '}
          </span>
        ))}
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
