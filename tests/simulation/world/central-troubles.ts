// What happens to central: killed in the middle of a transaction, without power, too busy, restored from a backup.

import { rowsOf, textOf } from '../checker/evidence.ts'
import type { CentralCopy } from './central-state.ts'
import type { FaultName } from './fault-names.ts'
import type { Trouble } from './troubles.ts'
import type { World } from './world.ts'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000
const CALLS_MAX = 20
const STANDBY_BEHIND_MS_MAX = 600 * SECOND_MS

export const centralTroubles: Partial<Record<FaultName, (trouble: Trouble) => void | Promise<void>>> = {
  central_kill: ({ world, random }) => {
    world.central.planDeath({ beforeCall: random.int(0, CALLS_MAX), after: () => {
      world.faults.add('central_kill')
      goAway(world, random.int(SECOND_MS, 60 * SECOND_MS))
    } })
  },
  central_power_loss: ({ world, random }) => {
    world.faults.add('central_power_loss')
    world.state.losePower()
    goAway(world, random.int(10 * SECOND_MS, 600 * SECOND_MS))
  },
  central_restored: ({ world, random }) => {
    world.whileOpen(random.int(HOUR_MS / 2, 20 * HOUR_MS), async () => {
      const backup = world.district.backup
      if (backup === null) return
      const awayMs = random.int(60 * SECOND_MS, HOUR_MS)
      // Mostly somebody says so. Where nobody does, central's marker shows it; where that is gone too, the first hello that knows better.
      const isDeclared = random.chance(0.7)
      const isMarkerLost = !isDeclared && !random.chance(0.7)
      // Or no backup at all: a standby takes over that has not heard of the last commits.
      const isStandby = !isDeclared && !isMarkerLost && random.chance(0.4)
      if (isStandby) {
        const standby = world.state.copy()
        world.scheduler.after(random.int(SECOND_MS, STANDBY_BEHIND_MS_MAX), () => setBack(world, standby, { awayMs: awayMs / 60, isMarkerLost }))
        return
      }
      setBack(world, backup, { awayMs, isMarkerLost })
      if (isDeclared) await world.district.act('restored', {})
    })
  },
}

function setBack(world: World, copy: CentralCopy, { awayMs, isMarkerLost }: { awayMs: number; isMarkerLost: boolean }): void {
  world.faults.add('central_restored')
  world.state.putBack(copy)
  if (isMarkerLost) world.marker.lose()
  const knownLives = rowsOf(copy.tables, 'incarnations').map((row) => textOf(row, 'incarnation'))
  world.restores.push({ atMs: world.scheduler.nowMs(), knownLives, isNoticed: !isMarkerLost })
  world.forgetAcknowledgements()
  // Central waits for what they told as well.
  for (const node of world.nodes) node.fetchBack()
  goAway(world, awayMs)
}

function goAway(world: World, forMs: number): void {
  world.central.isUp = false
  world.scheduler.after(forMs, () => {
    world.central.isUp = true
  })
}
