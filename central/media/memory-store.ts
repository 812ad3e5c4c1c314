// Objects that are forgotten with the process.

import { checkedBytes, checkedId, type ObjectStore, OBJECTS_LISTED_MAX } from './object-store.ts'

export function objectsInMemory(): ObjectStore {
  const kept = new Map<string, { bytes: Uint8Array; changedAtMs: number }>()
  return {
    put: async (id, bytes) => void kept.set(checkedId(id), { bytes: new Uint8Array(checkedBytes(bytes)), changedAtMs: Date.now() }),
    get: async (id) => kept.get(checkedId(id))?.bytes ?? null,
    delete: async (id) => void kept.delete(checkedId(id)),
    list: async (after) => {
      const behind = [...kept].filter(([id]) => after === null || id > after).toSorted(([one], [other]) => (one < other ? -1 : 1))
      const objects = behind.slice(0, OBJECTS_LISTED_MAX).map(([id, { changedAtMs }]) => ({ id, changedAtMs }))
      return { objects, next: behind.length > objects.length ? (objects.at(-1)?.id ?? null) : null }
    },
  }
}
