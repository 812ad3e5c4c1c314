// The one way to be touched. `primary` is the one act of a screen, `plain` everything else, `quiet` what undoes. A button that
// cannot act now stays touchable: the flow answers with the reason.

import type { ReactNode } from 'react'
import { Icon, type IconName } from './icons.tsx'

export interface ButtonProps {
  children: ReactNode
  onPress: () => void
  kind?: 'primary' | 'plain' | 'quiet'
  icon?: IconName
  iconAfter?: IconName
  /** Shown as not possible now, still answering with why. */
  dimmed?: boolean
  /** One of several that lead to the same kind of act: each has the accent's tint, none is the screen's one act. */
  go?: boolean
  pressed?: boolean
  spoken?: string
  className?: string
}

export function Button({ children, onPress, kind = 'plain', icon, iconAfter, dimmed = false, go = false, pressed, spoken, className }: ButtonProps) {
  return (
    <button
      type="button"
      className={['touch', 'button', className ?? ''].join(' ').trim()}
      data-kind={kind}
      data-go={go ? '' : undefined}
      aria-disabled={dimmed ? true : undefined}
      aria-pressed={pressed}
      aria-label={spoken}
      onClick={onPress}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      <span className="button-words">{children}</span>
      {iconAfter === undefined ? null : <Icon name={iconAfter} />}
    </button>
  )
}
