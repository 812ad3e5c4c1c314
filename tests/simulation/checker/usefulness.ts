// Usefulness: where nothing goes wrong, nobody is told that his points do not suffice here while he has enough.

import { type Evidence, type Property, type Violation } from './evidence.ts'

const property = 'usefulness'

export const checkUsefulness: Property = ({ witness }: Evidence): Violation[] => {
  if (!witness.isFaultless) return []
  return witness.pointsRefusals
    .filter(({ balancePoints, pricePoints }) => balancePoints >= pricePoints)
    .map(({ rider, station, pricePoints, balancePoints, atMs }) => ({
      property,
      what: `rider ${rider} was refused ${pricePoints} points at station ${station} at ${atMs} and had ${balancePoints}`,
    }))
}
