// Every fault of sync.md's list, by the name in which it is asked for and counted.

export const FAULTS = [
  'drop', 'repeat', 'delay', 'reorder', 'reply_lost', 'one_way_partition', 'partition', 'partition_weeks', 'station_power_loss', 'central_power_loss',
  'station_kill', 'central_kill', 'disk_full', 'busy', 'torn_upload', 'restored_database', 'restored_image', 'cloned_disk', 'central_restored', 'clock_jump',
  'frozen_clock', 'station_replaced', 'version_skew', 'poison_event', 'slow_disk',
] as const
export type FaultName = (typeof FAULTS)[number]

export function isFault(name: string): name is FaultName {
  return (FAULTS as readonly string[]).includes(name)
}
