// A receipt's code: short enough to be read out over a shelf, with a last sign that catches a slip of the tongue.

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXY'

/** Station 3, event 1042 → "3-01042-Y": the station's number, its event number, a check sign. No weight is a multiple of the
 *  prime 31 and neighbours have different ones, so a slip of one digit and a swap of two are both caught. */
export function receiptCode(stationNumber: number, seq: number): string {
  const digits = `${stationNumber}-${String(seq).padStart(5, '0')}`
  return `${digits}-${checkSign(digits)}`
}

/** Whether a code read out or typed in is whole. */
export function isReceiptCode(text: string): boolean {
  const match = /^(\d{1,10})-(\d{5,16})-[0-9A-Z]$/.exec(text)
  return match !== null && receiptCode(Number(match[1]), Number(match[2])) === text
}

function checkSign(digits: string): string {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) sum += (digits.charCodeAt(index) - 45) * ((index % 30) + 1)
  return SIGNS.charAt(sum % 31)
}
