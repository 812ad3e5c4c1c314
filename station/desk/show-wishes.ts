// The wall and a rider's own wishes as the screen is given them.

import { claimUrl, type OwnWish, type WallWish } from '../../contract/kiosk/wish-view.ts'
import type { Reader } from '../store/database.ts'
import { ownWishes, wallWishes } from '../store/wishes.ts'

/** `centralUrl` null: this machine does not know where partners go. */
export function showWall(reader: Reader, centralUrl: string | null): WallWish[] {
  return wallWishes(reader).map(({ id, category, text, who, stationName, state, postedAtMs, again }) => ({
    wish: id, category, text, who, stationName, state, postedAtMs, again, claimUrl: centralUrl === null ? null : claimUrl(centralUrl, id),
  }))
}

export function showOwnWishes(reader: Reader, rider: string): OwnWish[] {
  return ownWishes(reader, rider).map(({ id, category, text, state, staffWords, lease, fulfilment, postedAtMs, notYet }) => ({
    wish: id, category, text, state, staffWords, claim: lease, fulfilment, postedAtMs, notYet,
  }))
}
