// Says to the checker which fault was done to which file, so that what it explains is no violation, and nothing else is excused.

import type { Excuse } from '../checker/evidence.ts'
import type { StationNode } from './station-node.ts'
import type { World } from './world.ts'

export function excuse(world: World, node: StationNode, kind: Excuse['kind']): void {
  const incarnation = node.process?.counter.identity.incarnation ?? node.lastIncarnation
  if (incarnation !== null) excuseLife(world, node, incarnation, kind)
}

/** The machine's file and every other one that lies there. */
export function excuseAll(world: World, node: StationNode, kind: Excuse['kind']): void {
  excuse(world, node, kind)
  for (const { incarnation } of node.filesAtRest()) excuseLife(world, node, incarnation, kind)
}

export function excuseLife(world: World, node: StationNode, incarnation: string, kind: Excuse['kind']): void {
  world.excuses.push({ kind, station: node.site.id, incarnation, atMs: world.scheduler.nowMs() })
}
