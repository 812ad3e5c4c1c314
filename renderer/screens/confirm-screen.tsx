// One question before points go: these, for so many? Every line can still be made fewer or more.

import type { FlowState, Rider } from '../flow/flow-state.ts'
import { leftAfterLine } from '../flow/points-words.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { type CartSummary, cartSummary, itemName } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords, StationHead } from '../parts/head-words.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'
import { PagedRows } from '../parts/paged-rows.tsx'
import { Stepper } from '../parts/stepper.tsx'
import type { Catalogue } from '../text/catalogue.ts'
import { WholeWords } from '../parts/whole-words.tsx'

type Props = ScreenProps<'confirm'>

export function ConfirmScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { lines } = cartSummary(state, screen.rider)
  const portrait = state.layout.orientation === 'portrait'
  return (
    <Frame
      at="confirm"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      fill={portrait && lines.length > 0 ? 'read' : 'touch'}
      head={portrait ? <StationHead view={state.view} text={text} level={2} /> : <HeadWords title={text.confirm.title} sub={text.confirm.line} />}
      {...(portrait || state.lowReach
        ? {
            read: (
              <div className="confirm-question">
                {portrait ? <h1 className="display"><WholeWords text={text.confirm.title} /></h1> : null}
                {portrait ? <p className="lead">{text.confirm.line}</p> : null}
                {state.lowReach ? <ConfirmTotal state={state} rider={screen.rider} text={text} /> : null}
              </div>
            ),
          }
        : {})}
      touch={
        lines.length === 0 ? (
          <div className="plain-say">
            <h2 className="display"><WholeWords text={text.confirm.empty} /></h2>
            <p className="lead">{text.confirm.emptyNext}</p>
          </div>
        ) : (
          <PagedRows rows={lines.map((line) => <ConfirmLine key={line.item} {...props} line={line} />)} pageSize={pageSizeOf(portrait, state.layout.compact, state.lowReach)} text={text} onTurned={() => tap({ do: 'stay' })} />
        )
      }
      act={
        <div className="act-row confirm-bar">
          {state.lowReach ? null : <ConfirmTotal state={state} rider={screen.rider} text={text} />}
          <Button kind="primary" icon="check" dimmed={lines.length === 0} onPress={() => tap({ do: 'redeem' })}>
            {text.confirm.redeem}
          </Button>
        </div>
      }
    />
  )
}

function ConfirmTotal({ state, rider, text }: { state: FlowState; rider: Rider; text: Catalogue }) {
  const { units, points } = cartSummary(state, rider)
  const leftAfter = leftAfterLine(state, rider, text, text.confirm.leftAfter)
  return (
    <div className="act-words confirm-sum">
      <p className="act-note">
        {text.confirm.total} · {text.confirm.units(units)}
      </p>
      <p className="confirm-total">
        <strong>{points}</strong> {text.parts.pointsUnit}
      </p>
      {leftAfter === null ? null : <p className="act-note">{leftAfter}</p>}
    </div>
  )
}

/** What fits in whole rows beside the act. */
function pageSizeOf(portrait: boolean, compact: boolean, lowReach: boolean): number {
  if (portrait) return lowReach ? 4 : 8
  if (compact) return lowReach ? 1 : 2
  return lowReach ? 1 : 3
}

function ConfirmLine({ state, text, tap, line }: Props & { line: CartSummary['lines'][number] }) {
  const { entry } = line
  const name = itemName(state, text, line.item)
  return (
    <li className="confirm-line">
      <ItemPicture picture={entry?.picture ?? ''} tint={entry?.tint ?? 'sand'} />
      <span className="confirm-words">
        <span className="confirm-name">{name}</span>
        <span className="confirm-points">{text.parts.points(line.points)}</span>
      </span>
      <Stepper
        number={line.quantity}
        lessWord={`${text.parts.fewer} ${name}`}
        moreWord={`${text.parts.more} ${name}`}
        moreDimmed={!line.canAddMore}
        onLess={() => tap({ do: 'take_item_out', item: line.item })}
        onMore={() => tap({ do: 'add_item', item: line.item })}
      />
    </li>
  )
}
