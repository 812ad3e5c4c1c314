// It is on disk: what to take from the shelf, what it cost, the number to read out. Closes by itself.

import type { Receipt } from '../../contract/kiosk/kiosk-requests.ts'
import type { ScreenProps } from '../flow/screen-props.ts'
import { ClosingFrame } from '../parts/closing-frame.tsx'
import { Icon } from '../parts/icons.tsx'
import { ItemPicture } from '../parts/item-picture.tsx'
import type { Catalogue } from '../text/catalogue.ts'

export function DoneScreen(props: ScreenProps<'done'>) {
  const { screen, text } = props
  const { receipt } = screen
  const left = receipt.balanceAfter === null ? null : screen.balanceShown ? text.done.pointsLeft(receipt.balanceAfter) : text.greeting.hidden
  return (
    <ClosingFrame
      of={props}
      read={
        <div className="done">
          <div className="done-said">
            <span className="say-icon" data-tone="good">
              <Icon name="check" />
            </span>
            <div>
              <h1 className="display">{text.done.title}</h1>
              {left === null ? null : <p className="lead">{left}</p>}
            </div>
          </div>
          <section className="take">
            <h2 className="panel-title">{text.done.take}</h2>
            <TakeList receipt={receipt} text={text} />
          </section>
          <section className="receipt">
            <p className="receipt-label">{text.done.receipt}</p>
            <p className="receipt-code">{receipt.code}</p>
            <p className="receipt-hint">{text.done.receiptHint}</p>
          </section>
        </div>
      }
    />
  )
}

function TakeList({ receipt, text }: { receipt: Receipt; text: Catalogue }) {
  return (
    <ul className="take-list" data-lines={Math.min(receipt.lines.length, 10)}>
      {receipt.lines.map((line) => (
        <li key={line.item} className="take-line">
          <ItemPicture picture={line.picture} tint={line.tint} />
          <span className="take-name">{text.of(line.name)}</span>
          <span className="take-units">{text.done.units(line.quantity)}</span>
        </li>
      ))}
    </ul>
  )
}
