// What the screen asks about wishes, answered: a rider's for himself, staff's for what they handed over.

import type { KioskAnswer, KioskInput } from '../../contract/kiosk/kiosk-requests.ts'
import type { WISH_REQUESTS } from '../../contract/kiosk/wish-requests.ts'
import type { Counter } from '../acts/act.ts'
import { confirmWish, editWish, fulfilWish, postWish, type WishResult, withdrawWish } from '../acts/wishes.ts'

type WishRequestName = keyof typeof WISH_REQUESTS
export type WishRequest = { [Name in WishRequestName]: { name: Name; input: KioskInput<Name> } }[WishRequestName]

export interface WishDeskParts {
  counter: Counter
  /** Asks the rider in this session; the session is touched. */
  withRider: (session: string, act: (rider: string) => KioskAnswer) => KioskAnswer
  /** Staff whose PIN was right. */
  withSignedIn: (session: string, act: (staff: string) => KioskAnswer) => KioskAnswer
  nudgeSync: () => void
}

export function answerWishRequest({ counter, withRider, withSignedIn, nudgeSync }: WishDeskParts, { name, input }: WishRequest): KioskAnswer {
  const told = (result: WishResult, output: { wish: string } | Record<string, never>): KioskAnswer => {
    if (!result.ok) return { ok: false, refusal: result.refusal }
    nudgeSync()
    return { ok: true, output }
  }
  switch (name) {
    case 'post_wish':
      return withRider(input.session, (rider) => {
        const result = postWish(counter, { ...input, rider })
        return told(result, result.ok ? { wish: result.wish } : {})
      })
    case 'edit_wish':
      return withRider(input.session, (rider) => told(editWish(counter, { ...input, rider }), {}))
    case 'withdraw_wish':
      return withRider(input.session, (rider) => told(withdrawWish(counter, { ...input, rider }), {}))
    case 'confirm_wish':
      return withRider(input.session, (rider) => told(confirmWish(counter, { ...input, rider }), {}))
    case 'fulfil_wish':
      return withSignedIn(input.session, (staff) => told(fulfilWish(counter, { ...input, staff }), {}))
  }
}
