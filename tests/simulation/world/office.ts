// What staff do when a machine asks for them: a file that may never spend again is kept aside and the station begins anew; a copy
// of a disk that was found is switched off. They look once an hour, and never before everything the file recorded was told.

import { isAllTold, mayBeginAnew } from '../../../station/begin-anew.ts'
import type { Counter } from '../../../station/acts/act.ts'
import { fenceOf } from '../../../station/store/fence.ts'
import { syncState } from '../../../station/store/sync-state.ts'
import type { StationNode } from './station-node.ts'
import { attempt } from './station-process.ts'
import type { World } from './world.ts'

const LOOKS_EVERY_MS = 3_600_000
/** A file that is behind may read itself again; so long staff wait for it. */
const BEHIND_LOOKS_MAX = 3

export function startOffice(world: World): void {
  const looks = new Map<StationNode, number>()
  const look = (): void => {
    for (const node of world.nodes) attempt(() => lookAt(world, node, looks))
    world.scheduler.after(LOOKS_EVERY_MS, look)
  }
  world.scheduler.after(LOOKS_EVERY_MS, look)
}

function lookAt(world: World, node: StationNode, looks: Map<StationNode, number>): void {
  const counter = node.process?.counter
  if (counter === undefined || node.isRetired) return
  const fence = fenceOf(counter.database.read)
  if (fence === null || !mayBeginAnew(counter)) {
    looks.delete(node)
    return
  }
  const seen = (looks.get(node) ?? 0) + 1
  looks.set(node, seen)
  if (fence === 'behind' && seen < BEHIND_LOOKS_MAX) return
  if (!hasToldAll(counter)) return
  looks.delete(node)
  world.acted(`office ${node.site.number} ${fence}`)
  world.sometimes.add(`fenced_${fence}`)
  if (!node.isSpare) node.beginAnew()
  else {
    world.sometimes.add('clone_caught')
    node.retire()
  }
}

/** To central as it is now: what it acknowledged before this start may have been forgotten. */
function hasToldAll(counter: Counter): boolean {
  return isAllTold(counter) && syncState(counter.database.read).helloBoot === counter.identity.boot
}

/** After the days are over: whoever has copied a disk says so, and the copy is switched off when it has told what it recorded. */
export function switchOffCopies(world: World): void {
  for (const node of world.nodes.filter(({ isSpare, isRetired }) => isSpare && !isRetired)) {
    const look = (): void => {
      const counter = node.process?.counter
      if (counter === undefined || attempt(() => hasToldAll(counter)) !== true) world.scheduler.after(60_000, look)
      else node.retire()
    }
    world.scheduler.after(60_000, look)
  }
}
