// One question before points go: these, for so many? Every line can still be made fewer or more.

import type { ScreenProps } from '../flow/screen-props.ts'
import { type CartSummary, cartSummary, itemName } from '../flow/selectors.ts'
import { Button } from '../parts/button.tsx'
import { Frame } from '../parts/frame.tsx'
import { HeadWords } from '../parts/head-words.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'
import { PagedRows } from '../parts/paged-rows.tsx'
import { Stepper } from '../parts/stepper.tsx'

type Props = ScreenProps<'confirm'>

export function ConfirmScreen(props: Props) {
  const { state, screen, text, tap } = props
  const { lines, units, points, leftAfter } = cartSummary(state, screen.rider)
  const { columns, pageSize } = rowsOf(state.layout.orientation === 'portrait', state.layout.compact, state.lowReach)
  return (
    <Frame
      at="confirm"
      state={state}
      text={text}
      tap={tap}
      back
      finish
      head={<HeadWords title={text.confirm.title} sub={text.confirm.line} />}
      touch={
        lines.length === 0 ? (
          <div className="plain-say">
            <h2 className="display">{text.confirm.empty}</h2>
            <p className="lead">{text.confirm.emptyNext}</p>
          </div>
        ) : (
          <PagedRows rows={lines.map((line) => <ConfirmLine key={line.item} {...props} line={line} />)} columns={columns} pageSize={pageSize} text={text} onTurned={() => tap({ do: 'stay' })} />
        )
      }
      act={
        <div className="act-row confirm-bar">
          <div className="act-words">
            <p className="act-note">
              {text.confirm.total} · {text.confirm.units(units)}
            </p>
            <p className="confirm-total">
              <strong>{points}</strong> {text.parts.pointsUnit}
            </p>
            {leftAfter === null ? null : <p className="act-note">{text.confirm.leftAfter(leftAfter)}</p>}
          </div>
          <Button kind="primary" icon="check" dimmed={lines.length === 0} onPress={() => tap({ do: 'redeem' })}>
            {text.confirm.redeem}
          </Button>
        </div>
      }
    />
  )
}

/** What fits in whole rows beside the act. */
function rowsOf(portrait: boolean, compact: boolean, lowReach: boolean): { columns: number; pageSize: number } {
  if (portrait) return lowReach ? { columns: 1, pageSize: 5 } : { columns: 1, pageSize: 10 }
  if (compact) return { columns: 1, pageSize: lowReach ? 1 : 3 }
  return { columns: 1, pageSize: lowReach ? 1 : 4 }
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
