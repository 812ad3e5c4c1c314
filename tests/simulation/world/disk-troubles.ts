// What happens to a station's machine and its disk: killed, without power, full, busy, slow, older, copied, replaced, and facts
// in its queue that central cannot read.

import { mayRecord } from '../../../station/store/fence.ts'
import { appendEvent } from '../../../station/store/outbox.ts'
import { excuse, excuseAll, excuseLife } from './excuse.ts'
import type { FaultName } from './fault-names.ts'
import { attempt } from './station-process.ts'
import type { Trouble } from './troubles.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const STATEMENTS_MAX = 6
const RESTART_MS = 2_000
const FULL_WRITES_MAX = 12

export const diskTroubles: Partial<Record<FaultName, (trouble: Trouble) => void>> = {
  station_kill: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null) return
    const planKill = (): void => {
      node.disk.plan({ kind: 'kill', beforeStatement: random.chance(0.4) ? 'after_commit' : random.int(0, STATEMENTS_MAX), after: () => {
        world.faults.add('station_kill')
        node.kill()
        node.restartSoon(RESTART_MS)
        // What kills a machine once often kills it again while it starts.
        if (random.chance(0.4)) world.scheduler.after(RESTART_MS + random.int(1, 1_500), planKill)
      } })
    }
    // Any moment, or the one in which an answer of central is about to be written down.
    if (random.chance(0.5)) planKill()
    else node.link.beforeNextAnswer = planKill
  },
  station_power_loss: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null) return
    world.faults.add('station_power_loss')
    node.losePower()
    node.restartSoon(random.int(MINUTE_MS, HOUR_MS))
  },
  disk_full: ({ world, random, pickNode }) => {
    pickNode()?.disk.plan({ kind: 'disk_full', beforeStatement: random.int(0, 6), times: random.int(1, FULL_WRITES_MAX), after: () => world.faults.add('disk_full') })
  },
  busy: ({ pickNode }) => {
    const node = pickNode()
    if (node === null) return
    node.kill()
    node.isBusyAtOpen = true
    node.restartSoon()
  },
  slow_disk: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null) return
    world.faults.add('slow_disk')
    node.slowMs = random.int(400, 8_000)
    world.scheduler.after(random.int(HOUR_MS, 8 * HOUR_MS), () => {
      node.slowMs = 0
    })
  },
  restored_image: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null || node.process === null) return
    const image = node.disk.image()
    world.whileOpen(random.int(HOUR_MS, 20 * HOUR_MS), () => {
      if (node.process === null) return
      excuse(world, node, 'old_image')
      // So do the files that were kept aside since.
      for (const { dump } of node.disk.aside.filter((kept) => !image.aside.includes(kept))) excuseLife(world, node, dump.incarnation, 'old_image')
      world.faults.add('restored_image')
      node.kill()
      node.disk.restore(image, 'all')
      node.restartSoon()
    })
  },
  restored_database: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null || node.process === null) return
    const image = node.disk.image()
    world.whileOpen(random.int(HOUR_MS, 20 * HOUR_MS), () => {
      if (node.process === null) return
      // What was not sent before is on no disk any more.
      excuse(world, node, 'disk_lost')
      world.faults.add('restored_database')
      node.kill()
      node.disk.restore(image, 'database')
      node.restartSoon()
    })
  },
  cloned_disk: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null || node.process === null) return
    excuse(world, node, 'clone')
    world.faults.add('cloned_disk')
    const clone = world.makeNode(node.site, `clone of ${node.site.number} at ${world.scheduler.nowMs()}`, world.makeDisk(node.disk.image()))
    clone.isSpare = true
    world.nodes.push(clone)
    clone.link.weather = node.link.weather
    clone.link.cut = random.chance(0.5) ? 'both' : 'none'
    clone.start()
    world.scheduler.after(random.int(HOUR_MS, 12 * HOUR_MS), () => {
      clone.link.cut = 'none'
    })
  },
  station_replaced: ({ world, random, pickNode }) => {
    const node = pickNode()
    if (node === null || node.process === null) return
    world.faults.add('station_replaced')
    const old = node.disk
    const isLost = random.chance(0.5)
    if (isLost) excuseAll(world, node, 'disk_lost')
    node.kill()
    node.disk = world.makeDisk(null)
    node.restartSoon(HOUR_MS)
    if (isLost) return
    // Somebody finds the old machine in a cupboard and plugs it in.
    const found = world.makeNode(node.site, `found ${node.site.number} at ${world.scheduler.nowMs()}`, old)
    found.isSpare = true
    found.lastIncarnation = node.lastIncarnation
    world.nodes.push(found)
    world.whileOpen(random.int(2 * HOUR_MS, 48 * HOUR_MS), () => found.start())
  },
  version_skew: (trouble) => appendForeign(trouble, 'version_skew', 'goods.weighed/1', { grams: 12 }),
  poison_event: (trouble) => appendForeign(trouble, 'poison_event', 'redemption.recorded/1', { request: 'nobody can read this' }),
}

/** An event as a newer program, or a broken one, would write it, in the middle of the queue. */
function appendForeign({ world, pickNode }: Trouble, fault: FaultName, name: string, body: object): void {
  const counter = pickNode()?.process?.counter
  if (counter === undefined || !mayRecord(counter.database.read)) return
  attempt(() => {
    counter.database.write((writer) => appendEvent(writer, counter, name as 'scan.refused/1', () => body as never))
    world.faults.add(fault)
  })
}
