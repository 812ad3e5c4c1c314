// How a wish stands, as a word with a shape.

import type { OwnWish, WallWish } from '../../contract/kiosk/wish-view.ts'
import type { Catalogue } from '../text/catalogue.ts'
import { Icon, type IconName } from './icons.tsx'

type Tone = 'calm' | 'good' | 'warm'

const WALL: Record<WallWish['state'], { icon: IconName; tone: Tone }> = {
  open: { icon: 'wish', tone: 'calm' },
  claimed: { icon: 'people', tone: 'calm' },
  fulfilled: { icon: 'heart', tone: 'good' },
  confirmed: { icon: 'check', tone: 'good' },
}

const OWN: Record<OwnWish['state'], { icon: IconName; tone: Tone }> = {
  unsent: { icon: 'offline', tone: 'calm' },
  in_review: { icon: 'clock', tone: 'calm' },
  asked_back: { icon: 'warning', tone: 'warm' },
  refused: { icon: 'close', tone: 'warm' },
  open: { icon: 'wish', tone: 'calm' },
  claimed: { icon: 'people', tone: 'good' },
  fulfilled: { icon: 'gift', tone: 'warm' },
  confirmed: { icon: 'check', tone: 'good' },
  withdrawn: { icon: 'close', tone: 'calm' },
}

export function WallWishState({ wish, text }: { wish: WallWish; text: Catalogue }) {
  const isAgain = wish.again && wish.state === 'open'
  return <State {...(isAgain ? { icon: 'wish', tone: 'warm' } : WALL[wish.state])} words={isAgain ? text.wishes.again : text.wishes.state[wish.state]} />
}

export function OwnWishState({ wish, text }: { wish: OwnWish; text: Catalogue }) {
  return <State {...OWN[wish.state]} words={text.wishes.own[wish.state]} />
}

function State({ icon, tone, words }: { icon: IconName; tone: Tone; words: string }) {
  return (
    <span className="training-state" data-tone={tone}>
      <Icon name={icon} />
      <span>{words}</span>
    </span>
  )
}
