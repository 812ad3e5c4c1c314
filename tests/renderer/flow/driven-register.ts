// A flow in the middle of registering, as far as a test needs it.

import type { KioskView } from '../../../contract/kiosk/kiosk-view.ts'
import { openKioskDictionary } from '../pinyin/open-kiosk-dictionary.ts'
import { driveFlow, type DrivenFlow } from './driven-flow.ts'

const dictionary = openKioskDictionary()
export const RIDER = '00000000-0000-4000-8000-00000000beef'
export const PASS = 'BXZ1:R:TEST'
export const CONSENT: KioskView['consent'] = { version: 3, text: { zh: '登记时我们记下姓名和手机号。', en: 'We keep name and phone.' } }

export function begun(consent: KioskView['consent'] = CONSENT): DrivenFlow {
  const flow = driveFlow()
  flow.send({ type: 'dictionary_came', dictionary })
  flow.show({ consent })
  flow.tap({ do: 'show_register' })
  return flow
}

export function type(flow: DrivenFlow, letters: string): void {
  for (const letter of letters) flow.tap({ do: 'register_key', key: { kind: 'letter', letter } })
}

export function pick(flow: DrivenFlow): void {
  flow.tap({ do: 'register_key', key: { kind: 'pick', index: 0 } })
}

export function dial(flow: DrivenFlow, digits: string): void {
  for (const digit of digits) flow.tap({ do: 'register_digit', digit })
}

export function agreed(): DrivenFlow {
  const flow = begun()
  flow.taps({ do: 'register_here' }, { do: 'register_agree' })
  return flow
}

export function filled(): DrivenFlow {
  const flow = agreed()
  type(flow, 'wang')
  pick(flow)
  flow.tap({ do: 'register_on' })
  dial(flow, '13800138000')
  flow.taps({ do: 'register_on' }, { do: 'register_platform', platform: 'meituan' }, { do: 'register_on' }, { do: 'register_red_cross', redCross: 'member' }, { do: 'register_team', team: false })
  return flow
}

export function sent(): DrivenFlow {
  const flow = filled()
  flow.tap({ do: 'register_send' })
  return flow
}

/** All that this machine still holds, but for the dictionary that is everybody's. */
export function left(flow: DrivenFlow): string {
  return JSON.stringify({ ...flow.state(), dictionary: null })
}
