// A door that answers with a file: into the browser's downloads, under the name that central gave it.

import { type ConsoleDoor, consoleDoorPath } from '../../contract/console/console-door.ts'
import { type Refusal, refusalOf } from './ask-door.ts'

/** null: it is with the browser's downloads. */
export async function downloadFile<Asked>(door: ConsoleDoor<string, Asked>, asked: NoInfer<Asked>, otherwise: string): Promise<Refusal | null> {
  const response = await fetch(consoleDoorPath(door.name), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(asked) }).catch(() => null)
  if (response === null) return 'offline'
  if (!response.ok) return refusalOf(await response.json().catch(() => null))
  const file = await response.blob().catch(() => null)
  if (file === null) return 'offline'
  const [, name] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? []
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name ?? otherwise
  link.click()
  URL.revokeObjectURL(address)
  return null
}
