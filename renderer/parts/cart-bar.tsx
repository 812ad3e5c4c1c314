// What is picked so far, in one bar, and the way on. Empty, it says how to begin.

import type { ReactNode } from 'react'
import type { FlowState, Rider, Tap } from '../flow/flow-state.ts'
import { leftAfterLine } from '../flow/points-words.ts'
import { cartSummary, itemName } from '../flow/selectors.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { Button } from './button.tsx'
import { Icon } from './icons.tsx'

export interface CartBarProps {
  state: FlowState
  rider: Rider
  text: Catalogue
  tap: (tap: Tap) => void
  /** Lying panels: the pager stands over the cart at the side. */
  above?: ReactNode
}

export function CartBar({ state, rider, text, tap, above }: CartBarProps) {
  const { lines } = cartSummary(state, rider)
  return (
    <div className="act-row cart-bar">
      {above}
      {state.lowReach ? null : <CartWords state={state} rider={rider} text={text} />}
      <Button kind="primary" dimmed={lines.length === 0} onPress={() => tap({ do: 'show_confirm' })}>
        {text.shelf.toConfirm}
      </Button>
    </div>
  )
}

/** What is in the cart and what it comes to; in low reach it is read above, away from the hand. */
export function CartWords({ state, rider, text }: Pick<CartBarProps, 'state' | 'rider' | 'text'>) {
  const { lines, units, points } = cartSummary(state, rider)
  const leftAfter = leftAfterLine(state, rider, text, text.shelf.leftAfter)
  const last = lines.at(-1)
  return (
    <div className="act-words cart-words" aria-live="polite">
      {last === undefined ? (
        <p className="act-note cart-empty">
          <Icon name="bag" />
          <span>{text.shelf.cartEmpty}</span>
        </p>
      ) : (
        <>
          <p className="act-note">{lines.length > 1 ? text.shelf.cartMore(units) : text.shelf.cartLine(itemName(state, text, last.item), last.quantity)}</p>
          <p className="cart-total">
            <strong>{text.shelf.total(points)}</strong>
            {leftAfter === null ? null : <span className="act-note">{leftAfter}</span>}
          </p>
        </>
      )}
    </div>
  )
}
