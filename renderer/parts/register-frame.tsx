// The frame of every question of registering: back leads one question back and finish puts all away, except while it is being sent.

import type { ScreenProps } from '../flow/screen-props.ts'
import { Frame, type FrameProps } from './frame.tsx'

export type RegisterProps = ScreenProps<'register'>

type RegisterFrameProps = Omit<FrameProps, 'at' | 'state' | 'text' | 'tap' | 'back' | 'finish'> & { of: RegisterProps }

export function RegisterFrame({ of: { state, screen, text, tap }, ...parts }: RegisterFrameProps) {
  const isSent = screen.asked !== null
  return <Frame at="register" state={state} text={text} tap={tap} back={!isSent} finish={!isSent} {...parts} />
}
