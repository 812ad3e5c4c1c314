// What happens to central: killed in the middle of a transaction, without power, too busy, restored from a backup.

import type { FaultName } from './fault-names.ts'
import type { Trouble } from './troubles.ts'

const SECOND_MS = 1_000
const CALLS_MAX = 20

export const centralTroubles: Partial<Record<FaultName, (trouble: Trouble) => void | Promise<void>>> = {
  central_kill: ({ world, random }) => {
    world.faults.add('central_kill')
    world.central.planDeath({ beforeCall: random.int(0, CALLS_MAX), after: () => goAway(world, random.int(SECOND_MS, 60 * SECOND_MS)) })
  },
  central_power_loss: ({ world, random }) => {
    world.faults.add('central_power_loss')
    world.state.losePower()
    goAway(world, random.int(10 * SECOND_MS, 600 * SECOND_MS))
  },
}

function goAway(world: Trouble['world'], forMs: number): void {
  world.central.isUp = false
  world.scheduler.after(forMs, () => {
    world.central.isUp = true
  })
}
