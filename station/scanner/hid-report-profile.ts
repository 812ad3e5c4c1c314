// Owns where things lie in one input report of a HID-POS bar code scanner (usage page 0x8C, usage 2).
// Data, no code: a model that differs gets another profile. Offsets count from the report id, which is byte 0.

export type HidReportProfile = {
  readonly reportId: number
  readonly reportLength: number
  readonly lengthAt: number
  readonly aimAt: number
  readonly dataAt: number
  readonly dataLengthMax: number
  readonly moreAt: number
  readonly moreMask: number
}

export const aimIdLength = 3

export const hidPosProfile: HidReportProfile = {
  reportId: 0x02,
  reportLength: 64,
  lengthAt: 1,
  aimAt: 2,
  dataAt: 5,
  dataLengthMax: 56,
  moreAt: 63,
  moreMask: 0x01,
}
